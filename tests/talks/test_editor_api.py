"""What the timetable editor asks and commands over HTTP, and who may."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.enums import Role
from talks.editor_urls import PAGES
from talks.models import Draft, Placement, ProgrammeVersion, Talk
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory, RoomFactory
from tests.talks.drafted_day import DraftedDay, at


@pytest.fixture
def day(db):
    return DraftedDay()


@pytest.fixture
def lanterns(day):
    return day.talk("Lanterns", at(10), at(10, 40))


@pytest.fixture
def organizer(day, client):
    user = organizer_of(day.event)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return user


@pytest.fixture
def api(day, organizer, client):
    return Api(client, day.event.slug)


class Api:
    """An organizer's requests; answers come back as (status, body)."""

    def __init__(self, client, slug):
        self.client, self.slug = client, slug

    def url(self, name, *args):
        return reverse(f"admin:talks_timetable{name and '_' + name}", args=[self.slug, *args])

    def get(self, name, **headers):
        answer = self.client.get(self.url(name), headers=headers)
        return answer.status_code, answer.json()

    def post(self, name, body, *args):
        raw = body if isinstance(body, str) else json.dumps(body)
        answer = self.client.post(self.url(name, *args), raw, content_type="application/json")
        return answer.status_code, answer.json()


def move(talk, track, starts_at, ends_at, revision=0, **fields):
    times = {"starts_at": starts_at and iso(starts_at), "ends_at": ends_at and iso(ends_at)}
    track_id = track and track.pk
    body = {"talk_id": talk.pk, "expected_revision": revision, "track_id": track_id, "room_id": None}
    return body | times | fields


