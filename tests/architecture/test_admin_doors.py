"""Every page of the administration, asked by everybody: this event's roles, the same elsewhere, and nobody.

A page without an expectation fails. What the lists show of others is tests/events/test_admin_scope.py's.
"""

from contextlib import closing
from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from events.enums import Role
from events.models import Event, RoleGrant
from talks.models import ProgrammeImport, Talk
from tests.admin_rows import full_event
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, RoleGrantFactory

STRANGER, OUTSIDER, SUPERUSER = "stranger", "outsider", "superuser"
ORGANIZER, ORGANIZER_ELSEWHERE = "organizer", "organizer elsewhere"
OTHERS = ["attendee", "reception", "moderator", "broadcaster"]
EVERYBODY = [
    STRANGER,
    OUTSIDER,
    SUPERUSER,
    ORGANIZER,
    ORGANIZER_ELSEWHERE,
    *OTHERS,
    *(f"{role} elsewhere" for role in OTHERS),
]

# What an organizer may do with a model's own rows. `site` is for superusers alone.
EDIT, KEEP, READ, FIX = "edit", "never delete", "read", "never add or delete"
MODELS = {
    "events.event": KEEP,
    **dict.fromkeys(
        [
            "discussion.chatsettings",
            "discussion.questionsettings",
            "events.announcement",
            "events.day",
            "events.eventlink",
            "events.eventtext",
            "events.question",
            "events.rolegrant",
            "events.room",
            "events.sponsor",
            "events.sponsortier",
            "events.teammember",
            "events.track",
            "streaming.eventmedia",
            "streaming.webhook",
            "talks.speaker",
            "talks.talk",
        ],
        EDIT,
    ),
    **dict.fromkeys(["events.apitoken", "events.consenttext"], KEEP),
    "events.registration": "never add",
    **dict.fromkeys(
        [
            "discussion.answer",
            "discussion.chatlog",
            "discussion.chatmessage",
            "discussion.chatreport",
            "discussion.chatroom",
            "discussion.chatsilence",
            "discussion.questionlog",
            "discussion.talkquestion",
            "events.joinlink",
            "events.lifechange",
            "events.publicprofile",
            "events.registrationexport",
            "events.registrationsettings",
            "events.rolechange",
            "events.roleinvitation",
            "streaming.attemptlog",
            "streaming.duty",
            "streaming.dutylog",
            "streaming.inputswitch",
            "streaming.mediaresource",
            "streaming.onair",
            "streaming.onairlog",
            "streaming.override",
            "streaming.recording",
            "streaming.refusedcommand",
            "streaming.runningtime",
            "streaming.shift",
            "streaming.stream",
            "streaming.streamlog",
            "talks.draftchange",
            "talks.programmechange",
            "talks.programmeimport",
            "talks.programmeversion",
        ],
        READ,
    ),
}
OF_THE_SITE = {
    "account.emailaddress",
    "accounts.outgoingmail",
    "accounts.user",
    "mfa.authenticator",
    "socialaccount.socialaccount",
    "socialaccount.socialapp",
    "socialaccount.socialtoken",
    "streaming.sweep",
    "streaming.sweepfinding",
    "usersessions.usersession",
}
NO_ADDING, NO_DELETING = {READ, FIX, "never add"}, {READ, FIX, KEEP}


@dataclass(frozen=True)
class Page:
    """Of one event: `open` to its organizers and superusers; `elsewhere` is what organizers of others get."""

    open: int = 200
    elsewhere: int = 404
    method: str = "get"
    args: tuple[str, ...] = ("id",)


SLUG, TALK = ("slug",), ("slug", "talk")


def of_slug(status=200, method="get", args=SLUG):
    """The address names the event, which everybody knows: others are refused, not told that there is none."""
    return Page(status, 403, method, args)


PAGES = {
    "talks_timetable": of_slug(args=SLUG),
    "talks_timetable_form": of_slug(args=TALK),
    "talks_timetable_cancel": of_slug(args=TALK),
    "talks_timetable_preview": of_slug(args=SLUG),
    "talks_timetable_draft": of_slug(args=SLUG),
    "talks_timetable_check": of_slug(422, "post", SLUG),
    "talks_timetable_moves": of_slug(422, "post", SLUG),
    "talks_timetable_undo": of_slug(409, "post", SLUG),
    "talks_timetable_entries": of_slug(422, "post", SLUG),
    "talks_timetable_changes": of_slug(args=SLUG),
    "talks_timetable_publish": of_slug(422, "post", SLUG),
    "talks_timetable_versions": of_slug(args=SLUG),
    "talks_timetable_restore": of_slug(422, "post", ("slug", "number")),
    "talks_exchange": of_slug(args=SLUG),
    # An empty file has no plan: it leads back with a sentence.
    "talks_exchange_plan": of_slug(302, args=("slug", "import")),
    "talks_exchange_file": of_slug(args=("slug", "format")),
    "streaming_audience": of_slug(args=SLUG),
    "streaming_audience_file": of_slug(args=SLUG),
    "events_event_copy": Page(),
    "events_event_life": Page(),
    "events_event_step": Page(args=("id", "verb")),
    "events_people": Page(),
    "events_people_revoke": Page(302, method="post", args=("id", "grant")),
    "events_people_withdraw": Page(302, method="post", args=("id", "nothing")),
    "events_people_remind": Page(302, method="post"),
    "events_registrationsettings_preset": Page(302, method="post"),
    "events_registrationsettings_export": Page(method="post", args=("id", "kind")),
    # Not of one event: the first page, and Django's own.
    "index": Page(elsewhere=200, args=()),
    "jsi18n": Page(elsewhere=200, args=()),
    "app_list": Page(elsewhere=200, args=("app",)),
    "autocomplete": Page(403, 403, args=()),
    "view_on_site": Page(404, args=("nothing", "nothing")),
}
# They lead on, to our own sign-in or out.
LEADING = {"login", "logout", "password_change", "password_change_done"}


