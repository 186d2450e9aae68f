"""What the control room shows of the last switches, and what viewers report of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import EventStatus
from events.live import moment
from streaming.enums import MarkState
from streaming.models import OnAirLog, SwitchTimes
from streaming.report_limit import AT_ONCE, ReportLimit, report_limit
from streaming.selectors.control_room import control_room
from streaming.selectors.switches import LAST, switches
from streaming.services import sightings
from streaming.services.sightings import MOST_SIGHTINGS, note_sighting, tell_consoles
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, TrackFactory
from tests.races import at_once
from tests.streaming.test_picture_marks import times_of


@pytest.fixture(autouse=True)
def fresh_limit():
    report_limit.left = AT_ONCE


def sighted(track, revision, ago_ms, received_at):
    return note_sighting(
        event_id=track.event_id,
        track_id=track.pk,
        revision=revision,
        ago_ms=ago_ms,
        received_at=received_at,
    )


def report(track, revision=1, ago_ms=0, elapsed_ms=3000):
    """A viewer's report that comes in so long after the switch."""
    at = OnAirLog.objects.get(track=track, revision=revision).at
    received_at = at + timedelta(milliseconds=elapsed_ms)
    return sighted(track, revision, ago_ms, received_at)


@pytest.fixture
def switched(track, make_talk, command):
    command(track, "take", talk=make_talk(title="監視の夜"))
    return times_of(track)


# What the control room shows


def test_a_switch_shows_its_times(switched, event, track):
    switched.refresh_from_db()
    [row] = switches(event)[track.pk]
    assert row == {
        "revision": 1,
        "command": "take",
        "talk_id": switched.log.to_talk_id,
        "title": "監視の夜",
        "card": None,
        "requested_at": moment(switched.requested_at),
        "accepted_at": moment(switched.log.at),
        "mark": "no_picture",
        "written_at": None,
        "error": "",
        "fault": "",
        "fault_subject": "",
        "seen": None,
    }


def test_a_switch_of_before_these_times_were_kept_is_shown_without_them(switched, event, track):
    switched.delete()
    [row] = switches(event)[track.pk]
    assert (row["requested_at"], row["mark"], row["seen"]) == (None, None, None)


def test_only_the_last_are_shown_newest_first(event, track, command):
    for card in ("break", "waiting") * 4:
        command(track, "card", card=card)
    assert [row["revision"] for row in switches(event)[track.pk]] == [8, 7, 6, 5, 4]
    assert LAST == 5


def test_the_room_has_them_by_track(event, track, command):
    other = TrackFactory(event=event, position=2)
    command(track, "card", card="break")
    found = {row["id"]: len(row["switches"]) for row in control_room(event)["tracks"]}
    assert found == {track.pk: 1, other.pk: 0}


@pytest.mark.parametrize("tracks", [1, 3])
def test_they_are_one_query(event, command, tracks, django_assert_num_queries):
    for position in range(tracks):
        lane = TrackFactory(event=event, position=position + 1)
        command(lane, "card", card="break")
        command(lane, "card", card="technical")
    with django_assert_num_queries(1):
        assert [len(rows) for rows in switches(event).values()] == [2] * tracks


# What viewers report


def test_the_first_report_is_first_and_half(switched, track):
    assert report(track, ago_ms=500, elapsed_ms=3000) is True
    switched.refresh_from_db()
    assert (switched.seen_count, switched.seen_first_ms, switched.seen_median_ms) == (1, 2500, 2500)


def test_many_reports_give_the_first_and_the_half(switched, track):
    for seen_ms in (4000, 2000, 9000, 3000, 5000):
        report(track, ago_ms=10_000 - seen_ms, elapsed_ms=10_000)
    switched.refresh_from_db()
    assert (switched.seen_count, switched.seen_first_ms, switched.seen_median_ms) == (5, 2000, 4000)
    assert switched.seen_ms == [2000, 3000, 4000, 5000, 9000]


def test_the_room_shows_them(switched, event, track):
    report(track, ago_ms=0, elapsed_ms=1234)
    assert switches(event)[track.pk][0]["seen"] == {"count": 1, "first_ms": 1234, "median_ms": 1234}


def test_more_than_a_sample_is_not_kept(switched, track):
    full = list(range(MOST_SIGHTINGS))
    SwitchTimes.objects.update(seen_ms=full, seen_count=MOST_SIGHTINGS)
    assert report(track) is False
    switched.refresh_from_db()
    assert switched.seen_ms == full


@pytest.mark.parametrize("revision", [0, 2, 99])
def test_an_unknown_revision_is_dropped(switched, track, revision):
    assert sighted(track, revision, 0, timezone.now()) is False


def test_a_switch_of_a_minute_ago_is_no_longer_asked_about(switched, track):
    OnAirLog.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert report(track) is False


def test_nobody_saw_it_before_it_happened(switched, track):
    assert report(track, ago_ms=3501, elapsed_ms=3000) is False
    assert report(track, ago_ms=3400, elapsed_ms=3000) is True
    switched.refresh_from_db()
    assert switched.seen_ms == [0]


