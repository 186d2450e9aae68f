"""A person takes along what is theirs, and leaves. What belongs to whom is said by the apps themselves."""

import json
import zipfile
from importlib import import_module
from io import BytesIO
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Field, Model
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.personal import Fate, Part, Rows
from dreamkast.lib.errors import DomainError

Attachments = dict[str, bytes]


class ErasureRefused(DomainError):
    """Somebody else has to take over first; `sentences` say what."""

    code = "erasure_refused"

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(self.code)
        self.sentences = sentences


def parts() -> list[Part]:
    """In the order of the layers."""
    return [cast(Part, import_module(name)) for name in settings.PERSONAL_DATA]


def all_rows() -> list[Rows]:
    return [rows for part in parts() for rows in part.ROWS]


def export_everything(*, user: User) -> bytes:
    """A ZIP file: one JSON file with all rows, the pictures, and a few words about them."""
    attachments: Attachments = {}
    found = {rows.title: _read_out(rows, user, attachments) for rows in all_rows()}
    everything = {
        "exported at": timezone.now().isoformat(),
        **{title: entries for title, entries in found.items() if entries},
    }
    text = json.dumps(everything, ensure_ascii=False, indent=2)
    readme = render_to_string("account/privacy_readme.txt")
    return _packed({"readme.txt": readme.encode(), "my-data.json": text.encode(), **attachments})


def outlook(*, user: User) -> dict[Fate, list[str]]:
    """What will go and what will stay, as far as the person has any of it."""
    return {fate: _words([rows for rows in all_rows() if rows.fate is fate], user) for fate in Fate}


def refusals(*, user: User) -> list[str]:
    """What the person has to hand over before they can be erased."""
    with transaction.atomic():
        return [sentence for part in parts() for sentence in part.refusals(user)]


def erase(*, user: User) -> bool:
    """Delete the person and all that is theirs alone; False when they were gone already.

    The higher apps first: what they write still needs the account.
    """
    with transaction.atomic():
        sentences = refusals(user=user)
        if sentences:
            raise ErasureRefused(sentences)
        person = User.objects.select_for_update().filter(pk=user.pk).first()
        if person is None:
            return False
        for part in reversed(parts()):
            _delete_by_address(part, person)
            part.erase(person)
        person.delete()
    return True


def forget_ended_sign_ins() -> int:
    """Address and browser of a sign-in are kept for as long as its session lives."""
    alive = Session.objects.values("session_key")
    deleted, _by_model = UserSession.objects.exclude(session_key__in=alive).delete()
    return deleted


def _delete_by_address(part: Part, person: User) -> None:
    for rows in part.ROWS:
        if rows.by_address and rows.fate is Fate.GOES:
            rows.of(person).delete()


def _words(candidates: list[Rows], user: User) -> list[str]:
    """Each sentence once; one that is said already asks the database no more."""
    said: dict[str, None] = {}
    for rows in candidates:
        text = str(rows.words)
        if text and text not in said and rows.of(user).exists():
            said[text] = None
    return list(said)


def _read_out(rows: Rows, user: User, attachments: Attachments) -> list[dict[str, Any]]:
    fields = [column for column in rows.model._meta.concrete_fields if _is_told(column, rows)]
    joined = [column.name for column in fields if column.is_relation] + list(rows.also.values())
    return [_entry(row, fields, rows, attachments) for row in rows.of(user).select_related(*joined)]


def _is_told(column: "Field[Any, Any]", rows: Rows) -> bool:
    """Neither secrets nor other people, nor the person's own number, which says nothing."""
    if column.primary_key or column.name in rows.hidden or column.name == rows.by.split("__")[0]:
        return rows.by_address and column.name == rows.by
    return column.related_model is not User


def _entry(
    row: Model, fields: "list[Field[Any, Any]]", rows: Rows, attachments: Attachments
) -> dict[str, Any]:
    entry = {name: str(_follow(row, way)) for name, way in rows.also.items()}
    for column in fields:
        entry[column.name.replace("_", " ")] = _value(row, column, rows.title, attachments)
    return entry


def _follow(row: Any, way: str) -> Any:
    for name in way.split("__"):
        row = getattr(row, name)
    return row


def _value(row: Model, column: "Field[Any, Any]", title: str, attachments: Attachments) -> Any:
    value = getattr(row, column.name)
    if isinstance(value, FieldFile):
        return _attach(attachments, title, str(value.name), _content(value)) if value else None
    if isinstance(value, bytes | memoryview):
        return _attach(attachments, title, f"{column.name}.{column.name}", bytes(value))
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return value if value is None or isinstance(value, bool | int | float | list | dict) else _text(value)


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _content(stored: FieldFile) -> bytes | None:
    """None when the file is not where it should be: the rest is still worth having."""
    try:
        with stored.storage.open(str(stored.name)) as file:
            return bytes(file.read())
    except OSError:
        return None


def _attach(attachments: Attachments, title: str, name: str, content: bytes | None) -> str | None:
    """The name of the file in the archive. A column of bytes is named for its format."""
    if content is None:
        return None
    place = f"files/{title.replace(' ', '-')}-{len(attachments) + 1}.{name.rpartition('.')[2]}"
    attachments[place] = content
    return place


def _packed(files: Attachments) -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return archive.getvalue()
