import json
from datetime import timedelta

import pytest
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
    """What a call hands over for the open pages once it has committed."""

    def told(call, **arguments):
        with django_capture_on_commit_callbacks() as callbacks:
            call(**arguments)
        sent = [callback.args for callback in callbacks]
        assert {group for group, _ in sent} <= {event_group(event.pk)}
        return [json.loads(message["text"]) for _, message in sent]

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
