"""The monitor wall: who gets in, by what, and what stands there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.live import moment
from streaming.enums import PictureHealth
from streaming.models import Stream, StreamHealth, WallLink
from streaming.selectors.wall import wall
from streaming.services.wall_links import make_wall_link, revoke_wall_link, wall_link_from_text
from streaming.states import Desired, Observed
from tests.factories.events import EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

PAGE, STATE = "/seaside/console/wall", "/seaside/console/wall/state"


@pytest.fixture
def link(event, director):
    """A link to the wall, as (row, text)."""
    return make_wall_link(event=event, name="Hall A", days=3, actor=director)


@pytest.fixture
def directing(director):
    client = Client()
    client.force_login(director)
    return client


def holder(text, path=PAGE):
    """A browser that opened the link."""
    client = Client()
    client.get(path, {"key": text})
    return client


def statuses(client):
    return client.get(PAGE).status_code, client.get(STATE).status_code


def test_key_leaves_the_address_for_a_cookie_of_the_wall_alone(link):
    answer = Client().get(PAGE, {"key": link[1]})
    cookie = answer.cookies["dreamkast_wall"]
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("no-referrer", True)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (PAGE, True, "Lax")
    assert 0 <= 3 * 86_400 - cookie["max-age"] < 60


def test_holder_sees_the_wall_and_nothing_else(event, track, link):
    client = holder(link[1])
    assert statuses(client) == (200, 200)
    assert client.get(PAGE)["Referrer-Policy"] == "no-referrer"
    assert client.get("/seaside/console").status_code == 302
    assert client.get("/seaside/console/state").status_code == 401
    assert client.post("/seaside/console/wall/links", "{}", "application/json").status_code == 401
    url = f"/api/v1/events/seaside/tracks/{track.pk}/commands"
    assert client.post(url, "{}", "application/json").status_code == 401


def test_holder_reads_no_links(link):
    page = holder(link[1]).get(PAGE).content.decode()
    assert ("Hall A" in page, "data-links" in page, link[1] in page) == (False, False, False)


def test_nobody_without_a_link_gets_in(event):
    assert statuses(Client()) == (302, 401)


def test_revoked_link_ends_at_once_for_open_pages_too(link, director):
    client = holder(link[1])
    assert revoke_wall_link(link=link[0], actor=director) is True
    assert statuses(client) == (302, 403)
    assert Client().get(PAGE, {"key": link[1]}).status_code == 403


def test_revoking_again_changes_nothing(link, director):
    revoke_wall_link(link=link[0], actor=director)
    before = WallLink.objects.get()
    assert revoke_wall_link(link=link[0], actor=director) is False
    assert WallLink.objects.get().revoked_at == before.revoked_at
    assert before.revoked_by == director


def test_expired_link_is_refused(link):
    client = holder(link[1])
    WallLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert statuses(client) == (302, 403)


@pytest.mark.parametrize("text", ["", "garbage", "'; --", "x" * 3000])
def test_garbage_is_refused(link, text):
    assert Client().get(PAGE, {"key": text}).status_code == 403


def test_link_of_another_event_is_refused(event, director):
    other = EventFactory(slug="harbour")
    _, text = make_wall_link(event=other, name="Hall B", days=3, actor=director)
    assert Client().get(PAGE, {"key": text}).status_code == 403
    assert wall_link_from_text(slug="seaside", text=text) is None
    assert wall_link_from_text(slug="harbour", text=text) == WallLink.objects.get()


def test_only_the_digest_is_kept(link):
    row = WallLink.objects.values().get()
    assert link[1] not in str(row)
    assert len(row["digest"]) == 64


def test_director_makes_a_link_that_works_once_read(directing):
    url = reverse("streaming:make_wall_link", args=["seaside"])
    answer = directing.post(url, {"name": "Hall A", "days": 2}, "application/json")
    text = answer.json()["url"].partition("?key=")[2]
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert [link["name"] for link in answer.json()["links"]] == ["Hall A"]
    assert statuses(holder(text)) == (200, 200)


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, ["days", "name"]),
        ({"name": "Hall A", "days": 32}, ["days"]),
        ({"name": "Hall A", "days": 0}, ["days"]),
        ({"name": "x" * 81, "days": 1}, ["name"]),
    ],
)
def test_malformed_link_is_refused_by_its_fields(event, directing, sent, fields):
    url = reverse("streaming:make_wall_link", args=["seaside"])
    answer = directing.post(url, sent, "application/json")
    assert (answer.status_code, answer.json()) == (422, {"code": "malformed", "fields": fields})
    assert WallLink.objects.count() == 0


def test_director_revokes_a_link_of_the_own_event_only(directing, director, link):
    url = reverse("streaming:revoke_wall_link", args=["seaside", link[0].pk])
    assert directing.post(url).json()["links"][0]["is_revoked"] is True
    elsewhere, _ = make_wall_link(event=EventFactory(), name="Hall B", days=3, actor=director)
    assert (
        directing.post(reverse("streaming:revoke_wall_link", args=["seaside", elsewhere.pk])).status_code
        == 404
    )


@pytest.fixture
def stream(track):
    stream = Stream.objects.create(
        track=track, desired=Desired.RUNNING, observed=Observed.RUNNING, gateway="ivs"
    )
    StreamHealth.objects.create(
        stream=stream, is_live=True, health=PictureHealth.HEALTHY, seen_at=timezone.now(), viewers=7
    )
    return stream


def test_state_of_a_track(event, track, make_talk, command):
    talk = make_talk(title="Morning tide")
    talk.speakers.add(SpeakerFactory(event=event, name_ja="瀬名 さくら"))
    later = make_talk(title="Evening tide", starts_at=talk.ends_at, ends_at=talk.ends_at + timedelta(hours=1))
    command(track, "take", talk=talk)
    state = wall(event)
    assert sorted(state) == ["phase", "server_time", "tracks", "viewers", "wall"]
    (shown,) = state["tracks"]
    on_air = {
        "title": "Morning tide",
        "lang": talk.lang,
        "speakers": talk.speaker_names,
        "starts_at": moment(talk.starts_at),
        "ends_at": moment(talk.ends_at),
    }
    assert shown == {
        "id": track.pk,
        "name": "A",
        "mark": track.mark,
        "lamp": "on",
        "card": None,
        "on_air": on_air,
        "next": {"title": "Evening tide", "lang": later.lang, "starts_at": moment(later.starts_at)},
        "playback": {"kind": "none", "url": None, "low_latency": False},
        "viewers": None,
        "health": None,
        "alarms": [{"word": "no_stream", "level": "bad", "since": None}],
    }


def alarms(event):
    return [(alarm["word"], alarm["level"]) for alarm in wall(event)["tracks"][0]["alarms"]]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"input_lost": True}, [("no_picture", "bad")]),
        ({"health": PictureHealth.STARVING}, [("starving", "warn")]),
        ({"alerts": [{"kind": "Audio"}]}, [("warned", "warn")]),
        ({"seen_at": None}, [("unknown", "warn")]),
    ],
)
def test_alarm_of_a_picture(event, stream, fields, expected):
    StreamHealth.objects.update(**fields)
    assert alarms(event) == expected


def test_nothing_on_air_though_a_talk_should_be(event, make_talk):
    talk = make_talk()
    (alarm,) = wall(event)["tracks"][0]["alarms"]
    assert alarm == {"word": "nothing_on_air", "level": "bad", "since": moment(talk.starts_at)}


@pytest.mark.parametrize("fields", [{"is_published": False}, {"do_not_stream": True}, {"kind": "break"}])
def test_what_need_not_be_on_air_raises_no_alarm(event, make_talk, fields):
    make_talk(**fields)
    assert alarms(event) == []


def test_talk_that_ended_early_raises_no_alarm(event, track, make_talk, command):
    command(track, "take", talk=make_talk())
    command(track, "card", card="break")
    assert alarms(event) == []


def test_unchanged_state_is_not_sent_again(event, track, link):
    client = holder(link[1])
    first = client.get(STATE)
    second = client.get(STATE, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert first["Cache-Control"].startswith("private, no-cache")


@pytest.mark.parametrize("tracks", [1, 3])
def test_state_for_a_holder_takes_as_many_queries_for_any_number_of_tracks(
    event, link, tracks, command, django_assert_num_queries
):
    now = timezone.now()
    times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(minutes=20)}
    for position in range(tracks):
        track = TrackFactory(event=event, name=f"T{position}", position=position)
        talk = TalkFactory(event=event, track=track, is_published=True, **times)
        talk.speakers.add(SpeakerFactory(event=event))
        command(track, "take", talk=talk)
    client = holder(link[1])
    with django_assert_num_queries(5):
        client.get(STATE)


def test_state_tells_nothing_of_staff(event, track, stream, director, link, make_talk, command):
    command(track, "take", talk=make_talk())
    StreamHealth.objects.update(error="AccessDenied for key AKIA123", fault="permission")
    text = holder(link[1]).get(STATE).content.decode()
    for secret in (director.email, director.display_name, "AKIA123", "cost", "Hall A", link[0].digest):
        assert secret not in text
