"""Every column that leads to a person belongs to some app's list of personal rows."""

from django.apps import apps
from django.db import models

from accounts.models import User
from accounts.personal import Fate
from accounts.services.privacy import all_rows

# Not a person's mailbox, or the person's own row, which goes as a whole.
OWN_ADDRESSES = {"accounts.User.email", "account.EmailAddress.email"}


def links(wanted):
    columns = [
        (model._meta.label, column)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
    ]
    return {f"{label}.{column.name}" for label, column in columns if wanted(column)}


def test_every_column_that_leads_to_a_person_has_a_fate():
    personal = {rows.model for rows in all_rows() if rows.fate is Fate.GOES}
    leading = links(lambda column: column.is_relation and column.related_model in personal)
    assert sorted(leading - {rows.link for rows in all_rows()}) == []


def test_every_e_mail_address_has_a_fate():
    addresses = links(lambda column: isinstance(column, models.EmailField))
    assert sorted(addresses - {rows.link for rows in all_rows()} - OWN_ADDRESSES) == []


def test_no_fate_is_given_twice():
    given = [rows.link for rows in all_rows()]
    assert len(given) == len(set(given))
    titles = [rows.title for rows in all_rows()]
    assert len(titles) == len(set(titles))


def on_delete(rows):
    return getattr(rows.model._meta.get_field(rows.link.rpartition(".")[2]).remote_field, "on_delete", None)


def test_what_goes_hangs_on_the_person_and_what_stays_only_loses_them():
    tied = [rows for rows in all_rows() if not rows.by_address and rows.model is not User]
    expected = {Fate.GOES: models.CASCADE, Fate.STAYS_NAMELESS: models.SET_NULL}
    wrong = [rows.link for rows in tied if on_delete(rows) is not expected[rows.fate]]
    # Registrations are withdrawn first: their places are handed on. The admin's history wants a person:
    # events.personal_data gives it nobody's account.
    assert wrong == ["events.Registration.user", "admin.LogEntry.user"]


def test_secrets_are_not_read_out():
    words = ("password", "token", "digest", "secret", "key", "data")
    told = {
        f"{rows.model.__name__}.{column.name}"
        for rows in all_rows()
        for column in rows.model._meta.concrete_fields
        if column.name in words and column.name not in rows.hidden and not column.primary_key
    }
    assert told == set()
