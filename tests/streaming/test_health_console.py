"""What the control room shows of a picture's health, the switch of the slate, and when it is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.live import moment
from streaming.enums import PictureHealth
from streaming.media.gateway import GatewayTransient
from streaming.media.pulse import Alert, Pulse
from streaming.models import AutomaticSlate, DutyLog, OnAirLog, Stream, StreamHealth
from streaming.selectors.control_room import control_room
from streaming.services.health import claim_looks, look
from streaming.services.slate import consider, switch_slate
from streaming.states import Desired, Observed

GOOD = Pulse(is_live=True, health=PictureHealth.HEALTHY, input_lost=False, viewers=7)
ALERT = Alert("1", "Audio Not Detected", "No audio.", "2026-11-23T01:00:00+00:00")
NO_TROUBLE = {"error": "", "fault": "", "fault_subject": ""}
SLATE = {"is_automatic": False, "is_up": False, "lost_since": None}


@pytest.fixture
def stream(track):
    own = {"desired": Desired.RUNNING, "observed": Observed.RUNNING, "gateway": "ivs"}
    return Stream.objects.create(track=track, **own)


@pytest.fixture
def said(stream):
    """The service says this now; an error is raised."""

    def say(answer):
        class Reader:
            def read(self, place):
                if isinstance(answer, Exception):
                    raise answer
                return answer

        past = timezone.now() - timedelta(seconds=2)
        StreamHealth.objects.update(next_at=past, asked_at=past)
        for stream_id, asked_at in claim_looks():
            look(stream_id, asked_at, lambda gateway: Reader())

    return say


def shown(event):
    return control_room(event)["tracks"][0]["health"]


def test_a_track_without_a_stream_has_no_health(event, track):
    assert shown(event) is None


def test_a_good_picture(event, said):
    said(GOOD)
    healthy = {"condition": "healthy", "seen_at": None, "viewers": 7, "alerts": []}
    assert shown(event) == healthy | NO_TROUBLE | {"slate": SLATE}


def test_warnings_are_listed(event, said):
    said(Pulse(is_live=True, health=PictureHealth.HEALTHY, input_lost=False, alerts=(ALERT,)))
    assert (shown(event)["condition"], shown(event)["alerts"]) == ("warned", [ALERT.as_json()])


@pytest.mark.parametrize(
    ("fields", "word"),
    [({}, "unknown"), ({"desired": Desired.READY}, "off"), ({"gateway": "embed"}, "elsewhere")],
    ids=["never heard", "not wanted", "of somebody else"],
)
def test_what_nobody_heard_of(event, stream, fields, word):
    Stream.objects.update(**fields)
    health = shown(event)
    assert (health["condition"], health["seen_at"], health["viewers"]) == (word, None, None)


def test_an_old_answer_is_unknown_and_says_how_old_it_is(event, said):
    said(GOOD)
    past = timezone.now() - timedelta(minutes=2)
    StreamHealth.objects.update(seen_at=past)
    health = shown(event)
    assert (health["condition"], health["seen_at"], health["viewers"]) == ("unknown", moment(past), None)


@pytest.mark.parametrize("gone", ["absent", "partial", "changing", "stopping", "failed"])
def test_of_a_stream_that_is_not_there_any_more_nothing_is_said(event, said, gone):
    said(GOOD)
    Stream.objects.update(observed=gone)
    health = shown(event)
    assert (health["condition"], health["viewers"], health["alerts"]) == ("off", None, [])


def test_an_error_is_said_beside_what_was_heard(event, said):
    said(GOOD)
    said(GatewayTransient("Rate exceeded\nand more"))
    assert (shown(event)["condition"], shown(event)["error"]) == ("healthy", "Rate exceeded")


def test_a_slate_that_is_up_is_known(event, track, stream, make_talk, command):
    command(track, "take", talk=make_talk())
    switch_slate(stream=stream, is_automatic=True, actor=None)
    now = timezone.now()
    consider(stream=stream, is_lost=True, now=now)
    assert shown(event)["slate"] == {"is_automatic": True, "is_up": True, "lost_since": moment(now)}
    command(track, "clear")
    command(track, "card", card="technical")
    assert shown(event)["slate"]["is_up"] is False


# When control rooms are told


def test_they_are_told_of_a_change_and_not_of_every_look(said, django_capture_on_commit_callbacks):
    told = []
    for answer in (GOOD, GOOD, Pulse(**(GOOD.__dict__ | {"viewers": 900})), Pulse(False, input_lost=True)):
        with django_capture_on_commit_callbacks() as sent:
            said(answer)
        told.append(len(sent))
    assert told == [1, 0, 0, 1]


def test_they_are_told_when_an_answer_has_grown_old(said, django_capture_on_commit_callbacks):
    said(GOOD)
    said(GatewayTransient("busy"))
    StreamHealth.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    with django_capture_on_commit_callbacks() as sent:
        said(GatewayTransient("busy"))
    assert len(sent) == 1


def test_a_lost_picture_is_covered_by_the_look_itself(track, stream, said, make_talk, command):
    command(track, "take", talk=make_talk())
    switch_slate(stream=stream, is_automatic=True, actor=None)
    said(Pulse(is_live=False, input_lost=True))
    assert OnAirLog.objects.first().source == "health"


# The switch


def post(client, track, **body):
    address = reverse("streaming:health", args=[track.event.slug, track.pk])
    return client.post(address, body, content_type="application/json")


@pytest.mark.parametrize("step", ["slate_on", "slate_off"])
def test_switching_it(client, track, stream, director, step):
    client.force_login(director)
    switch_slate(stream=stream, is_automatic=step == "slate_off", actor=None)
    assert post(client, track, step=step).status_code == 200
    assert AutomaticSlate.objects.get().is_automatic is (step == "slate_on")
    assert DutyLog.objects.filter(step=step, actor=director).count() == 1


@pytest.mark.parametrize("body", [{}, {"step": ""}, {"step": "arm"}, {"step": True}])
def test_a_malformed_wish_changes_nothing(client, track, stream, director, body):
    client.force_login(director)
    assert post(client, track, **body).status_code == 422
    assert AutomaticSlate.objects.count() == 0


def test_a_track_without_a_stream_has_no_switch(client, track, director):
    client.force_login(director)
    answer = post(client, track, step="slate_on")
    assert (answer.status_code, answer.json()) == (409, {"code": "no_stream"})