def iso(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_the_state_has_what_the_page_draws(day, lanterns, api):
    day.waiting("Buoys", minutes=25)
    status, state = api.get("draft")
    assert (status, state["draft_revision"], state["published_version"], state["undo"]) == (200, 0, 0, None)
    assert state["event"] == {
        "slug": "ours",
        "time_zone": "Asia/Tokyo",
        "days": [{"date": "2026-11-26", "is_internal": False}],
        "day_starts": "06:00",
        "day_ends": "24:00",
        "is_public": True,
    }
    placed, waiting = state["talks"]
    assert (placed["starts_at"], placed["published"]["starts_at"]) == (iso(at(10)), iso(at(10)))
    assert (waiting["starts_at"], waiting["published"], waiting["minutes"]) == (None, None, 25)


def test_an_unchanged_draft_is_not_sent_again(day, lanterns, api, client):
    tag = client.get(api.url("draft")).headers["ETag"]
    assert client.get(api.url("draft"), headers={"If-None-Match": tag}).status_code == 304
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    assert client.get(api.url("draft"), headers={"If-None-Match": tag}).status_code == 200


def test_a_publication_changes_the_tag_too(day, lanterns, api, client):
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    tag = client.get(api.url("draft")).headers["ETag"]
    api.post("publish", {"expected_draft_revision": 1, "note": ""})
    assert client.get(api.url("draft"), headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("name", ["draft", "changes", "versions", ""])
def test_queries_do_not_grow_with_the_talks(name, day, api, client):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as context:
            assert client.get(api.url(name)).status_code == 200
        return len(context)

    def add(number):
        talk = day.talk(f"Talk {number}", at(8 + number), at(8 + number, 40))
        day.speaker(talk)
        Placement.objects.create(talk=talk, track=day.b, starts_at=at(9 + number), ends_at=at(10 + number))

    add(1)
    queries()
    one = queries()
    add(2)
    add(3)
    assert queries() == one


def test_a_move_answers_with_the_talk_and_what_undo_would_undo(day, lanterns, api, organizer):
    status, answer = api.post("moves", move(lanterns, day.b, at(11), at(11, 50)))
    assert (status, answer["draft_revision"], answer["undo"]) == (200, 1, {"text": "Lanterns"})
    talk = answer["talk"]
    assert (talk["revision"], talk["track_id"], talk["ends_at"]) == (1, day.b.pk, iso(at(11, 50)))
    assert talk["moved_by"] == organizer.display_name


def test_a_stale_move_answers_with_the_talk_as_it_stands(day, lanterns, api):
    api.post("moves", move(lanterns, day.b, at(11), at(11, 50)))
    status, answer = api.post("moves", move(lanterns, day.a, at(12), at(13)))
    assert (status, answer["code"], answer["talk"]["starts_at"]) == (409, "stale", iso(at(11)))


def test_a_conflict_answers_with_the_reason_in_the_readers_language(day, lanterns, api, client):
    ferries = day.talk("Ferries", at(11), at(11, 40))
    body = move(lanterns, day.a, at(11, 30), at(12))
    status, answer = api.post("moves", body)
    conflict = {"code": "track_overlap", "talk_ids": [lanterns.pk, ferries.pk]}
    text = "Overlaps with “Ferries” (11:00–11:40)."
    assert (status, answer["code"], answer["conflicts"]) == (409, "conflict", [conflict | {"text": text}])
    assert Draft.objects.count() == 0


def test_check_says_the_same_and_writes_nothing(day, lanterns, api):
    day.talk("Ferries", at(11), at(11, 40))
    body = move(lanterns, day.a, at(11, 30), at(12))
    del body["expected_revision"]
    status, answer = api.post("check", body)
    assert (status, [one["code"] for one in answer["conflicts"]]) == (200, ["track_overlap"])
    assert Draft.objects.count() == 0


BAD_MOVES = {
    "no JSON": "track",
    "a list": "[]",
    "nothing": {},
    "one time": {"starts_at": None},
    "ends first": {"ends_at": "2026-11-26T00:00:00.000Z"},
    "longer than a day": {"ends_at": "2026-11-29T00:00:00.000Z"},
    "no moment": {"starts_at": "soon"},
    "no track": {"track_id": None},
    "unknown track": {"track_id": 0},
    "unknown field": {"title": "New"},
    "negative revision": {"expected_revision": -1},
}


@pytest.mark.parametrize("case", BAD_MOVES)
def test_a_bad_move_is_refused_with_its_fields(case, day, lanterns, api):
    bad = BAD_MOVES[case]
    body = move(lanterns, day.a, at(11), at(12)) | bad if isinstance(bad, dict) and bad else bad
    status, answer = api.post("moves", body)
    assert (status, list(answer)) == (422, ["errors"])
    assert answer["errors"]
    assert Draft.objects.count() == 0


def test_tracks_and_rooms_of_another_event_are_unknown(day, lanterns, api):
    other = DraftedDay("theirs")
    room = RoomFactory(event=other.event)
    status, answer = api.post("moves", move(lanterns, other.a, at(11), at(12), room_id=room.pk))
    assert (status, sorted(answer["errors"])) == (422, ["room_id", "track_id"])


def test_a_talk_of_another_event_is_not_found(day, api, client):
    theirs = DraftedDay("theirs").waiting("Theirs")
    body = json.dumps(move(theirs, day.a, at(11), at(12)))
    assert client.post(api.url("moves"), body, content_type="application/json").status_code == 404
    assert client.get(api.url("form", theirs.pk)).status_code == 404


def test_undo_answers_like_a_move_and_says_when_there_is_nothing(day, lanterns, api):
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    status, answer = api.post("undo", {})
    assert (status, answer["talk"]["starts_at"], answer["undo"]) == (200, iso(at(10)), None)
    assert api.post("undo", {}) == (409, {"code": "nothing_to_undo"})


def test_undo_after_anothers_move_is_refused(day, lanterns, api, client):
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    other = UserFactory()
    RoleGrantFactory(event=day.event, user=other, role=Role.ORGANIZER)
    theirs = Client()
    theirs.force_login(other)
    Api(theirs, "ours").post("moves", move(lanterns, day.b, at(13), at(14), revision=1))
    status, answer = api.post("undo", {})
    assert (status, answer["code"], answer["by"]) == (409, "moved_since", other.display_name)
    assert (answer["talk"]["starts_at"], answer["undo"]) == (iso(at(13)), None)


def test_an_entry_is_made_and_undone(day, api):
    body = {"kind": "break", "title": "Tea", "minutes": 20, "lang": "en", "is_for_all_tracks": True}
    status, answer = api.post("entries", body)
    talk = answer["talk"]
    assert (status, talk["title"], talk["minutes"], talk["starts_at"]) == (200, "Tea", 20, None)
    assert talk["is_for_all_tracks"] is True
    status, answer = api.post("undo", {})
    assert (status, answer["talk"], answer["removed_talk_id"]) == (200, None, talk["id"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"minutes": 4}, "minutes"),
        ({"kind": "party"}, "kind"),
        ({"lang": "xx"}, "lang"),
    ],
)
def test_a_bad_entry_is_refused(wrong, field, api):
    body = {"kind": "break", "title": "Tea", "minutes": 20, "lang": "en"} | wrong
    status, answer = api.post("entries", body)
    assert (status, list(answer["errors"]), Talk.objects.count()) == (422, [field], 0)


