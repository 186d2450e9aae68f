"""MediaLive, IVS and MediaPackage through boto3 and HTTP, driven as the worker drives it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import FaultKind, Part
from streaming.media.aws import Conflict
from streaming.media.chain import EXTRAS
from streaming.media.chain import REMOVING as ORDER
from streaming.media.ivs import IvsGateway
from streaming.models import EventMedia, MediaResource, RunningTime, Stream, StreamLog
from streaming.services import streams
from streaming.services.reconcile import reconcile
from streaming.services.sweeping import sweep
from streaming.states import Observed, Seen
from tests.factories.events import TrackFactory
from tests.services.aws.cloud import KINDS
from tests.streaming.medialive_line import deleted, drive, ready, running

WHOLE = dict.fromkeys((kind for kind in KINDS if kind != "harvest"), 1) | {"endpoint": 2}
MADE = [
    "CreateChannel",
    "CreateChannelGroup",
    "CreateChannel",
    "CreateOriginEndpoint",
    "PutOriginEndpointPolicy",
    "CreateOriginEndpoint",
    "PutOriginEndpointPolicy",
    "CreateInputSecurityGroup",
    "CreateInput",
    "CreateChannel",
]
NAME = "dreamkast-local"
# What a track with one input consists of.
PLAIN = [part for part in Part if part not in EXTRAS]
PUT_POLICY = "mediapackagev2:PutOriginEndpointPolicy"
REMOVED = [
    "DeleteChannel",
    "DeleteInput",
    "DeleteInputSecurityGroup",
    "DeleteOriginEndpointPolicy",
    "DeleteOriginEndpoint",
    "DeleteOriginEndpointPolicy",
    "DeleteOriginEndpoint",
    "DeleteChannel",
    "DeleteChannel",
]


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "medialive")


def test_preparing_makes_every_part_once_and_in_order(stream, gateway, peer):
    ready(stream, gateway)
    assert (stream.observed, stream.error) == (Observed.STOPPED, "")
    assert peer.there() == WHOLE
    assert peer.changes() == MADE


def test_each_part_is_written_down(stream, gateway):
    ready(stream, gateway)
    rows = {row.part: (row.seen, bool(row.made_at)) for row in MediaResource.objects.all()}
    assert rows == {part.value: (Seen.READY, True) for part in PLAIN}
    assert MediaResource.objects.exclude(external_id="").count() >= 8


def test_the_log_names_each_part_as_it_is_made(stream, gateway):
    ready(stream, gateway)
    made = StreamLog.objects.filter(what="create").order_by("id").values_list("part", flat=True)
    assert list(made) == [part.value for part in PLAIN]


def test_people_get_an_address_to_push_to_and_viewers_one_to_watch(stream, gateway):
    ready(stream, gateway)
    assert stream.ingest_url == "rtmp://198.51.100.7:1935/live/"
    assert len(stream.stream_key) == 40
    assert stream.playback_url.endswith(".m3u8")
    assert stream.start_over_url.endswith("/startover/index.m3u8")
    assert stream.is_low_latency is True


def test_everything_carries_our_tags(stream, gateway, peer):
    ready(stream, gateway)
    with peer.cloud.lock:
        tags = next(iter(peer.cloud.rows["encoder"].values()))["Tags"]
    assert tags["app"] == "dreamkast"
    assert tags["stream"] == str(stream.public_id)
    assert tags["kind"] == "encoder"


def test_start_and_stop(stream, gateway, peer):
    running(stream, gateway)
    assert (stream.observed, stream.is_playing) == (Observed.RUNNING, True)
    streams.request_stop(stream=stream, actor=None)
    drive(stream, gateway)
    assert stream.observed == Observed.STOPPED
    assert peer.changes()[-2:] == ["StartChannel", "StopChannel"]
    assert RunningTime.objects.get().until is not None


def test_slow_states_are_waited_for(stream, gateway, peer):
    peer.cloud.seconds = 0.05
    running(stream, gateway)
    drive(stream, gateway)
    assert stream.observed == Observed.RUNNING
    assert peer.changes() == [*MADE, "StartChannel"]


def test_deleting_a_running_one_leaves_nothing_but_the_group(stream, gateway, peer):
    running(stream, gateway)
    deleted(stream, gateway)
    assert (stream.observed, stream.stream_key, stream.playback_url) == (Observed.ABSENT, "", "")
    assert peer.there() == {"group": 1}
    assert peer.changes()[len(MADE) + 1 :] == ["StopChannel", *REMOVED]


def test_it_can_be_made_again_after_that(stream, gateway, peer):
    ready(stream, gateway)
    deleted(stream, gateway)
    ready(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.STOPPED, WHOLE)


def test_two_streams_share_group_and_fence_and_the_last_one_takes_the_fence(stream, gateway, peer, event):
    other = streams.ensure_stream(TrackFactory(event=event, name="B"), "medialive")
    ready(stream, gateway)
    ready(other, gateway)
    assert (peer.there()["fence"], peer.there()["group"], peer.there()["encoder"]) == (1, 1, 2)
    deleted(stream, gateway)
    assert peer.there()["fence"] == 1
    deleted(other, gateway)
    assert peer.there() == {"group": 1}


@pytest.mark.parametrize("operation", sorted(set(MADE)))
def test_a_lost_answer_makes_no_second_one(stream, gateway, peer, operation):
    peer.lose(operation)
    ready(stream, gateway)
    drive(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.STOPPED, WHOLE)


@pytest.mark.parametrize("operation", sorted({*REMOVED, "StopChannel"}))
def test_a_lost_answer_leaves_nothing_behind(stream, gateway, peer, operation):
    running(stream, gateway)
    peer.lose(operation)
    deleted(stream, gateway)
    drive(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.ABSENT, {"group": 1})


def test_throttling_only_slows_it_down(stream, gateway, peer):
    peer.throttled = 0.1
    streams.request_start(stream=stream, actor=None)
    for _ in range(60):
        drive(stream, gateway)
        if stream.observed == Observed.RUNNING:
            break
    assert (stream.observed, peer.there()) == (Observed.RUNNING, WHOLE)


def test_throttling_of_half_the_calls_only_slows_a_stream_of_one_part_down(track, peer):
    stream, gateway, peer.throttled = streams.ensure_stream(track, "ivs"), IvsGateway(), 0.5
    streams.request_start(stream=stream, actor=None)
    for _ in range(60):
        drive(stream, gateway)
        if stream.observed == Observed.RUNNING:
            break
    assert (stream.observed, peer.there()) == (Observed.RUNNING, {"picture": 1, "key": 1})


def test_lists_that_lag_make_no_doubles(stream, gateway, peer, settings):
    peer.cloud.list_lag, settings.STREAM_SETTLE_SECONDS = 3600, 3600
    ready(stream, gateway)
    assert stream.observed == Observed.STOPPED
    assert {kind: len(rows) for kind, rows in peer.cloud.rows.items() if rows} == WHOLE


@pytest.mark.parametrize(
    ("operation", "error", "fault", "subject"),
    [
        ("CreateInput", "ForbiddenException", FaultKind.PERMISSION, "medialive:CreateInput"),
        ("PutOriginEndpointPolicy", "AccessDeniedException", FaultKind.PERMISSION, PUT_POLICY),
        ("CreateOriginEndpoint", "ServiceQuotaExceededException", FaultKind.QUOTA, "CreateOriginEndpoint"),
    ],
)
def test_a_refusal_waits_for_a_person_and_says_what_to_change(
    stream, gateway, peer, operation, error, fault, subject
):
    peer.refuse(operation, error)
    ready(stream, gateway)
    assert (stream.observed, stream.fault, stream.fault_subject) == (Observed.FAILED, fault, subject)
    assert stream.request_id.startswith("request-")
    ready(stream, gateway)
    assert (stream.observed, stream.fault, peer.there()) == (Observed.STOPPED, "", WHOLE)


def test_nobody_may_push_until_somebody_names_the_encoders(stream, gateway, peer, settings):
    settings.ENCODER_ADDRESSES = []
    ready(stream, gateway)
    assert stream.observed == Observed.FAILED
    assert "DREAMKAST_ENCODER_ADDRESSES" in stream.error
    assert "fence" not in peer.there()


def test_an_event_with_encoders_of_its_own_has_a_fence_of_its_own(stream, gateway, peer):
    EventMedia.objects.create(event=stream.track.event, encoders="198.51.100.0/24\n203.0.113.9")
    ready(stream, gateway)
    with peer.cloud.lock:
        rules = next(iter(peer.cloud.rows["fence"].values()))["WhitelistRules"]
    assert rules == [{"Cidr": "198.51.100.0/24"}, {"Cidr": "203.0.113.9/32"}]


def test_changed_addresses_reach_the_fence(stream, gateway, peer, settings):
    ready(stream, gateway)
    settings.ENCODER_ADDRESSES = ["203.0.113.8/32"]
    drive(stream, gateway)
    assert peer.changes()[-1] == "UpdateInputSecurityGroup"
    assert stream.observed == Observed.STOPPED


def test_a_cdn_that_comes_later_closes_the_endpoints_for_others(stream, gateway, peer, settings):
    ready(stream, gateway)
    settings.AWS_CDN_ARN = "arn:aws:cloudfront::123456789012:distribution/E1"
    drive(stream, gateway)
    assert peer.changes()[-2:] == ["PutOriginEndpointPolicy"] * 2
    assert stream.observed == Observed.STOPPED


def test_what_the_tables_forgot_is_found_again_and_not_made_twice(stream, gateway, peer):
    ready(stream, gateway)
    MediaResource.objects.all().delete()
    drive(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.STOPPED, WHOLE)
    assert MediaResource.objects.count() == len(PLAIN)


def test_something_deleted_by_hand_is_made_again(stream, gateway, peer):
    ready(stream, gateway)
    with peer.cloud.lock:
        peer.cloud.rows["encoder"].clear()
        next(iter(peer.cloud.rows["input"].values()))["State"] = "DETACHED"
    drive(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.STOPPED, WHOLE)
    assert MediaResource.objects.get(part=Part.ENCODER).round == 1


def test_the_sweeper_finds_nothing_while_all_is_written_down(stream, gateway, peer):
    ready(stream, gateway)
    run = sweep(cloud=peer.inventory)
    assert (run.error, run.things, run.strays) == ("", 8, 0)


def test_what_no_row_knows_can_be_removed_part_by_part(stream, gateway, peer, settings):
    running(stream, gateway)
    MediaResource.objects.all().delete()
    StreamLog.objects.all().delete()
    RunningTime.objects.all().delete()
    Stream.objects.all().delete()
    for _ in range(12):
        for thing in sorted(peer.inventory.things(settings.ENVIRONMENT, NAME), key=order):
            with suppress(Conflict):
                peer.inventory.remove(thing)
    assert set(peer.there()) <= {"group"}


def order(thing):
    return ORDER.index(thing.part) if thing.part in ORDER else len(ORDER)


def test_no_key_stands_in_the_log(stream, gateway):
    running(stream, gateway)
    words = " ".join(f"{row.what} {row.detail}" for row in StreamLog.objects.all())
    assert stream.stream_key not in words


def test_a_step_that_got_somewhere_makes_the_pauses_short_again(stream, gateway):
    streams.request_ready(stream=stream, actor=None)
    Stream.objects.filter(pk=stream.pk).update(attempts=9)
    assert reconcile(stream.pk, lambda name: gateway) <= 0.5
    stream.refresh_from_db()
    assert stream.attempts == 0


def test_what_has_just_gone_is_looked_at_once_more_soon(stream, gateway):
    ready(stream, gateway)
    deleted(stream, gateway)
    assert timedelta() < stream.look_at - timezone.now() <= timedelta(seconds=10)
    reconcile(stream.pk, lambda name: gateway)
    stream.refresh_from_db()
    assert stream.look_at - timezone.now() > timedelta(seconds=60)
