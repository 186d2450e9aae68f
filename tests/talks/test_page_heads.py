"""What machines read first of each public page: one heading, a name, an address, a sentence, a picture."""

import datetime as dt
import re
from html import unescape

import pytest

from events.enums import EventStatus, TextKind
from tests.factories.events import (
    DayFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    SponsorFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory

SITE = "http://localhost:8000"
JUNK = "utm_source=x&fbclid=1"
PAGES = [
    "",
    "timetables",
    "timetables?day=2026-11-24",
    "talks",
    "talks/1",
    "speakers",
    "speakers/1",
    "sponsors",
    "sponsors/1",
    "coc",
    "privacy",
    "access",
    "links",
    "team",
    "attendees",
    "ui",
]
ELSEWHERE = ["/", "/accounts/login/"]


@pytest.fixture
def event(db):
    event = EventFactory(
        id=1, slug="seaside", name_ja="潮騒", name_en="Seaside", tagline_en="Two days by the sea"
    )
    for number in (23, 24):
        DayFactory(event=event, date=dt.date(2026, 11, number))
    talk = TalkFactory(id=1, event=event, track=TrackFactory(event=event), title='Tides & "moons"')
    talk.talk_speakers.create(speaker=SpeakerFactory(id=1, event=event, name_en="Yu Nada"))
    SponsorFactory(id=1, event=event, name="Lighthouse")
    for kind in TextKind:
        EventTextFactory(
            event=event, kind=kind, body_ja=f"**{kind.value}**について", body_en=f"About **{kind.value}**."
        )
    EventLinkFactory(event=event)
    TeamMemberFactory(event=event)
    return event


def page(client, path, lang="en"):
    answer = client.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 200
    return answer.content.decode()


def meta(text, name):
    found = re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', text)
    return [unescape(one) for one in found]


def title(text):
    return unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1])


def paths():
    return [f"/seaside/{path}" for path in PAGES] + ELSEWHERE


@pytest.mark.parametrize("path", paths())
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_page_has_one_heading_and_says_its_language(client, event, path, lang):
    text = page(client, path, lang)
    assert (len(re.findall(r"<h1[ >]", text)), f'<html lang="{lang}">' in text) == (1, True)


@pytest.mark.parametrize("path", paths())
def test_page_says_its_one_address(client, event, path):
    text = page(client, f"{path}{'&' if '?' in path else '?'}{JUNK}")
    address = f"{SITE}{path}"
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [address]
    assert meta(text, "og:url") == [address]


@pytest.mark.parametrize("path", [f"/seaside/{path}" for path in PAGES])
def test_picture_of_a_page_is_on_the_same_site(client, event, path):
    (picture,) = meta(page(client, path), "og:image")
    assert picture.startswith(f"{SITE}/seaside/")
    assert client.get(picture.removeprefix(SITE))["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", paths())
@pytest.mark.parametrize(("lang", "locales"), [("ja", ["ja_JP", "en_US"]), ("en", ["en_US", "ja_JP"])])
def test_page_says_what_it_is_and_in_which_language(client, event, path, lang, locales):
    text = page(client, path, lang)
    assert [*meta(text, "og:locale"), *meta(text, "og:locale:alternate")] == locales
    kinds = {"/seaside/talks/1": "article", "/seaside/speakers/1": "profile"}
    assert meta(text, "og:type") == [kinds.get(path, "website")]
    assert [bool(one) for one in meta(text, "og:title")] == [True]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_two_pages_have_the_same_title_or_sentence(client, event, lang):
    texts = [page(client, path, lang) for path in paths()]
    titles, sentences = [title(text) for text in texts], [meta(text, "description") for text in texts]
    assert len(set(titles)) == len(titles)
    assert {len(found) for found in sentences} == {1}
    assert len({found[0] for found in sentences}) == len(sentences)
    assert all(found[0].strip() for found in sentences)


def test_title_names_the_event(client, event):
    titles = [title(page(client, f"/seaside/{path}")) for path in PAGES]
    assert [one for one in titles if "Seaside" not in one] == []


def test_sentence_is_plain_words(client, event):
    assert meta(page(client, "/seaside/coc"), "description") == ["About conduct."]
    assert meta(page(client, "/seaside/talks/1"), "og:title") == ['Tides & "moons"']


@pytest.mark.parametrize("status", [one for one in EventStatus if one != EventStatus.DRAFT])
def test_landing_page_is_named_in_each_status(client, event, status):
    event.status = status
    event.save()
    text = page(client, "/seaside/")
    assert (title(text), len(re.findall(r"<h1[ >]", text))) == ("Seaside | Two days by the sea", 1)
    assert meta(text, "description") == ["Two days by the sea"]


def test_way_to_registration_is_the_sign_in(client, event):
    answer = client.get("/seaside/registration", follow=True, headers={"Accept-Language": "en"})
    text = answer.content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [f"{SITE}/accounts/login/"]
    assert (title(text), meta(text, "robots")) == ("Sign in | Dreamkast", ["noindex"])


def test_search_is_not_for_search_machines(client, event):
    text = page(client, "/seaside/talks?q=Tides")
    assert meta(text, "robots") == ["noindex"]
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [f"{SITE}/seaside/talks"]


def test_lost_page_is_not_for_search_machines(client, event):
    text = client.get("/seaside/nothing", headers={"Accept-Language": "en"}).content.decode()
    assert (meta(text, "robots"), len(re.findall(r"<h1[ >]", text))) == (["noindex"], 1)
