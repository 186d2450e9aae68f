"""The video on a talk's page: published recordings and imported addresses."""

import pytest
from django.core.exceptions import ValidationError

from events.enums import EventStatus
from events.page_cache import known_revisions
from talks.models import Talk, TalkVideo
from talks.services.videos import MustNotBeRecorded, NotOnThePage, publish_video, take_down_video
from talks.video_addresses import VideoKind, frame_of, kind_of, validate_video
from tests.factories.events import EventFactory, TrackFactory
from tests.factories.talks import TalkFactory

CUT = "https://archive.example.org/archive/x/1/index.m3u8"
ADDRESSES = {
    "https://www.youtube.com/watch?v=abcdefghijk": VideoKind.YOUTUBE,
    "https://youtu.be/abcdefghijk?t=3": VideoKind.YOUTUBE,
    "https://www.youtube.com/live/abcdefghijk": VideoKind.YOUTUBE,
    "https://www.youtube.com/@someone": VideoKind.NONE,
    "https://vimeo.com/123456": VideoKind.VIMEO,
    "https://player.vimeo.com/video/123456": VideoKind.VIMEO,
    "https://vimeo.com/about": VideoKind.NONE,
    CUT: VideoKind.HLS,
    "https://bucket.s3.ap-northeast-1.amazonaws.com/talk.mp4": VideoKind.MP4,
    "http://example.org/talk.mp4": VideoKind.NONE,
    "https://example.org/talk": VideoKind.NONE,
    "https://evil.example/youtube.com/watch?v=abcdefghijk": VideoKind.NONE,
    "": VideoKind.NONE,
}


@pytest.fixture
def talk(db):
    event = EventFactory(status=EventStatus.CLOSED)
    return TalkFactory(event=event, track=TrackFactory(event=event), is_published=True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_tells_what_plays_it(address):
    assert kind_of(address) is ADDRESSES[address]


def test_a_frame_is_built_from_the_id_alone():
    youtube = "https://www.youtube-nocookie.com/embed/abcdefghijk?playsinline=1&rel=0"
    assert frame_of("https://youtu.be/abcdefghijk") == youtube
    assert frame_of("https://vimeo.com/123456") == "https://player.vimeo.com/video/123456?dnt=1"


def test_what_nothing_plays_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="YouTube"):
        validate_video("https://example.org/talk")


def page(client, talk):
    return client.get(talk.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()


def test_a_stranger_sees_a_published_recording(client, talk):
    assert "data-video" not in page(client, talk)
    publish_video(talk=talk, url=CUT, seconds=1800, actor=None)
    shown = page(client, talk)
    assert f'data-video="{CUT}"' in shown
    assert '"duration": "PT1800S"' in shown


def test_a_video_that_was_taken_down_is_gone(client, talk):
    publish_video(talk=talk, url=CUT, seconds=None, actor=None)
    assert "data-video" in page(client, talk)
    assert take_down_video(talk=talk, actor=None)
    known_revisions.forget()
    assert "data-video" not in page(client, talk)
    assert not take_down_video(talk=talk, actor=None)


def test_a_talk_marked_later_loses_its_video(client, talk):
    publish_video(talk=talk, url=CUT, seconds=None, actor=None)
    Talk.objects.filter(pk=talk.pk).update(do_not_record=True)
    assert "data-video" not in page(client, talk)


def test_a_marked_or_unpublished_talk_gets_none(talk):
    Talk.objects.filter(pk=talk.pk).update(do_not_record=True)
    with pytest.raises(MustNotBeRecorded):
        publish_video(talk=talk, url=CUT, seconds=None, actor=None)
    Talk.objects.filter(pk=talk.pk).update(do_not_record=False, is_published=False)
    with pytest.raises(NotOnThePage):
        publish_video(talk=talk, url=CUT, seconds=None, actor=None)
    assert not TalkVideo.objects.exists()


def test_an_imported_address_is_played_or_linked(client, talk):
    Talk.objects.filter(pk=talk.pk).update(video_url="https://youtu.be/abcdefghijk")
    assert "https://www.youtube-nocookie.com/embed/abcdefghijk" in page(client, talk)


def test_an_address_that_nothing_plays_is_a_link(client, talk):
    Talk.objects.filter(pk=talk.pk).update(video_url="https://media.example.org/v/7")
    shown = page(client, talk)
    assert 'href="https://media.example.org/v/7"' in shown
    assert "talk-video" not in shown.replace("talk_video", "")
