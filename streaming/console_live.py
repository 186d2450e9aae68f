"""What staff alone hear: the control room's own group. Nothing of it enters the viewers' frames."""

from dreamkast.lib.broadcast import send_on_commit
from events.models import Event


def console_group(event_id: int) -> str:
    return f"console.{event_id}"


def console_changed(event: Event, track_id: int | None = None) -> None:
    """Make every open control room ask for the state again; called inside the transaction that changed it."""
    send_on_commit(console_group(event.pk), "console.changed", None, {"track_id": track_id})
