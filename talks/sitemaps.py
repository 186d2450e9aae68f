"""What search machines may read: the public pages of public events, and nothing that a switch hides."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from events.models import Event, Sponsor
from talks.models import Speaker, Talk


class EventPages(Sitemap):
    changefreq = "daily"

    def items(self) -> QuerySet[Event]:
        return Event.objects.public()

    def lastmod(self, event: Event) -> datetime:
        return event.updated_at


class Timetables(Sitemap):
    changefreq = "daily"

    def items(self) -> QuerySet[Event]:
        return Event.objects.public().filter(shows_timetable=True)

    def location(self, event: Event) -> str:
        return reverse("talks:timetable", args=[event.slug])


class TalkPages(Sitemap):
    changefreq = "daily"

    def items(self) -> QuerySet[Talk]:
        talks = Talk.objects.published().exclude(kind="break").select_related("event")
        return talks.filter(event__in=Event.objects.public(), event__shows_timetable=True).order_by("pk")

    def lastmod(self, talk: Talk) -> datetime:
        return talk.updated_at


class SpeakerPages(Sitemap):
    changefreq = "weekly"

    def items(self) -> QuerySet[Speaker]:
        given = Talk.objects.published().filter(speakers=OuterRef("pk"), event__shows_timetable=True)
        people = Speaker.objects.filter(Exists(given), event__in=Event.objects.public())
        return people.select_related("event").order_by("pk")


class SponsorPages(Sitemap):
    changefreq = "weekly"

    def items(self) -> QuerySet[Sponsor]:
        shown = Sponsor.objects.filter(event__in=Event.objects.public(), event__shows_sponsors=True)
        return shown.select_related("event").order_by("pk")


SITEMAPS = {
    "events": EventPages,
    "timetables": Timetables,
    "talks": TalkPages,
    "speakers": SpeakerPages,
    "sponsors": SponsorPages,
}
