import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from events.page_cache import ready_pages
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import TalkFactory

PAGE = "/seaside/timetables"


@pytest.fixture
def event(db):
    event = EventFactory(slug="seaside")
    DayFactory(event=event, date=dt.date(2030, 5, 1))
    DayFactory(event=event, date=dt.date(2030, 5, 2))
    return event


@pytest.fixture
def add(event):
    track = TrackFactory(event=event, name="A", position=1)

    def add(title, hour, **fields):
        starts_at = dt.datetime(2030, 5, 1, hour, tzinfo=ZoneInfo("Asia/Tokyo"))
        ends_at = starts_at + dt.timedelta(minutes=40)
        return TalkFactory(
            event=event, title=title, starts_at=starts_at, ends_at=ends_at, **({"track": track} | fields)
        )

    return add


@pytest.fixture
def talks(add):
    first = {"category": "Storage", "difficulty": "beginner", "lang": "ja"}
    second = {"category": "Network", "difficulty": "advanced", "lang": "en"}
    return add("disks", 10, **first), add("wires", 11, **second)


def aside(response):
    return [
        int(pk) for pk in re.findall(r'class="cell[^"]* aside[^"]*"[^>]* data-talk="(\d+)"', response.text)
    ]


@pytest.mark.parametrize("query", ["category=Storage", "level=beginner", "language=ja"])
def test_talk_that_does_not_match_recedes_and_keeps_its_place(client, talks, query):
    response = client.get(f"{PAGE}?{query}")
    assert (aside(response), len(response.context["grid"].places)) == ([talks[1].pk], 2)


def test_filters_narrow_each_other(client, talks):
    response = client.get(f"{PAGE}?category=Storage&language=en")
    assert (aside(response), response.context["matching"]) == ([talk.pk for talk in talks], set())


def test_without_a_filter_nothing_recedes(client, talks):
    assert aside(client.get(PAGE)) == []


@pytest.mark.parametrize("query", ["category=Cheese", "level=99", "language=xx", "q=disks"])
def test_value_that_does_not_exist_is_left_aside(client, talks, query):
    response = client.get(f"{PAGE}?{query}")
    assert (response.status_code, aside(response)) == (200, [])


def test_matches_are_counted_without_breaks(client, talks, add):
    add("lunch", 12, kind="break", lang="ja")
    response = client.get(f"{PAGE}?language=ja", headers={"accept-language": "en"})
    assert "1 talk of this day matches" in response.text


def test_other_day_keeps_the_filter(client, talks):
    assert 'href="?language=ja&amp;day=2030-05-02"' in client.get(f"{PAGE}?language=ja").text


def test_show_all_keeps_the_day_and_the_track(client, talks):
    text = client.get(f"{PAGE}?day=2030-05-01&track=A&language=ja").text
    assert 'class="more" href="?day=2030-05-01&amp;track=A"' in text


def test_form_keeps_the_day_and_the_track(client, talks):
    text = client.get(f"{PAGE}?day=2030-05-01&track=A").text
    hidden = re.findall(r'<input type="hidden" name="(day|track)" value="([^"]+)">', text)
    assert hidden == [("day", "2030-05-01"), ("track", "A")]


@pytest.mark.parametrize(
    ("query", "is_hidden"), [("", False), ("?day=2030-05-01", False), ("?level=beginner", True)]
)
def test_only_a_filtered_timetable_is_kept_from_search_engines(client, talks, query, is_hidden):
    assert ('content="noindex"' in client.get(PAGE + query).text) == is_hidden


@pytest.mark.parametrize(
    "query", ["", "?utm=1", "?day=2030-05-01", "?track=A", "?language=ja&category=Storage"]
)
def test_page_of_a_known_address_is_kept_ready(client, talks, query):
    ready_pages.forget()
    assert client.get(PAGE + query).has_header("ETag")


@pytest.mark.parametrize("query", ["?track=Z", "?language=xx", "?track=A&track=Z"])
def test_page_of_an_address_with_words_of_its_own_is_not_kept(client, talks, query):
    ready_pages.forget()
    response = client.get(PAGE + query)
    assert (response["Cache-Control"], response.has_header("ETag")) == ("no-store", False)


@pytest.mark.parametrize("path", [PAGE, "/seaside/talks"])
def test_page_says_on_paper_where_and_when_it_was_printed(client, talks, path):
    text = client.get(path, headers={"accept-language": "en"}).text
    assert f'<p class="on-paper">http://testserver{path} · As of ' in text


@pytest.mark.parametrize("path", [PAGE, "/seaside/talks"])
def test_print_button_is_hidden_without_a_script(client, talks, path):
    assert " data-print hidden>" in client.get(path).text
