import datetime as dt

import pytest

from events.enums import EventStatus, Role
from events.models import Event, Question, RoleChange
from events.services.consent import publish_consent
from events.services.copying import copy_event
from tests.admin_pages import counters
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    DayFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    RegistrationFactory,
    RoleGrantFactory,
    RoomFactory,
    SponsorFactory,
    SponsorTierFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory

NAMES = {"name_ja": "港会議2027", "name_en": "Harbour Conf 2027", "slug": "harbour2027"}
FIRST = dt.date(2027, 11, 20)


@pytest.fixture
def source(db):
    """Last year's event with a row of everything."""
    event = EventFactory(
        slug="harbour2026",
        status=EventStatus.CLOSED,
        is_open_to_all=True,
        accent="#7a2a5c",
        ground="#123456",
        logo="logos/harbour.png",
        key_visual="visuals/harbour.png",
        favicon="favicons/harbour.png",
        about_ja="港の話",
        about_en="About harbours",
        venue_ja="港",
        contact_url="https://harbour.example.com/",
        time_zone="Europe/Berlin",
        takes_proposals=True,
        is_rehearsing=True,
    )
    room = RoomFactory(event=event, name_ja="大広間", name_en="Hall", seats=300)
    track = TrackFactory(event=event, name="A", position=1, room=room)
    TrackFactory(event=event, name="B", position=2, room=None)
    tier = SponsorTierFactory(event=event, name_ja="金", name_en="Gold", position=1)
    SponsorFactory(event=event, tier=tier, name="Rope Works")
    EventTextFactory(event=event, kind="privacy", body_ja="方針", body_en="Policy")
    EventLinkFactory(event=event, title_ja="地図", url="https://map.example.com/")
    TeamMemberFactory(event=event)
    talk = TalkFactory(event=event, track=track)
    talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
    RegistrationFactory(event=event)
    RoleGrantFactory(event=event)
    for day, is_internal in ((9, True), (10, False), (12, False)):
        DayFactory(event=event, date=dt.date(2026, 11, day), is_internal=is_internal)
    return event


@pytest.fixture
def actor(db):
    return UserFactory()


def copied(source, actor, sponsors=False):
    event = copy_event(source=source, names=NAMES, first_day=FIRST, sponsors=sponsors, actor=actor)
    return Event.objects.get(pk=event.pk)


def test_copy_has_the_look_and_the_words_of_its_source(source, actor):
    event = copied(source, actor)
    same = ["accent", "ground", "logo", "key_visual", "favicon", "about_ja", "about_en", "venue_ja"]
    same += ["contact_url", "time_zone", "is_open_to_all"]
    assert {name: getattr(event, name) for name in same} == {name: getattr(source, name) for name in same}


def test_copy_has_its_own_names_and_is_a_draft_with_every_switch_off(source, actor):
    event = copied(source, actor)
    assert (event.name_ja, event.name_en, event.slug) == ("港会議2027", "Harbour Conf 2027", "harbour2027")
    switches = [
        "takes_registrations",
        "takes_proposals",
        "shows_timetable",
        "shows_sponsors",
        "is_rehearsing",
    ]
    assert (event.status, [getattr(event, name) for name in switches]) == ("draft", [False] * 5)


def test_days_keep_their_distance_from_the_new_first_day(source, actor):
    days = copied(source, actor).days.values_list("date", "is_internal")
    assert [(day.isoformat(), is_internal) for day, is_internal in days] == [
        ("2027-11-19", True),
        ("2027-11-20", False),
        ("2027-11-22", False),
    ]


def test_copy_of_an_event_without_days_has_the_first_day(actor):
    assert list(copied(EventFactory(), actor).days.values_list("date", flat=True)) == [FIRST]


def test_tracks_stand_in_the_copy_s_own_rooms(source, actor):
    event = copied(source, actor)
    rows = [(track.name, track.position, track.room and track.room.name_ja) for track in event.tracks.all()]
    assert rows == [("A", 1, "大広間"), ("B", 2, None)]
    assert [(room.event_id, room.seats) for room in event.rooms.all()] == [(event.pk, 300)]
    assert event.tracks.first().room in event.rooms.all()


def test_texts_links_and_tiers_are_copied(source, actor):
    event = copied(source, actor)
    assert list(event.texts.values_list("kind", "body_ja", "body_en")) == [("privacy", "方針", "Policy")]
    assert list(event.links.values_list("title_ja", "url")) == [("地図", "https://map.example.com/")]
    assert list(event.sponsor_tiers.values_list("name_ja", "name_en")) == [("金", "Gold")]


def test_questions_are_copied_with_their_choices(source, actor):
    question = Question.objects.create(event=source, key="lunch", label_ja="昼食", kind="choice")
    question.choices.create(value="rice", label_ja="ご飯", position=1)
    question.choices.create(value="old", label_ja="旧", is_archived=True)
    Question.objects.create(event=source, key="gone", label_ja="旧", is_archived=True)
    event = copied(source, actor)
    assert list(event.questions.values_list("key", "label_ja", "choices__value")) == [
        ("lunch", "昼食", "rice")
    ]
    assert [question.choices.count(), event.questions.get().choices.count()] == [2, 1]


def test_present_consent_text_becomes_the_first_version(source, actor):
    for text in ("古い", "新しい"):
        publish_consent(event=source, text_ja=text, text_en="", actor=None)
    rows = copied(source, actor).consent_texts.values_list("version", "text_ja", "author")
    assert list(rows) == [(1, "新しい", actor.pk)]


def test_number_of_places_is_copied_and_nobody_holds_one(source, actor):
    Event.objects.filter(pk=source.pk).update(has_on_site=True, on_site_places=200)
    source.refresh_from_db()
    event = copied(source, actor)
    assert (event.has_on_site, event.on_site_places, hasattr(event, "places")) == (True, 200, False)


@pytest.mark.parametrize(("sponsors", "names"), [(False, []), (True, [("Rope Works", "金")])])
def test_sponsors_come_along_only_when_asked_for(source, actor, sponsors, names):
    event = copied(source, actor, sponsors=sponsors)
    assert list(event.sponsors.values_list("name", "tier__name_ja")) == names
    assert set(event.sponsors.values_list("tier__event", flat=True)) <= {event.pk}


def test_people_and_talks_stay_behind(source, actor):
    event = copied(source, actor)
    left = ["registrations", "talks", "speakers", "team", "announcements", "life_changes"]
    assert [getattr(event, rows).count() for rows in left] == [0] * len(left)


def test_source_stays_as_it_was(source, actor):
    rows = [
        "days",
        "rooms",
        "tracks",
        "texts",
        "links",
        "sponsor_tiers",
        "sponsors",
        "talks",
        "registrations",
    ]
    before = [getattr(source, name).count() for name in rows]
    copied(source, actor, sponsors=True)
    assert ([getattr(source, name).count() for name in rows], counters(source)) == (before, (0, 0))


def test_maker_is_the_only_organizer_and_it_is_logged(source, actor):
    event = copied(source, actor)
    assert list(event.role_grants.values_list("user", "role")) == [(actor.pk, Role.ORGANIZER)]
    assert list(RoleChange.objects.filter(event=event).values_list("actor", flat=True)) == [actor.pk]
