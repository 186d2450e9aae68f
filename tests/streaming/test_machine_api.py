"""What broadcast tools read and command: shapes, who may, and tokens of one track."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import EventStatus, Role
from events.models import ApiToken
from events.services.tokens import issue_token, revoke_token
from streaming.models import OnAir
from talks.models import Talk
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import SpeakerFactory


@pytest.fixture
def robot(event, director):
    """A client with a token; what it may is given."""

    def make(**fields):
        later = timezone.now() + timedelta(days=1)
        given = {"event": event, "owner": director, "can_control": False, "expires_at": later} | fields
        _, text = issue_token(name="robot", **given)
        return Client(headers={"authorization": f"Bearer {text}"}, enforce_csrf_checks=True)

    return make


@pytest.fixture
def shown(event):
    event.shows_timetable = True
    event.save()
    return event


@pytest.fixture
def day(event):
    return DayFactory(event=event, date=datetime(2026, 11, 26, tzinfo=UTC).date())


@pytest.fixture
def keynote(make_talk, day):
    starts = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    return make_talk(title="Keynote", starts_at=starts, ends_at=starts + timedelta(minutes=40))


def test_events_have_their_days(client, event, day):
    [found] = client.get("/api/v1/events").json()
    assert (found["id"], found["abbr"], found["status"]) == (event.pk, "seaside", "opened")
    assert found["conferenceDays"] == [{"id": day.pk, "date": "2026-11-26", "internal": False}]
    assert client.get("/api/v1/events/seaside").json() == found


def test_drafts_are_for_their_staff(client, event, director):
    EventFactory(slug="draft", status=EventStatus.DRAFT)
    own = EventFactory(slug="own-draft", status=EventStatus.DRAFT)
    RoleGrantFactory(event=own, user=director, role=Role.BROADCASTER)
    assert [one["abbr"] for one in client.get("/api/v1/events").json()] == ["seaside"]
    client.force_login(director)
    assert [one["abbr"] for one in client.get("/api/v1/events").json()] == ["own-draft", "seaside"]
    assert client.get("/api/v1/tracks?eventAbbr=draft").status_code == 404


def test_tracks_name_the_talk_on_air(client, track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    [found] = client.get("/api/v1/tracks?eventAbbr=seaside").json()
    assert (found["id"], found["name"], found["videoPlatform"], found["videoId"]) == (track.pk, "A", "", "")
    assert (found["onAirTalk"]["talk_id"], found["onAirTalk"]["on_air"]) == (talk.pk, True)
    assert client.get(f"/api/v1/tracks/{track.pk}").json() == found


def test_talk_has_the_tools_names_and_times(client, shown, track, keynote, day):
    keynote.speakers.add(SpeakerFactory(event=shown, name_ja="山田"))
    [found] = client.get("/api/v1/talks?eventAbbr=seaside").json()
    wanted = {
        "id": keynote.pk,
        "trackId": track.pk,
        "title": "Keynote",
        "startTime": "2000-01-01T10:00:00.000+09:00",
        "endTime": "2000-01-01T10:40:00.000+09:00",
        "actualStartTime": "2026-11-26T01:00:00.000Z",
        "talkDuration": 40,
        "onAir": False,
        "conferenceDayId": day.pk,
        "conferenceDayDate": "2026-11-26",
        "presentationMethod": None,
    }
    assert {name: found[name] for name in wanted} == wanted
    assert [speaker["name"] for speaker in found["speakers"]] == ["山田"]


def test_talks_are_narrowed_by_track_and_day(client, shown, keynote, day, make_talk):
    other = TrackFactory(event=shown)
    elsewhere = make_talk(
        track=other, starts_at=keynote.ends_at, ends_at=keynote.ends_at + timedelta(hours=1)
    )
    make_talk()

    def ids(**wanted):
        return [one["id"] for one in client.get("/api/v1/talks", {"eventAbbr": "seaside", **wanted}).json()]

    assert ids(trackId=other.pk) == [elsewhere.pk]
    assert ids(conferenceDayIds=f"{day.pk},0") == [keynote.pk, elsewhere.pk]


def test_what_is_not_shown_is_not_told(client, event, shown, keynote, make_talk, day):
    make_talk(is_published=False)
    make_talk(cancelled_at=timezone.now())
    assert [one["id"] for one in client.get("/api/v1/talks?eventAbbr=seaside").json()] == [keynote.pk]
    day.is_internal = True
    day.save()
    assert client.get("/api/v1/talks?eventAbbr=seaside").json() == []
    Talk.objects.all().update(is_published=True)
    event.shows_timetable = False
    event.save()
    assert client.get("/api/v1/talks?eventAbbr=seaside").json() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, shown, track, make_talk, command, rows, django_assert_num_queries
):
    for position in range(rows):
        lane = TrackFactory(event=shown, position=position + 5)
        talk = make_talk(track=lane)
        talk.speakers.add(SpeakerFactory(event=shown))
        command(lane, "take", talk=talk)
    with django_assert_num_queries(7):
        client.get("/api/v1/talks?eventAbbr=seaside")
    with django_assert_num_queries(6):
        client.get("/api/v1/tracks?eventAbbr=seaside")


# Tokens


def send(client, track, **body):
    wish = {"command": "card", "card": "break", "expected_revision": 0, "idempotency_key": "k"} | body
    return client.post(f"/api/v1/tracks/{track.pk}/commands", wish, content_type="application/json")


def test_robot_commands_by_the_track_alone(robot, track):
    assert send(robot(can_control=True), track).status_code == 200
    assert OnAir.objects.get(track=track).card == "break"


def test_token_of_one_track_commands_no_other(robot, event, track):
    other = TrackFactory(event=event)
    one = robot(can_control=True, track=track)
    below = f"/api/v1/events/seaside/tracks/{other.pk}/commands"
    wish = {"command": "clear", "expected_revision": 0, "idempotency_key": "k"}
    assert send(one, other).status_code == 403
    assert one.post(below, wish, content_type="application/json").status_code == 403
    assert send(one, track).status_code == 200


def test_reading_token_reads_and_commands_nothing(robot, track):
    reader = robot()
    assert reader.get("/api/v1/tracks?eventAbbr=seaside").status_code == 200
    assert send(reader, track).status_code == 403


def test_token_reads_its_own_event_only(robot, event):
    other = EventFactory(slug="other", status=EventStatus.OPENED)
    reader = robot()
    assert [one["abbr"] for one in reader.get("/api/v1/events").json()] == ["seaside"]
    assert reader.get(f"/api/v1/tracks?eventAbbr={other.slug}").status_code == 403


def test_bad_token_is_401_where_strangers_may_read(event):
    forged = Client(headers={"authorization": "Bearer dk_guess"})
    paths = ["/api/v1/events", "/api/v1/tracks?eventAbbr=seaside", "/api/v1/talks?eventAbbr=seaside"]
    assert [forged.get(path).status_code for path in paths] == [401] * 3


def test_revoked_token_is_refused_at_once(robot, track):
    one = robot(can_control=True)
    revoke_token(ApiToken.objects.get())
    assert send(one, track).status_code == 401


def test_last_use_is_kept_to_the_minute(robot, event):
    reader = robot()
    assert ApiToken.objects.get().last_used_at is None
    reader.get("/api/v1/events")
    first = ApiToken.objects.get().last_used_at
    reader.get("/api/v1/events")
    assert ApiToken.objects.get().last_used_at == first
    assert first is not None


def test_stranger_does_not_command(track, client):
    assert send(client, track).status_code == 401


def test_attendee_gets_no_address_of_a_private_picture(event, track, client):
    event.is_open_to_all = False
    event.save()
    client.force_login(UserFactory())
    [found] = client.get("/api/v1/tracks?eventAbbr=seaside").json()
    assert (found["videoPlatform"], found["videoId"]) == ("", "")
