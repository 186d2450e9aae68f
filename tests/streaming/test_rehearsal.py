"""A rehearsal: the whole event as it will be, at any moment of it, and nobody outside notices."""

from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from django.urls import reverse
from django.utils import timezone

from events.enums import EventStatus, Role
from events.models import Event
from events.rules import can_see_event, can_watch
from events.selectors import conferences, event_facts, watchers_among
from events.services.rehearsing import RehearsalThere
from streaming.models import OnAirLog, Stream
from streaming.services import automation
from streaming.services.on_air import store_next_talks
from streaming.services.rehearsing import StreamsThere, end_rehearsal, jump
from streaming.states import Observed
from talks.models import Talk, TalkSpeaker
from talks.services.rehearsing import NothingToRehearse, begin_rehearsal, rehearsed_time
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

# In a month, as a day that is rehearsed.
TEN = datetime(2026, 12, 20, 1, tzinfo=UTC)
HALF = timedelta(minutes=30)


@pytest.fixture
def day(event, track):
    """Two talks on A one after the other, one on B."""
    speaker = SpeakerFactory(event=event, user=UserFactory())
    other = TrackFactory(event=event, name="B", position=2)

    def talk(track, starts_at, title):
        times = {"starts_at": starts_at, "ends_at": starts_at + HALF, "is_published": True}
        row = TalkFactory(event=event, track=track, title=title, **times)
        TalkSpeaker.objects.create(talk=row, speaker=speaker)

    talk(track, TEN, "First")
    talk(track, TEN + HALF, "Second")
    talk(other, TEN, "Beside")
    TalkFactory(event=event, track=track, starts_at=TEN, ends_at=TEN + HALF, is_published=False)
    return event


@pytest.fixture
def copy(day, director):
    return begin_rehearsal(source=day, moment=TEN - timedelta(minutes=5), actor=director)


def talk_of(event, title):
    return Talk.objects.get(event=event, title=title)


def minutes_until(moment):
    """Talks begin on whole minutes, so up to one of them is over when the rehearsal begins."""
    return ceil((moment - timezone.now()).total_seconds() / 60)


# The copy


def test_the_copy_has_the_published_programme_five_minutes_from_now(copy):
    rows = Talk.objects.filter(event=copy).order_by("track__name", "starts_at")
    assert [(talk.track.name, talk.title, minutes_until(talk.starts_at)) for talk in rows] == [
        ("A", "First", 5),
        ("A", "Second", 35),
        ("B", "Beside", 5),
    ]


def test_speakers_come_along_without_their_accounts(copy):
    people = {
        speaker.user for talk in Talk.objects.filter(event=copy).with_people() for speaker in talk.people
    }
    assert people == {None}


def test_the_event_itself_stays_as_it_is(day, copy):
    assert talk_of(day, "First").starts_at == TEN
    assert copy.rehearsal_of == day


def test_its_clock_shows_the_original_programme(copy):
    shown = rehearsed_time(copy, timezone.now())
    assert timedelta() <= shown - (TEN - timedelta(minutes=5)) < timedelta(minutes=2)


def test_an_event_has_one_rehearsal_and_a_rehearsal_has_none(day, copy, director):
    for source in (day, copy):
        with pytest.raises(RehearsalThere):
            begin_rehearsal(source=source, moment=TEN, actor=director)
    assert Event.objects.count() == 2


def test_without_a_published_talk_there_is_nothing_to_rehearse(event, director):
    with pytest.raises(NothingToRehearse):
        begin_rehearsal(source=event, moment=TEN, actor=director)
    assert Event.objects.count() == 1


# Who notices


def test_only_staff_see_it_and_they_as_an_opened_event(day, copy, director):
    registered = RegistrationFactory(event=day).user
    assert [can_see_event(user, copy) for user in (director, registered)] == [True, False]
    assert [can_watch(user, copy) for user in (director, registered)] == [True, False]
    assert copy.status == EventStatus.OPENED


def test_it_stands_in_no_list(copy, client):
    found = conferences()
    assert copy not in [*found.now, *found.coming, *found.past]
    assert copy.slug not in client.get(reverse("sitemap")).content.decode()


def test_strangers_find_neither_page_nor_document(copy, client):
    pages = [reverse(f"streaming:{name}", args=[copy.slug]) for name in ("watch",)]
    pages += [copy.get_absolute_url(), reverse("talks:timetable", args=[copy.slug])]
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert client.get(f"/api/v1/events/{copy.slug}/live").status_code == 404


def test_a_web_process_knows_it_as_private_even_when_the_event_is_open_to_all(day, copy):
    Event.objects.filter(pk=copy.pk).update(is_open_to_all=True)
    facts = event_facts(slug=copy.slug)[0]
    assert (facts.is_private, facts.is_for_everybody) == (True, False)


def test_only_staff_keep_a_socket(copy, director):
    stranger = UserFactory()
    RegistrationFactory(event=copy, user=stranger)
    assert watchers_among(copy.pk, [director.pk, stranger.pk]) == {director.pk}