def admin_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from admin_patterns(pattern.url_patterns)


def names():
    """Of all pages; Django's two nameless ones lead to a row's page and catch the rest."""
    site = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin")
    return sorted({pattern.name for pattern in admin_patterns(site.url_patterns) if pattern.name})


def model_pages():
    """Name of page, model, what is done there."""
    for model in admin.site._registry:
        for verb in ("changelist", "add", "change", "delete", "history"):
            yield f"{model._meta.app_label}_{model._meta.model_name}_{verb}", model, verb


def test_every_page_has_an_expectation():
    of_models = {name for name, _, _ in model_pages()}
    assert set(names()) - of_models - set(PAGES) - LEADING == set()


def test_every_model_has_an_expectation():
    assert {model._meta.label_lower for model in admin.site._registry} == set(MODELS) | OF_THE_SITE


@pytest.fixture
def rows(db):
    return full_event("Ours"), full_event("Theirs")


def client_of(person, rows):
    client = Client()
    if person == STRANGER:
        return client
    role, _, elsewhere = person.partition(" ")
    event = rows[1 if elsewhere else 0][Event]
    user = UserFactory(is_superuser=person == SUPERUSER)
    if role == "attendee":
        RegistrationFactory(event=event, user=user)
    elif role in Role.values:
        RoleGrantFactory(event=event, user=user, role=role)
    client.force_login(user)
    return client


def expected_of(person, page):
    if person == STRANGER:
        return 302
    if person in {SUPERUSER, ORGANIZER}:
        return page.open
    return page.elsewhere if person == ORGANIZER_ELSEWHERE else 403


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_page_opens_to_whom_it_should(rows, person):
    client, named = client_of(person, rows), arguments(rows[0])
    answers = {name: knock(client, name, page, named) for name, page in PAGES.items()}
    wanted = {name: expected_of(person, page) for name, page in PAGES.items()}
    assert {name: answer for name, answer in answers.items() if answer != wanted[name]} == {}


def arguments(ours):
    event = ours[Event]
    return {
        "id": event.pk,
        "slug": event.slug,
        "talk": ours[Talk].pk,
        "import": ours[ProgrammeImport].pk,
        "grant": ours[RoleGrant].pk,
        "number": 1,
        "nothing": 0,
        "format": "csv",
        "kind": "csv",
        "verb": "announce",
        "app": "events",
    }


def knock(client, name, page, named):
    url = reverse(f"admin:{name}", args=[named[argument] for argument in page.args])
    with closing(getattr(client, page.method)(url)) as answer:
        return answer.status_code


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_row_opens_to_whom_it_should(rows, person):
    client = client_of(person, rows)
    wanted = {name: row_expected(person, model, verb) for name, model, verb in model_pages()}
    found = {name: open_row(client, name, model, verb, rows[0]) for name, model, verb in model_pages()}
    assert found == {name: found[name] if status is None else status for name, status in wanted.items()}


def open_row(client, name, model, verb, ours):
    row = ours.get(model)
    args = [] if verb in {"changelist", "add"} else [row.pk if row else 0]
    return client.get(reverse(f"admin:{name}", args=args)).status_code


def row_expected(person, model, verb):
    """None where Django asks for the row before the right: there is none, and it leads back."""
    label = model._meta.label_lower
    if person == STRANGER:
        return 302
    if person not in {SUPERUSER, ORGANIZER, ORGANIZER_ELSEWHERE}:
        return 403
    if label in OF_THE_SITE:
        return None if person == SUPERUSER or verb == "history" else 403
    if label == "events.event" and verb == "delete":
        return 200 if person == SUPERUSER else 403
    reach = MODELS[label]
    if (verb == "add" and reach in NO_ADDING) or (verb == "delete" and reach in NO_DELETING):
        return 403
    return 404 if person == ORGANIZER_ELSEWHERE and verb in {"change", "delete", "history"} else 200