def test_what_changes_is_named_before_and_after(day, lanterns, api):
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    status, answer = api.get("changes")
    (change,) = answer["changes"]
    assert (status, change["kind"], change["is_on_air"], answer["conflicts"]) == (200, "moved", False, [])
    times = change["before"]["starts_at"], change["after"]["starts_at"]
    assert times == (iso(at(10)), iso(at(11)))


def test_publishing_and_restoring_answer_with_the_version(day, lanterns, api):
    api.post("moves", move(lanterns, day.b, at(11), at(12)))
    status, answer = api.post("publish", {"expected_draft_revision": 1, "note": "Later"})
    assert (status, answer["version"]) == (200, {"number": 2})
    _, listed = api.get("versions")
    assert [(row["number"], row["is_current"], row["note"]) for row in listed["versions"]] == [
        (2, True, "Later"),
        (1, False, ""),
    ]
    body = {"expected_draft_revision": answer["draft_revision"]}
    status, restored = api.post("restore", body, 1)
    assert (status, restored["version"]) == (200, {"number": 3})
    assert Talk.objects.get().starts_at == at(10)


def test_a_version_that_never_was_is_not_found(day, lanterns, api, client):
    Draft.objects.create(event=day.event)
    body = json.dumps({"expected_draft_revision": 0})
    answer = client.post(api.url("restore", 7), body, content_type="application/json")
    assert answer.status_code == 404


def test_publishing_is_refused_when_stale_and_while_something_conflicts(day, lanterns, api):
    assert api.post("publish", {"expected_draft_revision": 3}) == (409, {"code": "stale"})
    day.talk("Ferries", at(10, 30), at(11))
    Draft.objects.create(event=day.event)
    status, answer = api.post("publish", {"expected_draft_revision": 0})
    codes = [conflict["code"] for conflict in answer["conflicts"]]
    assert (status, answer["code"], codes) == (409, "conflict", ["track_overlap"])
    assert ProgrammeVersion.objects.count() == 0


def test_publish_needs_the_revision_that_was_seen(api):
    status, answer = api.post("publish", {"note": "x" * 201})
    assert (status, sorted(answer["errors"])) == (422, ["expected_draft_revision", "note"])


# The plain pages


def fields(talk, **wish):
    form = {"day": "2026-11-26", "start": "11:00", "length": "40", "track": talk.track_id or "", "room": ""}
    return form | {"revision": "0"} | wish


def test_the_form_moves_a_talk_and_leads_back_to_its_day(day, lanterns, api, client):
    answer = client.post(api.url("form", lanterns.pk), fields(lanterns))
    assert (answer.status_code, answer.url) == (302, api.url("") + "?day=2026-11-26")
    assert Placement.objects.get().starts_at == at(11)


def test_the_form_keeps_what_was_typed_and_says_what_is_in_the_way(day, lanterns, api, client):
    day.talk("Ferries", at(11), at(11, 40))
    answer = client.post(api.url("form", lanterns.pk), fields(lanterns, start="11:20", length="25"))
    page = answer.content.decode()
    assert (answer.status_code, Placement.objects.count()) == (409, 0)
    for text in ("Overlaps with “Ferries” (11:00–11:40).", 'value="11:20"', 'value="25"'):
        assert text in page


def test_the_form_refuses_what_somebody_moved_since(day, lanterns, api, client):
    api.post("moves", move(lanterns, day.b, at(13), at(14)))
    answer = client.post(api.url("form", lanterns.pk), fields(lanterns))
    assert "Somebody else has moved it meanwhile" in answer.content.decode()
    assert Placement.objects.get().starts_at == at(13)


