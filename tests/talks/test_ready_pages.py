"""Pages of talks and people are ready for strangers, and new as soon as what they show has changed."""

import re

import pytest

from accounts.models import User
from events.models import LiveCounter
from events.page_cache import known_revisions, ready_pages
from events.services.revision import touch
from talks.models import Bookmark, Speaker, Talk
from talks.services.cancelling import cancel_talk
from talks.services.corrections import correct_title
from talks.services.programme import (
    delete_speaker,
    record_edit,
    rename_speaker,
    set_published,
    stored_values,
)
from talks.services.videos import publish_video, take_down_video
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

PAGES = ["/seaside/talks", "/seaside/talks/1", "/seaside/speakers", "/seaside/speakers/1"]
CUT = "https://video.example/cut.m3u8"


@pytest.fixture
def event(db):
    event = EventFactory(slug="seaside")
    DayFactory(event=event)
    touch(event)
    return event


@pytest.fixture
def talk(event):
    talk = TalkFactory(pk=1, event=event, track=TrackFactory(event=event), title="停電の夜")
    talk.talk_speakers.create(speaker=SpeakerFactory(pk=1, event=event, name_ja="灘 ゆうき"))
    return talk


def heard(event):
    known_revisions.note(event.slug, LiveCounter.objects.get(event=event).revision)


def after(client, event, path):
    """What the next stranger is answered."""
    heard(event)
    return client.get(path)


@pytest.mark.parametrize("path", PAGES)
def test_second_stranger_costs_no_query(client, talk, path, django_assert_num_queries):
    first = client.get(path)
    heard(talk.event)
    with django_assert_num_queries(0):
        again = client.get(f"{path}?utm_source=chat")
    assert (first.status_code, again.content) == (200, first.content)


@pytest.mark.parametrize("path", PAGES)
def test_unchanged_page_answers_304(client, talk, path):
    etag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_the_same_for_strangers_and_bears_nothing_of_one(client, talk, path):
    person = UserFactory(name="Aoi Hama")
    Bookmark.objects.create(user=person, talk=talk)
    stranger = client.get(path).text
    client.force_login(person)
    assert "Aoi Hama" in client.get(path).text
    client.logout()
    assert client.get(path).text == stranger
    stars = re.findall(r"<button[^>]* data-bookmark[^>]*>", stranger)
    assert ("csrfmiddlewaretoken" in stranger, any('aria-pressed="true"' in star for star in stars)) == (
        False,
        False,
    )
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("wish", "is_kept"),
    [("language=ja", True), ("level=beginner", True), ("q=night", False), ("level=none", False)],
)
def test_only_a_list_of_known_wishes_is_kept(client, talk, wish, is_kept):
    client.get(f"/seaside/talks?{wish}")
    key = ("testserver", "http", "ja", f"/seaside/talks?{wish}")
    assert (ready_pages.find(key, 0) is not None) == is_kept


@pytest.mark.parametrize("path", PAGES)
def test_a_corrected_title_shows_at_once(client, talk, path):
    etag = client.get(path)["ETag"]
    correct_title(talk=talk, title="満月の夜", lang="ja", actor=None)
    heard(talk.event)
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, "満月の夜" in again.text) == (200, True)


@pytest.mark.parametrize("path", PAGES)
def test_a_new_name_shows_at_once(client, talk, path):
    client.get(path)
    speaker = Speaker.objects.get()
    speaker.name_ja = "波 かえで"
    rename_speaker(speaker=speaker, actor=None)
    assert "波 かえで" in after(client, talk.event, path).text


@pytest.mark.parametrize("field", ["bio_ja", "organisation", "job_title", "name_en"])
def test_new_words_about_a_speaker_show_at_once(client, talk, field):
    headers = {"Accept-Language": "en" if field == "name_en" else "ja"}
    client.get("/seaside/speakers/1", headers=headers)
    speaker = Speaker.objects.get()
    setattr(speaker, field, "Lighthouse")
    rename_speaker(speaker=speaker, actor=None)
    heard(talk.event)
    assert "Lighthouse" in client.get("/seaside/speakers/1", headers=headers).text


@pytest.mark.parametrize("field", ["category", "difficulty", "slides_url", "video_url", "abstract"])
def test_new_words_of_a_talk_show_at_once(client, talk, field):
    before = client.get("/seaside/talks/1").content
    known = stored_values(talk)
    setattr(talk, field, {"difficulty": "advanced"}.get(field, "https://files.example/x"))
    talk.save()
    record_edit(talk=talk, before=known, actor=None)
    assert after(client, talk.event, "/seaside/talks/1").content != before


def test_a_recording_comes_and_goes_at_once(client, talk):
    client.get("/seaside/talks/1")
    publish_video(talk=talk, url=CUT, seconds=60, actor=None)
    assert CUT in after(client, talk.event, "/seaside/talks/1").text
    take_down_video(talk=talk, actor=None)
    assert CUT not in after(client, talk.event, "/seaside/talks/1").text


def test_a_talk_that_must_not_be_recorded_hides_its_video_at_once(client, talk):
    Talk.objects.update(video_url=CUT)
    talk.refresh_from_db()
    assert CUT in client.get("/seaside/talks/1").text
    known = stored_values(talk)
    talk.do_not_record = True
    talk.save()
    record_edit(talk=talk, before=known, actor=None)
    assert CUT not in after(client, talk.event, "/seaside/talks/1").text


def test_a_talk_that_is_taken_back_is_not_found_any_longer(client, talk):
    client.get("/seaside/talks/1")
    set_published(talks=[talk], is_published=False, actor=None)
    assert after(client, talk.event, "/seaside/talks/1").status_code == 404
    assert after(client, talk.event, "/seaside/speakers/1").status_code == 404


def test_a_cancelled_talk_says_so_at_once(client, talk):
    client.get("/seaside/talks/1")
    cancel_talk(talk=talk, actor=None)
    text = after(client, talk.event, "/seaside/talks/1").text
    assert "EventCancelled" in text


def test_a_deleted_speaker_is_gone_at_once(client, talk):
    client.get("/seaside/talks/1")
    delete_speaker(Speaker.objects.get())
    assert "灘" not in after(client, talk.event, "/seaside/talks/1").text
