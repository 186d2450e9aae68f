import datetime as dt

import factory
from django.utils import timezone

from events import models
from events.enums import EventStatus, Role, TextKind
from tests.factories.accounts import UserFactory


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Event

    slug = factory.Sequence(lambda n: f"event{n}")
    name_ja = factory.Sequence(lambda n: f"会議{n}")
    name_en = factory.Sequence(lambda n: f"Conference {n}")
    status = EventStatus.OPENED
    is_open_to_all = True
    takes_registrations = True
    shows_timetable = True
    shows_sponsors = True


class DayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Day

    event = factory.SubFactory(EventFactory)
    date = factory.Sequence(lambda n: dt.date(2026, 11, 23) + dt.timedelta(days=n))


class RoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Room

    event = factory.SubFactory(EventFactory)
    name_ja = factory.Sequence(lambda n: f"部屋{n}")
    name_en = factory.Sequence(lambda n: f"Room {n}")


class TrackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Track

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"T{n}")
    position = factory.Sequence(lambda n: n + 1)
    room = factory.SubFactory(RoomFactory, event=factory.SelfAttribute("..event"))


class EventTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.EventText

    event = factory.SubFactory(EventFactory)
    kind = TextKind.CONDUCT
    body_ja = "互いを敬います。"
    body_en = "We respect each other."


class EventLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.EventLink

    event = factory.SubFactory(EventFactory)
    title_ja = factory.Sequence(lambda n: f"リンク{n}")
    title_en = factory.Sequence(lambda n: f"Link {n}")
    url = factory.Sequence(lambda n: f"https://www.example.com/{n}")


class TeamMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TeamMember

    event = factory.SubFactory(EventFactory)
    name_ja = factory.Sequence(lambda n: f"係{n}")
    name_en = factory.Sequence(lambda n: f"Member {n}")


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Registration

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    consent_version = "1"
    consented_at = factory.LazyFunction(timezone.now)


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Question

    event = factory.SubFactory(EventFactory)
    key = factory.Sequence(lambda n: f"question_{n}")
    label_ja = factory.Sequence(lambda n: f"質問{n}")
    label_en = factory.Sequence(lambda n: f"Question {n}")


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RoleGrant

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.ORGANIZER


class SponsorTierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SponsorTier

    event = factory.SubFactory(EventFactory)
    name_ja = "ダイヤモンド"
    name_en = "Diamond"


class SponsorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Sponsor

    event = factory.SubFactory(EventFactory)
    tier = factory.SubFactory(SponsorTierFactory, event=factory.SelfAttribute("..event"))
    name = factory.Sequence(lambda n: f"Sponsor {n}")


class AnnouncementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Announcement

    event = factory.SubFactory(EventFactory)
    text_ja = factory.Sequence(lambda n: f"お知らせ{n}")
    text_en = factory.Sequence(lambda n: f"Notice {n}")
