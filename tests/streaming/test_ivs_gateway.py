"""Amazon IVS through boto3 and HTTP: moto keeps the resources, the line to it goes wrong as AWS does."""

import uuid
from dataclasses import replace

import pytest
from django.core.management import call_command

from streaming.media.aws import ATTEMPTS
from streaming.media.gateway import ABSENT, GatewayPermanent, GatewayTransient, StreamSpec, gateway_named
from streaming.media.ivs import IvsGateway
from streaming.services import streams
from streaming.services.reconcile import reconcile
from streaming.states import Observed
from tests.services.environment import AWS
from tests.services.ports import free_port
from tests.streaming.aws_line import line_to

SPEC = StreamSpec(
    public_id=uuid.UUID("2f0c0000-0000-4000-8000-00000000000a"),
    environment="test",
    event="seaside",
    track="トラック #1",
    number=1,
    zone="Asia/Tokyo",
    generation=3,
    is_wanted=True,
)
KEY = "arn:aws:ivs:ap-northeast-1:123456789012:stream-key/abc"


@pytest.fixture
def line(moto_server):
    moto_server.forget_everything()
    with line_to(moto_server.url) as line:
        yield line


@pytest.fixture
def gateway(line, settings, monkeypatch):
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    settings.AWS_ENDPOINT_URL = line.url
    return IvsGateway()


def made(gateway, spec=SPEC):
    look = gateway.create(spec)
    return replace(spec, external_id=look.external_id)


def count(gateway):
    return len(gateway.pictures._ivs.list_channels()["channels"])


def test_what_was_never_made_is_a_sure_no(gateway):
    assert gateway.look(SPEC) == ABSENT


def test_making_one_tells_everything_an_encoder_and_a_player_need(gateway):
    look = gateway.create(SPEC)
    assert look.external_id.startswith("arn:aws:ivs:ap-northeast-1:")
    assert look.playback_url.endswith(".m3u8")
    assert look.ingest_url.startswith("rtmps://")
    assert look.ingest_url.endswith(":443/app/")
    assert look.stream_key
    assert (look.playback_kind, look.is_low_latency) == ("hls", True)


def test_it_carries_our_name_and_tags(gateway):
    found = gateway.pictures._ivs.get_channel(arn=gateway.create(SPEC).external_id)["channel"]
    assert found["name"] == "dreamkast-test-2f0c000000004000800000000000000a"
    assert found["tags"] == {
        "app": "dreamkast",
        "environment": "test",
        "stream": "2f0c0000-0000-4000-8000-00000000000a",
        "event": "seaside",
        "track": "トラック -1",
        "generation": "3",
    }


@pytest.mark.parametrize(("is_wanted", "observed"), [(True, Observed.RUNNING), (False, Observed.STOPPED)])
def test_an_existing_one_runs_when_people_want_it_to(gateway, is_wanted, observed):
    spec = made(gateway)
    assert gateway.look(replace(spec, is_wanted=is_wanted)).observed == observed


def test_one_whose_id_was_never_written_down_is_found_by_name_and_tags(gateway):
    made_before = gateway.create(SPEC)
    found = gateway.look(SPEC)
    assert found == replace(made_before, stream_key="", touched=None)


def test_making_it_again_finds_the_first(gateway):
    first, second = gateway.create(SPEC), gateway.create(replace(SPEC, generation=4))
    assert first.external_id == second.external_id
    assert count(gateway) == 1


def test_the_same_name_in_another_hand_is_not_ours(gateway):
    gateway.pictures._ivs.create_channel(name=SPEC.name, tags={"app": "dreamkast", "stream": "another"})
    assert gateway.look(SPEC) == ABSENT
    assert gateway.create(SPEC).observed == Observed.RUNNING
    assert count(gateway) == 2


def test_a_lost_answer_is_not_repeated_and_the_resource_is_adopted(gateway, line):
    line.lose("CreateChannel")
    with pytest.raises(GatewayTransient):
        gateway.create(SPEC)
    assert line.calls.count("CreateChannel") == 1
    assert gateway.create(SPEC).observed == Observed.RUNNING
    assert count(gateway) == 1


def test_the_stream_key_of_an_adopted_one_is_asked_for(gateway, line):
    gateway.create(SPEC)
    line.answer("ListStreamKeys", {"streamKeys": [{"arn": KEY}]})
    line.answer("GetStreamKey", {"streamKey": {"arn": KEY, "value": "sk_secret"}})
    assert gateway.look(SPEC).stream_key == "sk_secret"


