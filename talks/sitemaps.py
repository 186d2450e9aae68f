"""What search machines may read: the public pages of public events, and nothing that a switch hides."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from events.models import Event
from talks.models import Talk


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


SITEMAPS = {"events": EventPages, "timetables": Timetables, "talks": TalkPages}