def test_the_form_puts_a_talk_into_the_night_and_finds_it_there_again(lanterns, api, client):
    night = {"day": "2026-11-27", "start": "00:30"}
    answer = client.post(api.url("form", lanterns.pk), fields(lanterns, **night))
    assert answer.url.endswith("?day=2026-11-26")
    page = client.get(api.url("form", lanterns.pk)).content.decode()
    assert '<option value="2026-11-27" selected>Thu 26 Nov, after midnight</option>' in page


@pytest.mark.parametrize("wrong", [{"start": "25:00"}, {"length": "1"}, {"day": "2026-11-30"}, {"track": ""}])
def test_the_form_refuses_nonsense(wrong, lanterns, api, client):
    answer = client.post(api.url("form", lanterns.pk), fields(lanterns, **wrong))
    assert (answer.status_code, Placement.objects.count()) == (409, 0)


def test_the_form_takes_a_talk_off(lanterns, api, client):
    client.post(api.url("form", lanterns.pk), {"revision": "0", "unschedule": "1"})
    assert Placement.objects.get().starts_at is None


@pytest.mark.parametrize("hidden", [{"shows_timetable": False}, {"status": "draft"}])
def test_the_state_says_when_visitors_do_not_see_the_timetable(hidden, day, api):
    type(day.event).objects.update(**hidden)
    assert api.get("draft")[1]["event"]["is_public"] is False


def test_the_page_of_an_empty_event_says_how_talks_come_in(day, api, client):
    page = client.get(api.url("")).content.decode()
    for way in ("admin:talks_exchange", "admin:talks_talk_add"):
        assert reverse(way, args=["ours"] if way.endswith("exchange") else []) in page


def test_the_page_lists_every_talk_without_javascript(day, lanterns, api, client):
    day.waiting("Buoys")
    page = client.get(api.url("")).content.decode()
    for talk in Talk.objects.all():
        assert f'href="{api.url("form", talk.pk)}"' in page


def test_the_preview_shows_the_draft_to_the_team_alone(day, lanterns, api, client):
    api.post("moves", move(lanterns, day.a, at(15), at(15, 40)))
    answer = client.get(api.url("preview"), {"day": "2026-11-26"})
    assert "15:00" in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "15:00" not in Client().get("/ours/timetables").content.decode()


# Who may

STAFF = [Role.RECEPTION, Role.MODERATOR, Role.BROADCASTER]
POSTED = {"check", "moves", "undo", "entries", "publish", "restore"}


@pytest.fixture
def doors(day, lanterns):
    """Every address of the editor, with the method that it wants."""
    extra = {"form": [lanterns.pk], "cancel": [lanterns.pk], "restore": [1]}
    short = [name.removeprefix("talks_timetable").removeprefix("_") for name in PAGES]
    api = Api(None, "ours")
    return {
        name: ("post" if name in POSTED else "get", api.url(name, *extra.get(name, []))) for name in short
    }


def answers(doors, user):
    client = Client()
    if user:
        client.force_login(user)
    return {name: getattr(client, method)(url).status_code for name, (method, url) in doors.items()}


@pytest.mark.parametrize("role", [None, *STAFF])
def test_nobody_but_an_organizer_comes_in(role, day, doors):
    user = UserFactory()
    if role:
        RoleGrantFactory(event=day.event, user=user, role=role)
    assert answers(doors, user) == dict.fromkeys(doors, 403)


def test_an_organizer_of_another_event_does_not_come_in(doors):
    assert answers(doors, organizer_of(DraftedDay("theirs").event)) == dict.fromkeys(doors, 403)


def test_a_stranger_is_led_to_the_sign_in(doors):
    assert answers(doors, None) == dict.fromkeys(doors, 302)


def test_the_organizer_comes_in_everywhere(day, doors):
    refused = {"check": 422, "moves": 422, "undo": 409, "entries": 422, "publish": 422, "restore": 422}
    assert answers(doors, organizer_of(day.event)) == dict.fromkeys(doors, 200) | refused


def test_an_event_that_is_not_there_has_no_editor(organizer, client):
    assert client.get("/admin/talks/timetable/nowhere/").status_code == 404
