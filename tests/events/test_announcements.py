import json
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.utils import timezone

from events.live import event_group
from events.selectors import shown_announcement
from events.services.announcements import publish, save_announcement, withdraw
from tests.factories.events import AnnouncementFactory, EventFactory


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def frames(event, django_capture_on_commit_callbacks):
    """What the open pages are told by a call."""

    def told(call, **arguments):
        layer = get_channel_layer()
        name = async_to_sync(layer.new_channel)()
        async_to_sync(layer.group_add)(event_group(event.pk), name)
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            call(**arguments)
        received = [json.loads(async_to_sync(layer.receive)(name)["text"]) for _ in callbacks]
        async_to_sync(layer.group_discard)(event_group(event.pk), name)
        return received

    return told


def test_published_announcement_is_told_in_both_languages(event, frames):
    row = AnnouncementFactory(event=event, text_ja="音が小さめです", text_en="It is quiet")
    (frame,) = frames(publish, announcement=row, actor=None)
    assert (frame["kind"], frame["revision"]) == ("announcement.changed", 1)
    assert frame["body"]["text"] == {"ja": "音が小さめです", "en": "It is quiet"}


def test_publishing_twice_tells_once(event, frames):
    row = AnnouncementFactory(event=event)
    frames(publish, announcement=row, actor=None)
    assert frames(publish, announcement=row, actor=None) == []


def test_withdrawing_the_last_one_clears_the_pages(event, frames):
    row = AnnouncementFactory(event=event, published_at=timezone.now())
    (frame,) = frames(withdraw, announcement=row, actor=None)
    assert frame["body"] is None


def test_withdrawing_shows_the_one_before_again(event, frames):
    before = AnnouncementFactory(event=event, published_at=timezone.now() - timedelta(hours=1))
    row = AnnouncementFactory(event=event, published_at=timezone.now())
    (frame,) = frames(withdraw, announcement=row, actor=None)
    assert frame["body"]["id"] == before.pk


def test_draft_is_saved_without_a_word(event, frames):
    assert frames(save_announcement, announcement=AnnouncementFactory(event=event)) == []
    assert shown_announcement(event) is None
