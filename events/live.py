"""What an event says to everybody who watches: groups, kinds and bodies."""

from datetime import UTC
from typing import Any

from dreamkast.lib.broadcast import send_on_commit
from events.models import Announcement, Event


def event_group(event_id: int) -> str:
    return f"event.{event_id}"


def moment(value: Any) -> str | None:
    """A time as the wire writes it: UTC with milliseconds."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def announcement_body(announcement: Announcement | None) -> dict[str, Any] | None:
    if announcement is None:
        return None
    return {
        "id": announcement.pk,
        "level": announcement.level,
        "audience": announcement.audience,
        "track_id": announcement.track_id,
        "text": {"ja": announcement.text_ja, "en": announcement.text_en or announcement.text_ja},
        "published_at": moment(announcement.published_at),
    }


def announcement_changed(event: Event, revision: int, announcement: Announcement | None) -> None:
    send_on_commit(event_group(event.pk), "announcement.changed", revision, announcement_body(announcement))