def test_a_known_stream_key_is_not_asked_for_again(gateway, line):
    gateway.look(replace(made(gateway), is_key_known=True))
    assert "ListStreamKeys" not in line.calls


def test_deleting_leaves_nothing_and_may_be_repeated(gateway):
    spec = made(gateway)
    assert gateway.delete(spec) == ABSENT
    assert gateway.delete(spec) == ABSENT
    assert gateway.look(spec) == ABSENT
    assert count(gateway) == 0


def test_deleting_takes_a_second_one_with_it(gateway):
    spec = made(gateway)
    gateway.pictures._ivs.create_channel(name=spec.name, tags=spec.tags)
    gateway.delete(spec)
    assert count(gateway) == 0


def test_a_live_one_is_cut_before_it_is_deleted(gateway, line):
    spec = made(gateway)
    line.refuse("DeleteChannel", "ConflictException")
    line.answer("ListStreamKeys", {"streamKeys": [{"arn": KEY}]})
    line.answer("DeleteStreamKey", {})
    line.answer("StopStream", {})
    with pytest.raises(GatewayTransient, match="Still live"):
        gateway.delete(spec)
    assert line.calls[-3:] == ["ListStreamKeys", "DeleteStreamKey", "StopStream"]
    assert gateway.delete(spec) == ABSENT


def test_throttling_is_unknown_and_not_no(gateway, line):
    spec = made(gateway)
    line.refuse("GetChannel", "ThrottlingException", times=ATTEMPTS)
    with pytest.raises(GatewayTransient) as caught:
        gateway.look(spec)
    assert caught.value.request_id == "request-1"


def test_one_throttled_call_is_repeated_at_once(gateway, line):
    spec = made(gateway)
    line.refuse("GetChannel", "ThrottlingException")
    assert gateway.look(spec).observed == Observed.RUNNING


@pytest.mark.parametrize(
    "error", ["AccessDeniedException", "ServiceQuotaExceededException", "PendingVerification"]
)
def test_a_refusal_waits_for_a_person(gateway, line, error):
    line.refuse("CreateChannel", error)
    with pytest.raises(GatewayPermanent, match=error) as caught:
        gateway.create(SPEC)
    assert caught.value.request_id == "request-1"


def test_an_address_that_does_not_speak_ivs_is_no_sure_no(gateway, line):
    spec = made(gateway)
    line.misplace("GetChannel")
    with pytest.raises(GatewayPermanent):
        gateway.look(spec)


def test_nobody_there_is_unknown_and_not_no(settings, gateway):
    settings.AWS_ENDPOINT_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(GatewayTransient):
        IvsGateway().look(SPEC)


def test_missing_keys_wait_for_a_person(settings, gateway, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(GatewayPermanent, match="credentials"):
        IvsGateway().look(SPEC)


def test_the_whole_life_of_a_stream_leaves_nothing_paid(gateway, line, track):
    stream = streams.ensure_stream(track, "ivs")
    streams.request_start(stream=stream, actor=None)
    line.lose("CreateChannel")
    seen = []
    for _ in range(3):
        reconcile(stream.pk, lambda name: gateway)
        stream.refresh_from_db()
        seen.append(stream.observed)
    assert seen == ["unknown", "running", "running"]
    assert (stream.is_playing, stream.is_low_latency, count(gateway)) == (True, True, 1)
    streams.request_delete(stream=stream, actor=None)
    for _ in range(2):
        reconcile(stream.pk, lambda name: gateway)
    stream.refresh_from_db()
    assert (stream.observed, stream.playback_url, count(gateway)) == ("absent", "", 0)


@pytest.fixture
def named_gateways():
    """The gateway of a process is made once; this one speaks to the test's line."""
    gateway_named.cache_clear()
    yield
    gateway_named.cache_clear()


def test_the_command_says_what_it_did_and_has_nothing_to_do_then(gateway, named_gateways, track, capsys):
    streams.request_start(stream=streams.ensure_stream(track, "ivs"), actor=None)
    call_command("reconcile_streams")
    assert capsys.readouterr().out == "seaside A: unknown -> running\n"
    call_command("reconcile_streams")
    assert capsys.readouterr().out == ""


def test_the_command_leaves_local_pictures_to_the_server(gateway, named_gateways, track, capsys):
    stream = streams.ensure_stream(track, "local")
    streams.request_start(stream=stream, actor=None)
    call_command("reconcile_streams")
    stream.refresh_from_db()
    assert (capsys.readouterr().out, stream.observed) == ("", "unknown")
