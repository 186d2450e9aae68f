"""How pictures are: what the services say over HTTP, what is written down, and what an error leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from streaming.enums import FaultKind, Part, PictureHealth
from streaming.health_rules import FRESH_ON_AIR, Condition, Heard, condition
from streaming.media import minder
from streaming.media.aws import CONNECT_SECONDS, LOOK_SECONDS, READ_SECONDS, client
from streaming.media.gateway import GatewayTransient
from streaming.media.local import folder_of
from streaming.media.pulse import READERS, Place, Pulse
from streaming.media.pulse_readers import NO_PICTURE, IvsPulses, LocalPulses, MediaLivePulses
from streaming.models import MediaResource, Stream, StreamHealth
from streaming.pacing import ON_AIR, OTHERS
from streaming.services.health import claim_looks, look
from streaming.states import Desired, Observed
from tests.factories.events import TrackFactory
from tests.services.aws.peer import AwsPeer
from tests.services.environment import AWS

PICTURE = "arn:aws:ivs:ap-northeast-1:123456789012:channel/abc"
ENCODER = "1000007"
GOOD = Pulse(is_live=True, health=PictureHealth.HEALTHY, input_lost=False, viewers=0)
SET_AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def running_peer():
    peer = AwsPeer()
    peer.start()
    with pytest.MonkeyPatch.context() as patch, override_settings(AWS_ENDPOINT_URL=peer.url):
        for name, value in AWS.items():
            patch.setenv(name, value)
        peer.ivs, peer.medialive = IvsPulses(), MediaLivePulses()
        yield peer
    peer.stop()


@pytest.fixture
def peer(running_peer):
    """One picture that an encoder pushes into, and one MediaLive encoder."""
    running_peer.forget()
    running_peer.cloud.rows["picture"][PICTURE] = {"_made": 0.0, "arn": PICTURE}
    running_peer.cloud.rows["encoder"][ENCODER] = {"_made": 0.0, "Id": ENCODER, "State": "RUNNING"}
    running_peer.cloud.rows["encoder"][ENCODER]["_picture_key"] = "another"
    running_peer.cloud.push(PICTURE)
    yield running_peer
    assert running_peer.faults == []


@pytest.fixture
def readers(peer):
    return {"ivs": peer.ivs, "medialive": peer.medialive, "local": LocalPulses()}.__getitem__


@pytest.fixture
def make_stream(track):
    def make(gateway="ivs", **fields):
        own = {"desired": Desired.RUNNING, "observed": Observed.RUNNING, "external_id": PICTURE}
        stream = Stream.objects.create(gateway=gateway, **({"track": track} | own | fields))
        for part, name in ((Part.PICTURE, PICTURE), (Part.ENCODER, ENCODER)):
            MediaResource.objects.create(
                owner=str(stream.public_id), stream=stream, part=part, external_id=name
            )
        return stream

    return make


def place(**fields):
    return Place(public_id=None, picture=PICTURE, encoder=ENCODER, **fields)


def alert(kind="Video Not Detected", state="SET", number="1"):
    told = {"Id": number, "AlertType": kind, "State": state, "Message": "No video.", "PipelineId": "0"}
    return told | {"SetTimestamp": SET_AT}


def looked(stream, readers, now=None):
    """Claim one look and make it; gives the row."""
    for stream_id, asked_at in claim_looks(now):
        look(stream_id, asked_at, readers)
    return StreamHealth.objects.get(stream=stream)


def later(stream, seconds=60):
    """Time passes: the row is due again."""
    past = timezone.now() - timedelta(seconds=seconds)
    StreamHealth.objects.filter(stream=stream).update(asked_at=past, next_at=past, seen_at=past)


# What the services say


def test_a_good_picture(peer):
    assert peer.ivs.read(place()) == GOOD


@pytest.mark.parametrize(
    ("told", "pulse"),
    [
        ({"health": "STARVING"}, {"health": PictureHealth.STARVING}),
        ({"health": "UNKNOWN"}, {"health": PictureHealth.UNKNOWN}),
        ({"viewerCount": 812}, {"viewers": 812}),
        ({"viewerCount": -1}, {"viewers": None}),
        ({"state": "OFFLINE"}, {"is_live": False, "input_lost": True, "viewers": None}),
    ],
    ids=["starving", "unknown health", "viewers", "unknown viewers", "offline"],
)
def test_what_ivs_says(peer, told, pulse):
    peer.cloud.push(PICTURE, **told)
    read = peer.ivs.read(place())
    assert {name: getattr(read, name) for name in pulse} == pulse


def test_no_encoder_pushes(peer):
    peer.cloud.unplug(PICTURE)
    assert peer.ivs.read(place()) == NO_PICTURE


def test_a_picture_that_surely_is_gone_is_none(peer):
    assert peer.ivs.read(Place(public_id=None, picture=PICTURE[:-3] + "xyz")) == NO_PICTURE


@pytest.mark.parametrize("error", ["ThrottlingException", "InternalServerException"])
def test_no_call_is_repeated(peer, error):
    peer.refuse("GetStream", error)
    with pytest.raises(GatewayTransient):
        peer.ivs.read(place())
    assert peer.calls == ["GetStream"]


def test_medialive_without_an_alert(peer):
    assert peer.medialive.read(place()) == GOOD


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("Video Not Detected", True),
        ("RTMP Has No Audio/Video", True),
        ("RTMP Stream Not Found", True),
        ("RTMP Server Disconnected", True),
        ("Audio Not Detected", False),
        ("Failed to Write to Output", False),
        ("A Wording of Tomorrow", False),
    ],
)
def test_alerts_of_medialive(peer, kind, lost):
    peer.cloud.alerts[ENCODER] = [alert(kind)]
    read = peer.medialive.read(place())
    assert (read.input_lost, [one.kind for one in read.alerts]) == (lost, [kind])


def test_a_cleared_alert_is_none(peer):
    peer.cloud.alerts[ENCODER] = [alert(state="CLEARED")]
    assert peer.medialive.read(place()) == GOOD


def test_medialive_without_a_picture_behind_it_is_lost(peer):
    peer.cloud.unplug(PICTURE)
    assert peer.medialive.read(place()).input_lost is True


@pytest.mark.parametrize("alerts", [[], [alert()]])
def test_what_medialive_says_counts_while_ivs_says_nothing(peer, alerts):
    peer.cloud.alerts[ENCODER] = alerts
    peer.refuse("GetStream", "ThrottlingException")
    read = peer.medialive.read(place())
    assert (read.input_lost, read.is_live, read.viewers) == (bool(alerts), None, None)
    assert "ThrottlingException" in read.trouble


def test_a_local_picture_is_as_fresh_as_its_playlist(settings, tmp_path, track):
    settings.STREAMS_DIR = tmp_path
    stream = Stream.objects.create(track=track, gateway="local")
    here = Place(public_id=stream.public_id)
    assert LocalPulses().read(here) == NO_PICTURE
    folder_of(stream.public_id).mkdir()
    (folder_of(stream.public_id) / minder.PLAYLIST).touch()
    assert LocalPulses().read(here) == Pulse(
        is_live=True, health=PictureHealth.HEALTHY, input_lost=False, viewers=None
    )


# What is written down


def test_an_answer_is_written_down_with_its_time(make_stream, readers, peer):
    peer.cloud.push(PICTURE, viewerCount=7, health="STARVING")
    now = timezone.now()
    row = looked(make_stream(), readers, now)
    said = (row.is_live, row.health, row.input_lost, row.viewers, row.seen_at, row.misses)
    assert said == (True, "starving", False, 7, now, 0)


def test_alerts_are_written_down(make_stream, readers, peer):
    peer.cloud.alerts[ENCODER] = [alert(number="2"), alert(number="1")]
    row = looked(make_stream("medialive"), readers)
    told = {"kind": "Video Not Detected", "message": "No video.", "since": SET_AT.isoformat()}
    assert row.alerts == [{"id": "1"} | told, {"id": "2"} | told]


def test_an_error_keeps_the_last_answer_with_its_age(make_stream, readers, peer):
    stream = make_stream()
    first = looked(stream, readers)
    later(stream)
    aged = StreamHealth.objects.get().seen_at
    peer.refuse("GetStream", "ThrottlingException")
    row = looked(stream, readers)
    assert (row.is_live, row.health, row.seen_at, row.misses) == (True, first.health, aged, 1)
    assert "ThrottlingException" in row.error


def test_a_missing_permission_is_named(make_stream, readers, peer):
    peer.refuse("GetStream", "AccessDeniedException")
    row = looked(make_stream(), readers)
    assert (row.fault, row.fault_subject) == (FaultKind.PERMISSION, "ivs:GetStream")
    assert (row.is_live, row.seen_at) == (None, None)


def test_a_throttled_answer_slows_down_and_a_good_one_speeds_up_again(make_stream, readers, peer):
    stream = make_stream()
    peer.refuse("GetStream", "ThrottlingException", times=2)
    pauses = []
    for _ in range(3):
        row = looked(stream, readers)
        pauses.append(round((row.next_at - row.asked_at).total_seconds()))
        later(stream)
    assert pauses == [20, 40, 10]
    assert StreamHealth.objects.get().misses == 0


def test_an_answer_that_comes_after_a_later_one_is_worth_nothing(make_stream, readers, peer):
    stream = make_stream()
    row = looked(stream, readers)
    peer.cloud.unplug(PICTURE)
    look(stream.pk, row.asked_at - timedelta(seconds=3), readers)
    assert StreamHealth.objects.get().is_live is True


# Who is asked


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, True),
        ({"gateway": "local", "observed": Observed.STOPPED}, True),
        ({"gateway": "embed"}, False),
        ({"desired": Desired.READY}, False),
        ({"observed": Observed.ABSENT}, False),
        ({"observed": Observed.FAILED}, False),
    ],
    ids=["runs", "broke off", "embed", "not wanted", "not there", "failed"],
)
def test_who_is_watched(make_stream, fields, asked):
    make_stream(**fields)
    assert len(claim_looks()) == asked


@pytest.mark.parametrize(("is_on_air", "wait"), [(True, ON_AIR), (False, OTHERS)])
def test_a_track_on_air_is_asked_more_often(make_stream, make_talk, command, track, is_on_air, wait):
    if is_on_air:
        command(track, "take", talk=make_talk())
    make_stream()
    now = timezone.now()
    claim_looks(now)
    StreamHealth.objects.update(is_asking=False)
    assert claim_looks(now + wait - timedelta(seconds=0.5)) == []
    assert len(claim_looks(now + wait)) == 1


def test_of_two_ticks_one_asks(make_stream):
    make_stream()
    now = timezone.now()
    assert (len(claim_looks(now)), claim_looks(now)) == (1, [])


def test_who_does_not_answer_holds_one_worker_only(make_stream, make_talk, command, track):
    command(track, "take", talk=make_talk())
    make_stream()
    now = timezone.now()
    taken = [len(claim_looks(now + timedelta(seconds=n))) for n in range(9)]
    assert taken == [1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_an_answer_ends_the_waiting(make_stream, readers, peer):
    assert looked(make_stream(), readers).is_asking is False


def test_the_quota_holds_for_all_tracks_together(make_stream, event):
    for _ in range(9):
        make_stream(track=TrackFactory(event=event))
    now = timezone.now()
    taken = [len(claim_looks(now + timedelta(seconds=n / 2))) for n in range(6)]
    assert taken == [4, 0, 4, 0, 1, 0]


@pytest.mark.parametrize("streams", [1, 3])
def test_the_tick_asks_the_database_as_often_for_three_as_for_one(
    make_stream, event, streams, django_assert_num_queries
):
    for _ in range(streams):
        make_stream(track=TrackFactory(event=event))
    now = timezone.now()
    claim_looks(now)
    with django_assert_num_queries(2):
        claim_looks(now)


def test_every_gateway_that_makes_pictures_has_its_reader():
    assert set(READERS) == {"local", "ivs", "medialive"}


# What it is worth


HEARD = Heard(input_lost=False, is_live=True, health="healthy", has_alerts=False, seen_at=SET_AT)


@pytest.mark.parametrize(
    ("fields", "age", "word"),
    [
        ({}, timedelta(0), Condition.HEALTHY),
        ({}, FRESH_ON_AIR, Condition.HEALTHY),
        ({}, FRESH_ON_AIR + timedelta(seconds=1), Condition.UNKNOWN),
        ({"seen_at": None}, timedelta(0), Condition.UNKNOWN),
        ({"health": "starving"}, timedelta(0), Condition.STARVING),
        ({"health": "unknown"}, timedelta(0), Condition.UNKNOWN),
        ({"has_alerts": True}, timedelta(0), Condition.WARNED),
        ({"has_alerts": True, "input_lost": True}, timedelta(0), Condition.NO_PICTURE),
        ({"is_live": False, "input_lost": None}, timedelta(0), Condition.NO_PICTURE),
        ({"is_live": None, "health": "unknown"}, timedelta(0), Condition.UNKNOWN),
    ],
)
def test_the_word_for_what_was_heard(fields, age, word):
    heard = Heard(**(HEARD.__dict__ | fields))
    assert condition(heard, SET_AT + age, is_on_air=True) == word


def test_a_deaf_service_is_waited_for_shortly_and_asked_once():
    reader = MediaLivePulses()
    for asked in (reader._medialive, reader._pictures._ivs):
        config = asked.meta.config
        waits = config.connect_timeout, config.read_timeout, config.retries["total_max_attempts"]
        assert waits == (LOOK_SECONDS, LOOK_SECONDS, 1)


def test_other_calls_wait_as_long_as_ever():
    config = client("ivs").meta.config
    assert (config.connect_timeout, config.read_timeout) == (CONNECT_SECONDS, READ_SECONDS)
