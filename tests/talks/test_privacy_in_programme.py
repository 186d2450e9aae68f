from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile

from accounts.services.privacy import erase, export_everything
from events.enums import Attendance, EventStatus
from events.services.retention import forget_ended
from talks.models import Bookmark, CalendarLink, ProgrammeChange, Seat, Speaker
from talks.services.agenda import bookmark
from talks.services.calendar_links import calendar_link
from talks.services.corrections import correct_title
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RegistrationFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(email="aoi@example.com", name="Aoi")


@pytest.fixture
def event():
    return EventFactory(status=EventStatus.OPENED)


def chosen(event, person):
    """A talk with a bookmark and a seat, and a calendar address."""
    RegistrationFactory(event=event, user=person, attendance=Attendance.ON_SITE)
    talk = TalkFactory(event=event, seats=1)
    bookmark(talk=talk, actor=person)
    calendar_link(event=event, language="ja", actor=person)
    return talk


def left():
    return [model.objects.count() for model in (Bookmark, Seat, CalendarLink)]


def test_bookmarks_seats_and_calendar_go_with_the_person(person, event):
    chosen(event, person)
    assert left() == [1, 1, 1]
    erase(user=person)
    assert left() == [0, 0, 0]


def test_a_speakers_talks_stay_with_the_public_name(person, event):
    speaker = SpeakerFactory(event=event, user=person, name_ja="青井", name_en="Aoi")
    talk = TalkFactory(event=event)
    talk.talk_speakers.create(speaker=speaker)
    erase(user=person)
    speaker.refresh_from_db()
    assert (speaker.user, speaker.name_ja) == (None, "青井")
    assert [person.name_ja for person in talk.people] == ["青井"]


def test_the_log_of_the_programme_stays_without_the_name(person, event):
    correct_title(talk=TalkFactory(event=event, title="Befor"), title="Before", lang="en", actor=person)
    erase(user=person)
    rows = ProgrammeChange.objects.filter(field="title").values_list("before", "after", "actor")
    assert list(rows) == [("Befor", "Before", None)]


def test_the_download_carries_the_speakers_picture(person, event, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    speaker = SpeakerFactory(event=event, user=person)
    speaker.avatar.save("me.png", ContentFile(b"picture"))
    archive = ZipFile(BytesIO(export_everything(user=person)))
    assert archive.read("files/speaker-1.png") == b"picture"


def test_a_picture_that_is_lost_does_not_spoil_the_download(person, event, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    speaker = SpeakerFactory(event=event, user=person)
    Speaker.objects.filter(pk=speaker.pk).update(avatar="speakers/gone.png")
    archive = ZipFile(BytesIO(export_everything(user=person)))
    assert sorted(archive.namelist()) == ["my-data.json", "readme.txt"]


def test_the_calendars_secret_is_not_in_the_download(person, event):
    link = calendar_link(event=event, language="ja", actor=person)
    archive = ZipFile(BytesIO(export_everything(user=person)))
    assert link.token not in archive.read("my-data.json").decode()


def test_what_attendees_chose_goes_when_the_event_is_long_over(person, event):
    chosen(event, person)
    TalkFactory(event=EventFactory())
    kept = Bookmark.objects.create(user=person, talk=TalkFactory(event=EventFactory()))
    event.status = EventStatus.CLOSED
    event.save()
    DayFactory(event=event, date=date(2020, 1, 1))
    forget_ended(datetime(2026, 1, 1, tzinfo=UTC))
    assert list(Bookmark.objects.all()) == [kept]
    assert left() == [1, 0, 0]
