"""Runs beside the site: what the demo's lists lack, so that an organizer finds a row in each."""

from events.models import Event
from tests.factories.events import AnnouncementFactory


def main() -> None:
    event = Event.objects.get(slug="demo")
    if not event.announcements.exists():
        AnnouncementFactory(event=event, text_ja="受付は一階です。", text_en="The desk is downstairs.")
