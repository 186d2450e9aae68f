"""Beside a running site: an event whose doors are closed, and the moment they open."""

from django.db import transaction

from events.enums import EventStatus
from events.models import Event
from events.services.revision import touch
from streaming.services.on_air import ensure_on_air
from tests.factories.events import EventFactory, TrackFactory
from tests.factories.talks import TalkFactory


def main(slug: str, step: str) -> None:
    {"build": build, "open": open_doors}[step](slug)


@transaction.atomic
def build(slug: str) -> None:
    Event.objects.filter(slug=slug).delete()
    track = TrackFactory(event=EventFactory(slug=slug, status=EventStatus.ANNOUNCED), name="A")
    row = ensure_on_air(track)
    row.talk, row.card = TalkFactory(event=track.event, track=track), ""
    row.save()


@transaction.atomic
def open_doors(slug: str) -> None:
    event = Event.objects.get(slug=slug)
    event.status = EventStatus.OPENED
    event.save()
    touch(event)
