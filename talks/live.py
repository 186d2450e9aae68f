"""What the programme says to those who follow it: groups, kinds and bodies."""

from collections.abc import Iterable
from typing import Any

from dreamkast.lib.broadcast import send_on_commit
from events.live import event_group, moment
from events.models import Event
from talks.models import Talk


def talk_group(talk_id: int) -> str:
    return f"talk.{talk_id}"


def track_group(track_id: int) -> str:
    """Those who are in the room of a track: its chat."""
    return f"track.{track_id}"


def talk_body(talk: Talk) -> dict[str, Any]:
    """A row of the programme, whole, by the names that the live document uses."""
    return {
        "talk_id": talk.pk,
        "title": talk.title,
        "lang": talk.lang,
        "speakers": talk.speaker_names,
        "starts_at": moment(talk.starts_at),
        "ends_at": moment(talk.ends_at),
        "track_id": talk.track_id,
        "is_published": talk.is_published,
        "is_cancelled": talk.is_cancelled,
        "slides_url": talk.slides_url or None,
    }


def programme_changed(event: Event, revision: int, talks: Iterable[Talk]) -> None:
    """Say what published talks are called now; called inside the transaction that changed them."""
    body = {"talks": [talk_body(talk) for talk in talks]}
    send_on_commit(event_group(event.pk), "programme.changed", revision, body)
