"""What search machines read: addresses of what is public, and each page's facts as data."""

import json
import re

import pytest

from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    event = EventFactory(slug="harbour", name_en="Harbour Days")
    DayFactory(event=event)
    return event


@pytest.fixture
def talk(event):
    talk = TalkFactory(event=event, track=TrackFactory(event=event), title="Ropes & <knots>", lang="en")
    talk.talk_speakers.create(speaker=SpeakerFactory(event=event, name_en="Ada Byron"))
    return talk


def facts(client, path):
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).text)
    return json.loads(text)


def test_sitemap_names_public_pages(client, talk):
    page = client.get("/sitemap.xml").text
    for path in ("/harbour/", "/harbour/timetables", talk.get_absolute_url()):
        assert f"<loc>http://testserver{path}</loc>" in page


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"shows_timetable": False}])
def test_sitemap_leaves_out_what_is_hidden(client, event, talk, hidden):
    type(event).objects.update(**hidden)
    page = client.get("/sitemap.xml").text
    assert talk.get_absolute_url() not in page
    assert "/harbour/timetables" not in page


def test_sitemap_leaves_out_unpublished_talks(client, talk):
    type(talk).objects.update(is_published=False)
    assert talk.get_absolute_url() not in client.get("/sitemap.xml").text


def test_robots_are_led_to_the_sitemap_and_kept_from_accounts(client, db):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /accounts/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_talk_tells_its_facts_and_no_title_ends_the_script(client, talk):
    told = facts(client, talk.get_absolute_url())
    assert (told["@type"], told["name"], told["inLanguage"]) == ("Event", "Ropes & <knots>", "en")
    assert told["performer"] == [{"@type": "Person", "name": "Ada Byron"}]
    assert told["eventStatus"] == "https://schema.org/EventScheduled"


def test_event_tells_its_days(client, event):
    told = facts(client, "/harbour/")
    day = event.days.get().date.isoformat()
    assert (told["startDate"], told["endDate"]) == (day, day)
