import datetime as dt

import pytest
from django.utils import timezone

from talks.search import words_of
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    return EventFactory(slug="seaside")


@pytest.fixture
def track(event):
    return TrackFactory(event=event)


@pytest.fixture
def add(event, track):
    def add(title, *, speaker=None, **fields):
        talk = TalkFactory(event=event, track=track, title=title, **fields)
        if speaker:
            talk.talk_speakers.create(speaker=SpeakerFactory(event=event, **speaker))
        return talk

    return add


@pytest.fixture
def search(client):
    def search(**query):
        return [talk.title for talk in client.get("/seaside/talks", query).context["talks"]]

    return search


def test_words_are_folded_and_split_at_wide_spaces():
    assert words_of("ＧＰＵ　ｸﾗｽﾀ") == ["gpu", "クラスタ"]


def test_two_japanese_letters_find_a_title(add, search):
    add("停電の夜の運用")
    add("別の話")
    assert search(q="停電") == ["停電の夜の運用"]


@pytest.mark.parametrize("word", ["クラスタ", "ｸﾗｽﾀ"])
def test_half_width_and_full_width_find_the_same(add, search, word):
    add("クラスタの引っ越し")
    assert search(q=word) == ["クラスタの引っ越し"]


@pytest.mark.parametrize("word", ["gpu", "GPU", "ＧＰＵ"])
def test_wide_and_capital_letters_find_the_same(add, search, word):
    add("GPU の順番待ち")
    assert search(q=word) == ["GPU の順番待ち"]


def test_title_in_half_width_is_found_by_full_width(add, search):
    add("ｴﾗｰを読む")
    assert search(q="エラー") == ["ｴﾗｰを読む"]


def test_abstract_is_searched(add, search):
    add("題", abstract="ここに鍵の話があります")
    assert search(q="鍵の") == ["題"]


@pytest.mark.parametrize("word", ["佐久", "sakuma", "綱元"])
def test_speaker_is_found_by_either_name_and_by_organisation(add, search, word):
    add("題", speaker={"name_ja": "佐久間 れん", "name_en": "Ren Sakuma", "organisation": "綱元データ"})
    add("別")
    assert search(q=word) == ["題"]


def test_all_words_must_be_found(add, search):
    add("停電の夜")
    add("停電と朝", speaker={"name_ja": "朝倉"})
    assert search(q="停電 朝倉") == ["停電と朝"]


@pytest.mark.parametrize("word", ["%", "_", "\\"])
def test_signs_of_like_are_only_signs(add, search, word):
    add("題")
    assert search(q=word) == []


def test_percent_sign_is_found(add, search):
    add("99.9% の意味")
    add("題")
    assert search(q="9%") == ["99.9% の意味"]


def test_breaks_are_no_talks(add, search):
    add("休憩", kind="break")
    assert search() == []


def test_unpublished_talk_is_not_found(add, search):
    add("停電", is_published=False)
    assert search(q="停電") == []


@pytest.mark.parametrize(
    "query",
    [
        {"category": "SRE"},
        {"level": "beginner"},
        {"language": "en"},
        {"category": "SRE", "level": "beginner"},
    ],
)
def test_filters_leave_what_matches(add, search, query):
    add("hit", category="SRE", difficulty="beginner", lang="en")
    add("other", category="Data", difficulty="advanced", lang="ja")
    assert search(**query) == ["hit"]


def test_day_filter_uses_the_events_zone(event, add, search):
    DayFactory(event=event, date=dt.date(2030, 5, 1))
    DayFactory(event=event, date=dt.date(2030, 5, 2))
    first = dt.datetime(2030, 5, 1, 14, 30, tzinfo=dt.UTC)
    second = dt.datetime(2030, 5, 1, 15, 30, tzinfo=dt.UTC)
    add("before midnight", starts_at=first, ends_at=first + dt.timedelta(minutes=20))
    add("after midnight", starts_at=second, ends_at=second + dt.timedelta(minutes=20))
    assert search(day="2030-05-02") == ["after midnight"]


def test_value_that_does_not_exist_is_left_aside(add, search):
    add("題")
    assert search(level="godlike", day="never", category="none") == ["題"]


def test_nothing_found_offers_all_talks(client, add):
    add("題")
    assert "empty" in client.get("/seaside/talks?q=missing").text


def test_talks_of_other_events_are_not_listed(add, search):
    TalkFactory(title="elsewhere")
    assert search() == []


def test_talk_without_a_time_comes_last(add, search):
    add("later", starts_at=None, ends_at=None)
    add("planned", starts_at=timezone.now(), ends_at=timezone.now() + dt.timedelta(minutes=5))
    assert search() == ["planned", "later"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_eight_queries(client, add, django_assert_num_queries, count):
    for number in range(count):
        add(f"talk {number}", speaker={"name_ja": f"人 {number}"})
    with django_assert_num_queries(8):
        client.get("/seaside/talks?q=talk")