def test_a_report_costs_a_fixed_number_of_queries(switched, track, django_assert_num_queries):
    now = timezone.now()
    with django_assert_num_queries(5):  # There at all, savepoint, the row, write, savepoint.
        sighted(track, 1, 0, now)
    with django_assert_num_queries(1):
        sighted(track, 7, 0, now)


# The consoles hear of them together


def test_reports_reach_the_consoles_in_one_frame(switched, track, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as at_reports:
        report(track)
        report(track)
    with django_capture_on_commit_callbacks() as at_tick:
        tell_consoles()
        tell_consoles()
    assert (len(at_reports), len(at_tick)) == (0, 1)


def test_what_comes_after_the_tick_is_told_at_the_next(switched, track, django_capture_on_commit_callbacks):
    report(track)
    tell_consoles()
    report(track)
    with django_capture_on_commit_callbacks() as callbacks:
        sightings.tell_consoles()
    assert len(callbacks) == 1


def test_without_a_report_a_tick_is_one_query(switched, django_assert_num_queries):
    with django_assert_num_queries(1):
        tell_consoles()


# The address


def send(client, event, track, **body):
    path = f"/api/v1/events/{event.slug}/tracks/{track.pk}/seen"
    return client.post(path, body or {"revision": 1, "ago_ms": 40}, content_type="application/json")


def test_a_stranger_reports_where_everybody_may_watch(switched, event, track, client):
    answer = send(client, event, track)
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (204, b"", "no-store")
    assert times_of(track).seen_count == 1


def test_it_needs_no_token_because_it_says_nothing_of_a_person(switched, event, track):
    client = Client(enforce_csrf_checks=True)
    assert send(client, event, track).status_code == 204
    assert client.cookies == {}


def test_where_only_registered_people_watch_they_alone_report(switched, event, track, client):
    event.is_open_to_all = False
    event.save()
    assert send(client, event, track).status_code == 401
    client.force_login(UserFactory())
    assert send(client, event, track).status_code == 403
    registered = RegistrationFactory(event=event)
    client.force_login(registered.user)
    assert send(client, event, track).status_code == 204
    assert times_of(track).seen_count == 1


@pytest.mark.parametrize(
    "body",
    [
        {"revision": "1", "ago_ms": 1},
        {"revision": 1},
        {"revision": 1, "ago_ms": -1},
        {"revision": 1, "ago_ms": 60_001},
        {"revision": 1, "ago_ms": 1.5},
        {"revision": 1, "ago_ms": 1, "name": "me"},
    ],
)
def test_what_is_no_report_is_malformed(switched, event, track, client, body):
    assert send(client, event, track, **body).status_code == 422
    assert times_of(track).seen_count == 0


def test_an_old_or_unknown_switch_is_no_error_for_the_viewer(switched, event, track, client):
    assert send(client, event, track, revision=44, ago_ms=3).status_code == 204
    assert times_of(track).seen_count == 0


def test_a_track_of_another_event_is_not_counted(command, event, client):
    other = TrackFactory()
    command(other, "card", card="break")
    assert send(client, event, other).status_code == 204
    assert times_of(other).seen_count == 0


def test_before_the_doors_nothing_is_kept(switched, event, track, client):
    event.status = EventStatus.ANNOUNCED
    event.save()
    assert send(client, event, track).status_code == 204
    assert times_of(track).seen_count == 0


def test_what_is_too_much_is_dropped_before_the_database_is_asked(
    switched, event, track, client, django_assert_num_queries
):
    report_limit.left = -10_000.0
    with django_assert_num_queries(0):
        assert send(client, event, track).status_code == 204
    assert times_of(track).seen_count == 0


def test_an_unknown_event_is_not_found(db, client, track):
    path = f"/api/v1/events/nowhere/tracks/{track.pk}/seen"
    assert client.post(path, {}, content_type="application/json").status_code == 404


def test_the_limit_lets_a_burst_through_and_then_fifty_a_second():
    now = [100.0]
    limit = ReportLimit(lambda: now[0])
    assert [limit.lets_through() for _ in range(201)].count(True) == 200
    now[0] += 1.0
    assert [limit.lets_through() for _ in range(60)].count(True) == 50
    now[0] += 1000.0
    assert [limit.lets_through() for _ in range(300)].count(True) == 200


def test_a_written_note_shows_when(event, track, switched):
    at = switched.log.at + timedelta(milliseconds=140)
    SwitchTimes.objects.update(mark=MarkState.WRITTEN, written_at=at)
    [row] = switches(event)[track.pk]
    assert (row["mark"], row["written_at"]) == ("written", moment(at))


@pytest.mark.django_db(transaction=True)
def test_of_reports_at_once_none_is_lost(switched, track):
    assert at_once(lambda: report(track, ago_ms=500, elapsed_ms=3000), 12) == [True] * 12
    assert (times_of(track).seen_count, times_of(track).seen_ms) == (12, [2500] * 12)
