"""What is written down with a command, before anybody has seen it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import GatewayName, MarkState
from streaming.models import SwitchTimes
from streaming.states import Observed
from tests.streaming.test_picture_marks import picture_of, times_of


def test_each_accepted_command_has_its_times(track, make_talk, command):
    before = timezone.now()
    command(track, "take", talk=make_talk())
    command(track, "card", card="break")
    assert [times.log.revision for times in SwitchTimes.objects.select_related("log").order_by("pk")] == [
        1,
        2,
    ]
    assert before <= times_of(track).requested_at <= timezone.now()


def test_a_command_that_changes_nothing_has_none(track, command):
    command(track, "card", card="waiting")
    assert SwitchTimes.objects.count() == 0


def test_the_receipt_of_the_request_is_kept(track, command):
    asked = timezone.now() - timedelta(milliseconds=340)
    command(track, "card", card="break", requested_at=asked)
    assert times_of(track).requested_at == asked


def test_the_api_takes_its_own_receipt(client, director, event, track, make_talk):
    client.force_login(director)
    body = {
        "command": "take",
        "talk_id": make_talk().pk,
        "expected_revision": 0,
        "idempotency_key": "one",
    }
    path = f"/api/v1/events/{event.slug}/tracks/{track.pk}/commands"
    before = timezone.now()
    assert client.post(path, body, content_type="application/json").status_code == 200
    times = times_of(track)
    assert before <= times.requested_at <= times.log.at + timedelta(milliseconds=5)


@pytest.mark.parametrize("gateway", [GatewayName.LOCAL, GatewayName.EMBED])
def test_a_picture_that_takes_no_notes_says_so_at_once(track, make_talk, command, gateway):
    picture_of(track, gateway=gateway, external_id="")
    command(track, "take", talk=make_talk())
    assert (times_of(track).mark, times_of(track).try_at) == (MarkState.NOT_SUPPORTED, None)


def test_a_track_without_a_stream_has_no_picture(track, make_talk, command):
    command(track, "take", talk=make_talk())
    assert times_of(track).mark == MarkState.NO_PICTURE


def test_a_stream_that_does_not_run_has_no_picture(track, make_talk, command):
    picture_of(track, observed=Observed.STOPPED)
    command(track, "take", talk=make_talk())
    assert times_of(track).mark == MarkState.NO_PICTURE


@pytest.mark.parametrize("gateway", [GatewayName.IVS, GatewayName.MEDIALIVE])
def test_a_cloud_picture_waits_for_its_note(
    track, make_talk, command, gateway, django_capture_on_commit_callbacks
):
    picture_of(track, gateway=gateway)
    with django_capture_on_commit_callbacks() as callbacks:
        command(track, "take", talk=make_talk())
    assert times_of(track).mark == MarkState.WAITING
    assert [callback.__name__ for callback in callbacks] == ["_publish", "wake_writer"]


def test_nobody_is_woken_for_a_picture_that_takes_no_notes(
    track, make_talk, command, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        command(track, "take", talk=make_talk())
    assert [callback.__name__ for callback in callbacks] == ["_publish"]
