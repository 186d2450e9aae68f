"""The viewer page: who gets in, and what stands there."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from streaming.enums import Card, GatewayName, PlaybackKind
from streaming.models import OnAir, Stream
from streaming.states import Observed
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    AnnouncementFactory,
    EventFactory,
    RegistrationFactory,
    RoleGrantFactory,
    SponsorFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory

pytestmark = pytest.mark.django_db


def url(event, query=""):
    return f"/{event.slug}/ui{query}"


def page(client, event, query=""):
    response = client.get(url(event, query), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def embedded(html, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def put_on_air(track, talk=None, card="", next_talk=None):
    return OnAir.objects.create(
        track=track, talk=talk, card=card or ("" if talk else Card.WAITING), revision=1, next_talk=next_talk
    )


def later(track, title, hours=2, **changes):
    starts = timezone.now() + dt.timedelta(hours=hours)
    return TalkFactory(
        event=track.event,
        track=track,
        title=title,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=30),
        **changes,
    )


def running_stream(track):
    return Stream.objects.create(
        track=track,
        gateway=GatewayName.LOCAL,
        observed=Observed.RUNNING,
        playback_kind=PlaybackKind.HLS,
        playback_url=f"/media/{track.pk}/master.m3u8",
    )


def titles_in(html):
    return re.findall(r"<h1[^>]*>(.*?)</h1>", html)


# Who gets in


def test_stranger_watches_an_event_that_is_open_to_all(client):
    track = TrackFactory()
    assert client.get(url(track.event)).status_code == 200


def test_stranger_at_a_registered_only_event_is_led_to_sign_in_and_back_to_the_track(client):
    event = EventFactory(is_open_to_all=False)
    response = client.get(url(event, "?track=B"))
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next=/{event.slug}/ui%3Ftrack%3DB",
    )


def test_signed_in_person_without_a_registration_is_led_to_it_and_back(client):
    event = EventFactory(is_open_to_all=False)
    client.force_login(UserFactory())
    response = client.get(url(event, "?track=B"))
    assert (response.status_code, response["Location"]) == (
        302,
        f"/{event.slug}/registration?next=%2F{event.slug}%2Fui%3Ftrack%3DB",
    )


def test_registered_person_watches(client):
    registration = RegistrationFactory(event__is_open_to_all=False)
    client.force_login(registration.user)
    assert client.get(url(registration.event)).status_code == 200


def test_staff_watch_without_a_registration(client):
    grant = RoleGrantFactory(role=Role.MODERATOR, event__is_open_to_all=False)
    client.force_login(grant.user)
    assert client.get(url(grant.event)).status_code == 200


def test_draft_is_not_there(client):
    assert client.get(url(EventFactory(status=EventStatus.DRAFT))).status_code == 404


def test_unknown_event_is_not_there(client):
    assert client.get("/nothing/ui").status_code == 404


def test_only_reading_is_possible(client):
    assert client.post(url(EventFactory())).status_code == 405


# What stands there


def test_page_shows_the_talk_on_air_with_its_language(client):
    talk = TalkFactory(title="Small teams", lang="en")
    put_on_air(talk.track, talk)
    assert titles_in(page(client, talk.event)) == ["Small teams"]
    assert '<h1 id="h-talk" data-title lang="en">' in page(client, talk.event)


def test_page_shows_what_comes_next_while_nothing_is_on_air(client):
    track = TrackFactory()
    put_on_air(track, next_talk=later(track, "Afternoon"))
    assert titles_in(page(client, track.event)) == ["Afternoon"]


def test_page_without_any_talk_shows_the_track(client):
    track = TrackFactory(name="Harbour")
    assert titles_in(page(client, track.event)) == ["Harbour"]


def test_event_without_tracks_has_a_page(client):
    event = EventFactory(name_ja="港", name_en="Harbour 2026")
    assert titles_in(page(client, event)) == ["Harbour 2026"]


def test_track_is_chosen_by_its_name(client):
    event = EventFactory()
    first, second = TrackFactory(event=event, name="A"), TrackFactory(event=event, name="B")
    put_on_air(first, TalkFactory(event=event, track=first, title="On A"))
    put_on_air(second, TalkFactory(event=event, track=second, title="On B"))
    assert titles_in(page(client, event, "?track=B")) == ["On B"]


def test_unknown_track_shows_the_first_one_and_says_so(client):
    track = TrackFactory(name="A")
    html = page(client, track.event, "?track=Z")
    assert "There is no such track. You are watching A." in html
    assert titles_in(html) == ["A"]


def test_tabs_are_links_that_work_without_a_script(client):
    event = EventFactory()
    for name in ("A", "B & C"):
        TrackFactory(event=event, name=name)
    assert re.findall(r'href="(\?track=[^"]*)"', page(client, event)) == ["?track=A", "?track=B%20%26%20C"]


def test_page_lists_what_is_still_to_come_on_the_track_only(client):
    track = TrackFactory()
    put_on_air(track, TalkFactory(event=track.event, track=track, title="Now"))
    later(track, "Soon")
    later(TrackFactory(event=track.event), "Elsewhere")
    later(track, "Over", hours=-5)
    later(track, "Was on air already", hours=-0.1)
    later(track, "Unpublished", is_published=False)
    later(TrackFactory(event=track.event), "For all", hours=3, is_for_all_tracks=True)
    panel = page(client, track.event).split('id="panel-later"')[1].split('id="panel-notes"')[0]
    assert re.findall(r"<b lang[^>]*>(.*?)</b>", panel) == ["Soon", "For all"]


def test_page_shows_the_announcement_in_the_visitors_language(client):
    track = TrackFactory()
    AnnouncementFactory(
        event=track.event, text_ja="昼食", text_en="Lunch is served", published_at=timezone.now()
    )
    assert "<b data-announcement-text>Lunch is served</b>" in page(client, track.event)


def test_page_shows_the_sponsors_of_the_first_tier(client):
    track = TrackFactory()
    SponsorFactory(event=track.event, name="Tsukinowa", url="https://sponsor.example")
    assert '<a href="https://sponsor.example" target="_blank" rel="noopener sponsored">Tsukinowa</a>' in page(
        client, track.event
    )


def test_page_embeds_the_live_document(client):
    talk = TalkFactory()
    put_on_air(talk.track, talk)
    running_stream(talk.track)
    document = embedded(page(client, talk.event), "live-document")
    assert (document["phase"], document["tracks"][0]["on_air"]["talk_id"]) == ("open", talk.pk)
    assert document["tracks"][0]["playback"]["url"] == f"/media/{talk.track.pk}/master.m3u8"


def test_page_embeds_the_programme_with_names_as_wire_and_page_write_them(client):
    talk = TalkFactory(abstract="Words", category="Ops", slides_url="https://slides.example/1")
    talk.talk_speakers.create(speaker=SpeakerFactory(event=talk.event, name_ja="瀬名", name_en="Sena"))
    [row] = embedded(page(client, talk.event), "programme")
    assert (row["speakers"], row["people"][0]["name"]) == (["瀬名"], "Sena")
    assert (row["abstract"], row["tags"], row["track_id"]) == ("Words", ["Ops"], talk.track.pk)


def test_talk_for_all_tracks_belongs_to_none(client):
    talk = TalkFactory(is_for_all_tracks=True)
    [row] = embedded(page(client, talk.event), "programme")
    assert row["track_id"] is None


def test_stranger_gets_no_address_of_the_picture_before_the_doors_open(client):
    track = TrackFactory(event__status=EventStatus.ANNOUNCED)
    running_stream(track)
    html = page(client, track.event)
    assert "master.m3u8" not in html
    assert embedded(html, "live-document")["phase"] == "before"


def test_staff_see_the_picture_before_the_doors_open(client):
    track = TrackFactory(event__status=EventStatus.ANNOUNCED)
    running_stream(track)
    client.force_login(RoleGrantFactory(event=track.event, role=Role.BROADCASTER).user)
    assert embedded(page(client, track.event), "live-document")["tracks"][0]["playback"]["kind"] == "hls"


def test_nothing_inline_is_needed(client):
    track = TrackFactory()
    put_on_air(track, TalkFactory(event=track.event, track=track))
    html = page(client, track.event)
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", html) == []
    assert re.findall(r"\sstyle=|\son\w+=|<style", html) == []


# Caching


def test_strangers_page_of_an_open_event_may_be_kept_for_a_moment(client):
    response = client.get(url(TrackFactory().event))
    assert response["Cache-Control"] == "public, max-age=1"
    assert not response.cookies


def test_personal_page_is_not_kept(client):
    client.force_login(UserFactory())
    assert "private" in client.get(url(TrackFactory().event))["Cache-Control"]


def test_registered_only_page_is_not_kept(client):
    registration = RegistrationFactory(event__is_open_to_all=False)
    client.force_login(registration.user)
    assert "private" in client.get(url(registration.event))["Cache-Control"]


# Queries


def fill(event, tracks):
    for number in range(tracks):
        track = TrackFactory(event=event, name=f"N{number}")
        now, soon = TalkFactory(event=event, track=track), later(track, "Soon")
        for talk in (now, soon):
            talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
        put_on_air(track, now, next_talk=soon)
        running_stream(track)
        SponsorFactory(event=event)


@pytest.mark.parametrize("tracks", [1, 3])
def test_page_costs_the_same_queries_however_many_tracks_there_are(client, django_assert_num_queries, tracks):
    event = EventFactory()
    fill(event, tracks)
    with django_assert_num_queries(11):
        client.get(url(event))


def test_nobody_is_named_in_the_embedded_data(client):
    person = UserFactory(email="secret@example.com")
    client.force_login(person)
    track = TrackFactory()
    html = page(client, track.event)
    data = html.split('id="live-document"')[1]
    assert "secret@example.com" not in data
    assert User.objects.filter(pk=person.pk).exists()