# Moving the clock


def test_a_jump_moves_every_talk_and_begins_anew(copy, director, command):
    track = copy.tracks.get(name="A")
    command(track, "take", talk=talk_of(copy, "First"))
    jump(event=copy, moment=TEN + timedelta(minutes=28), actor=director)
    track.on_air.refresh_from_db()
    assert (track.on_air.talk, track.on_air.card) == (None, "waiting")
    assert minutes_until(talk_of(copy, "Second").starts_at) == 2
    assert not OnAirLog.objects.filter(track__event=copy).exists()


def test_after_a_jump_back_the_same_talk_is_next_again(copy, director, command):
    track = copy.tracks.get(name="A")
    command(track, "take", talk=talk_of(copy, "First"))
    jump(event=copy, moment=TEN - timedelta(minutes=5), actor=director)
    store_next_talks(copy)
    track.on_air.refresh_from_db()
    assert track.on_air.next_talk.title == "First"


def test_an_armed_track_is_disarmed_by_a_jump(copy, director, command):
    track = copy.tracks.get(name="A")
    revision = command(track, "card", card="break").on_air.revision
    automation.arm(track=track, expected_revision=revision, actor=director)
    jump(event=copy, moment=TEN, actor=director)
    track.automation.refresh_from_db()
    assert not track.automation.is_armed


def test_a_jump_never_moves_a_real_event(day, director):
    with pytest.raises(Event.DoesNotExist):
        jump(event=day, moment=TEN, actor=director)
    assert talk_of(day, "First").starts_at == TEN


# Its end


def test_the_end_leaves_nothing_of_the_copy_and_all_of_the_event(day, copy, director, command):
    command(copy.tracks.get(name="A"), "take", talk=talk_of(copy, "First"))
    end_rehearsal(event=copy)
    assert list(Event.objects.all()) == [day]
    assert Talk.objects.count() == 4


def test_what_runs_must_be_gone_first(copy):
    Stream.objects.create(track=copy.tracks.get(name="A"), gateway="local", observed=Observed.RUNNING)
    with pytest.raises(StreamsThere):
        end_rehearsal(event=copy)


def test_a_real_event_is_never_deleted_by_it(day):
    with pytest.raises(Event.DoesNotExist):
        end_rehearsal(event=day)
    assert Event.objects.filter(pk=day.pk).exists()


# The page


@pytest.fixture
def desk(director, client):
    client.force_login(director)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def address(event):
    return reverse("streaming:rehearsal", args=[event.slug])


def test_begin_jump_and_end_by_the_page(day, desk):
    begun = desk.post(address(day), {"moment": "2026-12-20 09:55"})
    copy = Event.objects.get(rehearsal_of=day)
    assert begun.url == address(copy)
    assert "09:5" in desk.get(address(copy)).content.decode()
    desk.post(address(copy), {"moment": "2026-12-20 10:28"})
    assert minutes_until(talk_of(copy, "Second").starts_at) == 2
    assert desk.post(address(copy), {"step": "end"}).url == address(day)
    assert "its copy is gone" in desk.get(address(day)).content.decode()


def test_each_start_is_offered_under_its_day_of_the_events_zone(event, track, desk):
    late = datetime(2026, 12, 20, 16, tzinfo=UTC)
    TalkFactory(event=event, track=track, is_published=True, starts_at=late, ends_at=late + HALF)
    text = desk.get(address(event)).content.decode()
    assert 'value="2026-12-21 00:55"' in text
    assert ">Mon 21 Dec<" in text


def test_a_double_press_makes_one(day, desk):
    for _press in range(2):
        assert desk.post(address(day), {"moment": "2026-12-20 09:55"}).status_code == 302
    assert Event.objects.filter(rehearsal_of=day).count() == 1


@pytest.mark.parametrize(
    ("typed", "told"), [("soon", "Write the time like 2026-11-24 09:55."), ("", "A time is needed.")]
)
def test_a_bad_time_comes_back_as_it_was_typed(typed, told, day, desk):
    answer = desk.post(address(day), {"moment": typed})
    text = answer.content.decode()
    assert (answer.status_code, told in text, f'value="{typed}"' in text or not typed) == (422, True, True)


def test_an_empty_programme_is_said(event, desk):
    answer = desk.post(address(event), {"moment": "2026-12-20 09:55"})
    assert (answer.status_code, "nothing to rehearse" in answer.content.decode()) == (409, True)


def test_a_real_event_has_no_end(day, desk):
    assert desk.post(address(day), {"step": "end"}).status_code == 404


def test_staff_have_the_same_roles_in_the_copy(day, director):
    helper = RoleGrantFactory(event=day, role=Role.RECEPTION).user
    copy = begin_rehearsal(source=day, moment=TEN, actor=director)
    assert set(copy.role_grants.values_list("user", "role")) == {
        (director.pk, Role.BROADCASTER),
        (helper.pk, Role.RECEPTION),
    }
