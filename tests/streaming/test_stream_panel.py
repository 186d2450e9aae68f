"""What the control room shows of the streams, and what its buttons ask for."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import Role
from streaming.models import MediaResource, RunningTime, Stream, StreamLog
from streaming.selectors.control_room import control_room
from streaming.selectors.streams import LOG_ROWS
from streaming.services import streams
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory, TrackFactory
from tests.sign_in import without_second_factor

SECRETS = {
    "ingest_url": "rtmps://secret-address/app/",
    "stream_key": "sk_secret",
    "backup_ingest_url": "rtmps://secret-backup/app/",
    "backup_key": "sk_backup_secret",
}
YOUTUBE = "https://www.youtube.com/watch?v=abc"


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "medialive")


@pytest.fixture
def staff(client, director):
    client.force_login(director)
    return client


@pytest.fixture
def send(staff, event, track):
    def send(what, **body):
        path = f"/{event.slug}/console/" + (what if what == "streams" else f"tracks/{track.pk}/{what}")
        return staff.post(path, json.dumps(body), content_type="application/json")

    return send


def panel(track):
    tracks = control_room(track.event)["tracks"]
    return next(row for row in tracks if row["id"] == track.pk)["stream"]


def running(stream, **facts):
    streams.request_start(stream=stream, actor=None)
    Stream.objects.filter(pk=stream.pk).update(observed="running", **facts)
    RunningTime.objects.create(stream=stream, gateway=stream.gateway, since=timezone.now())


# What is shown


def test_a_track_without_a_stream_shows_none(track):
    assert panel(track) is None


def test_nothing_of_a_key_is_in_the_state_the_page_or_the_logs(staff, event, stream):
    running(stream, **SECRETS)
    page = staff.get(f"/{event.slug}/console").content.decode()
    state = staff.get(f"/{event.slug}/console/state").content.decode()
    live = staff.get(f"/api/v1/events/{event.slug}/live").content.decode()
    assert "secret" not in page + state + live


def test_nothing_of_a_key_is_in_the_administration(client, event, stream):
    running(stream, **SECRETS)
    client.force_login(RoleGrantFactory(event=event, role=Role.ORGANIZER).user)
    page = client.get(f"/admin/streaming/stream/{stream.pk}/change/")
    assert page.status_code == 200
    assert "secret" not in page.content.decode()


def test_every_part_is_shown_whether_it_is_there_or_not(track, stream, settings):
    MediaResource.objects.create(
        owner=f"stream:{stream.public_id}", part="input", stream=stream, seen="ready", external_id="42"
    )
    MediaResource.objects.create(
        owner=f"stream:{stream.public_id}", part="encoder", stream=stream, asked_at=timezone.now()
    )
    MediaResource.objects.create(
        owner=f"environment:{settings.ENVIRONMENT}", part="group", seen="ready", external_id="g"
    )
    parts = {row["part"]: (row["seen"], row["is_asked"], row["external_id"]) for row in panel(track)["parts"]}
    assert len(parts) == 10
    assert parts["input"] == ("ready", False, "42")
    assert parts["encoder"] == ("absent", True, "")
    assert parts["group"] == ("ready", False, "g")


def test_wanted_inputs_are_parts_too(track, stream):
    Stream.objects.filter(pk=stream.pk).update(has_backup=True, slate_url="https://example.com/a.mp4")
    assert {"backup", "slate"} <= {row["part"] for row in panel(track)["parts"]}


def test_an_event_with_encoders_of_its_own_has_its_own_list(event, track, stream, settings):
    MediaResource.objects.create(
        owner=f"environment:{settings.ENVIRONMENT}", part="fence", seen="ready", external_id="all"
    )
    MediaResource.objects.create(owner=f"event:{event.slug}", part="fence", seen="ready", external_id="own")
    assert [row["external_id"] for row in panel(track)["parts"] if row["part"] == "fence"] == ["own"]


@pytest.mark.parametrize(("gateway", "parts"), [("ivs", ["picture"]), ("embed", []), ("local", [])])
def test_other_ways_have_fewer_parts(track, stream, gateway, parts):
    Stream.objects.filter(pk=stream.pk).update(gateway=gateway)
    assert [row["part"] for row in panel(track)["parts"]] == parts


def test_the_newest_steps_are_shown_with_the_request_id(track, stream, director):
    for number in range(LOG_ROWS + 2):
        StreamLog.objects.create(stream=stream, generation=1, what="create", detail=f"step {number}")
    StreamLog.objects.create(stream=stream, generation=1, what="failed", request_id="abc-1", actor=director)
    rows = panel(track)["log"]
    assert len(rows) == LOG_ROWS
    assert (rows[0]["what"], rows[0]["request_id"], rows[0]["who"]) == (
        "failed",
        "abc-1",
        director.display_name,
    )


def test_another_events_streams_are_not_shown(event, track, stream):
    other = streams.ensure_stream(TrackFactory(), "medialive")
    StreamLog.objects.create(stream=other, generation=1, what="create")
    running(other)
    state = control_room(event)
    assert (panel(track)["log"], state["cost"]["running"]) == ([], 0)


def test_what_is_missing_is_told_by_kind_and_name(track, stream):
    name = "medialive:CreateChannel"
    Stream.objects.filter(pk=stream.pk).update(error="AccessDenied", fault="permission", fault_subject=name)
    assert panel(track)["fault"] == {"kind": "permission", "subject": name}


def test_a_running_stream_tells_when_it_stops_and_what_it_costs(event, track, stream, make_talk):
    ended = timezone.now() - timedelta(minutes=5)
    make_talk(starts_at=ended - timedelta(hours=1), ends_at=ended)
    running(stream)
    state = control_room(event)
    assert panel(track)["watched"]["stops_at"] is not None
    assert (state["cost"]["running"], panel(track)["watched"]["is_forgotten"]) == (1, False)


def test_a_stream_with_no_talk_near_is_called_forgotten(track, stream):
    running(stream)
    assert panel(track)["watched"]["is_forgotten"] is True


# Prepare, start, stop, delete


@pytest.mark.parametrize(
    ("step", "desired"),
    [("prepare", "ready"), ("start", "running"), ("stop", "ready"), ("delete", "absent"), ("look", "absent")],
)
def test_a_press_writes_the_wish_and_whose_it_is(send, stream, director, step, desired):
    assert send("stream", step=step).json() == {"code": "done"}
    stream.refresh_from_db()
    assert (stream.desired, stream.generation, stream.log.get().actor) == (desired, 1, director)


def test_a_track_without_a_stream_gets_one(send, track, settings):
    settings.STREAM_GATEWAY = "ivs"
    assert send("stream", step="prepare").status_code == 200
    assert (track.stream.gateway, track.stream.desired) == ("ivs", "ready")


def test_a_stream_under_a_talk_on_air_is_not_deleted(send, stream, track, make_talk, command):
    command(track, "take", talk=make_talk())
    answer = send("stream", step="delete")
    assert (answer.status_code, answer.json()) == (409, {"code": "on_air"})
    assert not StreamLog.objects.exists()


def test_keep_running_is_a_press_too(send, stream):
    running(stream)
    assert send("stream", step="keep_running").status_code == 200
    stream.refresh_from_db()
    assert stream.keep_until > timezone.now() + timedelta(minutes=100)


def test_one_press_starts_all_and_tells_how_many(send, event, stream):
    running(stream)
    TrackFactory(event=event)
    failed = streams.ensure_stream(TrackFactory(event=event), "ivs")
    running(failed)
    Stream.objects.filter(pk=failed.pk).update(observed="failed")
    assert send("streams", step="start").json() == {"code": "done", "asked": 2, "already": 1}
    assert set(Stream.objects.values_list("desired", flat=True)) == {"running"}


def test_one_press_prepares_all_and_stops_none(send, event, stream):
    running(stream)
    lane = TrackFactory(event=event)
    assert send("streams", step="prepare").json() == {"code": "done", "asked": 1, "already": 1}
    stream.refresh_from_db()
    assert (stream.desired, lane.stream.desired) == ("running", "ready")


@pytest.mark.parametrize("what", ["stream", "streams", "key", "gateway"])
@pytest.mark.parametrize("body", [{}, {"step": "explode", "gateway": "tape"}])
def test_what_is_no_step_is_refused(send, stream, what, body):
    answer = send(what, **body)
    assert (answer.status_code, answer.json()) == (422, {"code": "malformed"})


# Where the picture comes from


def test_the_way_of_the_picture_is_chosen_and_logged(send, track, director):
    assert send("gateway", gateway="embed", source_url=YOUTUBE).json() == {"code": "done"}
    assert (track.stream.gateway, track.stream.source_url) == ("embed", YOUTUBE)
    row = StreamLog.objects.get()
    assert (row.what, row.actor, row.detail) == ("gateway", director, f"embed {YOUTUBE}")


@pytest.mark.parametrize(
    "address", ["", "nonsense", "https://example.com/", "ftp://example.com/a.m3u8", "https://x/" + "a" * 600]
)
def test_an_address_that_cannot_be_played_changes_nothing(send, stream, address):
    answer = send("gateway", gateway="embed", source_url=address)
    assert (answer.status_code, answer.json()) == (422, {"code": "address"})
    stream.refresh_from_db()
    assert (stream.gateway, stream.source_url) == ("medialive", "")


@pytest.mark.parametrize("observed", ["unknown", "stopped", "running", "partial", "failed"])
def test_what_may_exist_is_deleted_first(send, stream, observed):
    streams.request_ready(stream=stream, actor=None)
    Stream.objects.filter(pk=stream.pk).update(observed=observed)
    answer = send("gateway", gateway="ivs", source_url="")
    assert (answer.status_code, answer.json()) == (409, {"code": "exists"})
    stream.refresh_from_db()
    assert stream.gateway == "medialive"


def test_what_is_surely_gone_may_come_another_way(send, stream):
    streams.request_delete(stream=stream, actor=None)
    Stream.objects.filter(pk=stream.pk).update(observed="absent")
    assert send("gateway", gateway="ivs", source_url="").status_code == 200
    stream.refresh_from_db()
    assert stream.gateway == "ivs"


def test_the_way_stays_under_a_talk_on_air(send, stream, track, make_talk, command):
    command(track, "take", talk=make_talk())
    assert send("gateway", gateway="ivs", source_url="").json() == {"code": "on_air"}


def test_a_wrong_address_is_corrected_while_it_runs(send, stream):
    Stream.objects.filter(pk=stream.pk).update(gateway="embed", source_url="https://vimeo.com/1")
    streams.request_start(stream=stream, actor=None)
    assert send("gateway", gateway="embed", source_url=YOUTUBE).status_code == 200
    stream.refresh_from_db()
    assert (stream.source_url, stream.desired, stream.generation) == (YOUTUBE, "running", 2)


# The key


def test_the_key_is_told_once_and_kept_by_no_cache(send, stream, director):
    running(stream, **SECRETS)
    answer = send("key", step="show")
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["keys"] == [
        {"input": "studio", "address": SECRETS["ingest_url"], "key": SECRETS["stream_key"]},
        {"input": "backup", "address": SECRETS["backup_ingest_url"], "key": SECRETS["backup_key"]},
    ]
    assert StreamLog.objects.filter(what="show_key", actor=director).count() == 1


def test_the_key_of_a_running_stream_is_not_turned(send, stream):
    running(stream, **SECRETS)
    answer = send("key", step="renew")
    assert (answer.status_code, answer.json()) == (409, {"code": "runs"})


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.RECEPTION])
def test_others_see_no_key_and_press_nothing(client, event, track, stream, role):
    running(stream, **SECRETS)
    user = UserFactory()
    if role:
        RoleGrantFactory(event=event, user=user, role=role)
    client.force_login(user)
    for what, body in [("key", {"step": "show"}), ("stream", {"step": "stop"}), ("gateway", {})]:
        path = f"/{event.slug}/console/tracks/{track.pk}/{what}"
        assert client.post(path, json.dumps(body), content_type="application/json").status_code == 403


def test_another_events_broadcaster_sees_no_key(client, event, track, stream):
    running(stream, **SECRETS)
    grant = RoleGrantFactory(role=Role.BROADCASTER)
    client.force_login(grant.user)
    for slug, expected in [(event.slug, 403), (grant.event.slug, 404)]:
        path = f"/{slug}/console/tracks/{track.pk}/key"
        answer = client.post(path, json.dumps({"step": "show"}), content_type="application/json")
        assert answer.status_code == expected


def test_without_a_second_factor_no_key_is_told(client, event, track, stream, director):
    running(stream, **SECRETS)
    client.force_login(director)
    without_second_factor(client)
    path = f"/{event.slug}/console/tracks/{track.pk}/key"
    answer = client.post(path, json.dumps({"step": "show"}), content_type="application/json")
    assert answer.status_code != 200
    assert "secret" not in answer.content.decode()
