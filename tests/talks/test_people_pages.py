"""A page of its own for each speaker and each sponsor."""

import pytest
from django.utils import timezone

from events.enums import EventStatus
from tests.factories.events import EventFactory, SponsorFactory, SponsorTierFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(db):
    return EventFactory(slug="harbour")


@pytest.fixture
def speaker(event):
    speaker = SpeakerFactory(
        event=event,
        name_en="Ren Sakuma",
        organisation="Pier Ltd",
        bio_en="**Tides** <script>alert(1)</script>",
    )
    talk = TalkFactory(event=event, track=TrackFactory(event=event), title="Lanterns", lang="en")
    talk.speakers.add(speaker)
    return speaker


@pytest.fixture
def sponsor(event):
    tier = SponsorTierFactory(event=event, name_en="Gold")
    return SponsorFactory(
        event=event, tier=tier, name="Pier Ltd", about_en="We build *piers*.", url="https://pier.example/"
    )


def page(client, thing):
    return client.get(thing.get_absolute_url(), headers=ENGLISH)


def test_a_speaker_has_a_page_with_talks_and_cleaned_words(client, speaker):
    html = page(client, speaker).text
    assert "<h1>Ren Sakuma</h1>" in html
    assert "<strong>Tides</strong>" in html
    assert "<script>alert" not in html
    assert ">Lanterns</a>" in html
    assert '"@type": "Person"' in html


def test_lists_and_talks_lead_to_the_speaker(client, speaker):
    link = f'href="{speaker.get_absolute_url()}"'
    assert link in client.get("/harbour/speakers").text
    assert link in client.get(speaker.talks.get().get_absolute_url()).text


def test_who_gives_no_published_talk_has_no_page(client, speaker):
    speaker.talks.update(is_published=False)
    assert page(client, speaker).status_code == 404


def test_a_speaker_of_another_event_is_not_here(client, speaker):
    other = EventFactory(slug="theirs")
    assert client.get(f"/{other.slug}/speakers/{speaker.pk}").status_code == 404


def test_a_hidden_timetable_hides_its_people(client, event, speaker):
    event.shows_timetable = False
    event.save()
    answer = page(client, speaker)
    assert (answer.status_code, "Ren Sakuma" in answer.text) == (404, False)


def test_a_cancelled_talk_is_marked_on_the_speakers_page(client, speaker):
    speaker.talks.update(cancelled_at=timezone.now())
    assert "Cancelled" in page(client, speaker).text


@pytest.mark.parametrize("talks", [1, 3])
def test_a_speakers_page_asks_a_fixed_number_of_queries(
    client, event, speaker, talks, django_assert_max_num_queries
):
    for _ in range(talks - 1):
        TalkFactory(event=event, track=TrackFactory(event=event)).speakers.add(speaker)
    with django_assert_max_num_queries(9):
        page(client, speaker)


def test_a_sponsor_has_a_page(client, sponsor):
    html = page(client, sponsor).text
    assert "<h1>Pier Ltd</h1>" in html
    assert "We build <em>piers</em>." in html
    assert 'href="https://pier.example/" rel="noopener sponsored"' in html
    assert "Gold" in html
    assert '"@type": "Organization"' in html


def test_the_list_of_sponsors_leads_to_it(client, sponsor):
    assert f'href="{sponsor.get_absolute_url()}"' in client.get("/harbour/sponsors").text


def test_hidden_sponsors_have_no_pages(client, event, sponsor):
    event.shows_sponsors = False
    event.save()
    assert page(client, sponsor).status_code == 404


def test_the_sitemap_names_both(client, speaker, sponsor):
    sitemap = client.get("/sitemap.xml").text
    assert speaker.get_absolute_url() in sitemap
    assert sponsor.get_absolute_url() in sitemap


def test_a_draft_event_is_in_no_sitemap(client, event, speaker, sponsor):
    event.status = EventStatus.DRAFT
    event.save()
    assert "/harbour/" not in client.get("/sitemap.xml").text
