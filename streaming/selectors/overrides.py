"""Which do-not-stream talks two people have let through, and who tried what with them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from events.live import moment
from events.models import Event
from streaming.enums import OverrideVerb
from streaming.models import AttemptLog, Override
from talks.models import Talk

ATTEMPTS = 60


def is_overridden(talk: Talk, verb: OverrideVerb | str) -> bool:
    """Whether two people have agreed to it, and it still holds."""
    return Override.objects.valid().filter(talk=talk, verb=verb).exists()


def is_forbidden(talk: Talk, verb: OverrideVerb | str) -> bool:
    """Whether the mark do-not-stream stands in the way, with nobody having overridden it."""
    return talk.do_not_stream and not is_overridden(talk, verb)


def overridden_talks(talks: Iterable[Talk], verb: OverrideVerb | str) -> set[int]:
    """Those of `talks` that two people have let through; one query."""
    own = Override.objects.valid().filter(talk__in=[talk.pk for talk in talks], verb=verb)
    return set(own.values_list("talk_id", flat=True))


class TalkOverrides:
    """What the control room shows of an event's do-not-stream talks, in two queries."""

    def __init__(self, event: Event) -> None:
        marked = {"talk__event": event, "talk__do_not_stream": True}
        rows = (Override.objects.waiting() | Override.objects.valid()).filter(**marked)
        self._open = list(rows.select_related("talk", "asked_by", "confirmed_by").order_by("asked_at", "pk"))
        log = AttemptLog.objects.filter(talk__event=event).select_related("actor")
        self._attempts = list(log[:ATTEMPTS])
        self.aired = {row.talk_id for row in self._open if row.confirmed_at and row.verb == OverrideVerb.AIR}

    def of(self, talks: Iterable[Talk]) -> dict[str, Any]:
        """What concerns one track's talks."""
        own = {talk.pk for talk in talks}
        return {
            "open": [_override(row) for row in self._open if row.talk_id in own],
            "attempts": [_attempt(row) for row in self._attempts if row.talk_id in own],
        }


def _override(row: Override) -> dict[str, Any]:
    return {
        "id": row.pk,
        "talk_id": row.talk_id,
        "title": row.talk.title,
        "lang": row.talk.lang,
        "verb": row.verb,
        "reason": row.reason,
        "asked_by": {"id": row.asked_by_id, "name": _name(row.asked_by)},
        "asked_at": moment(row.asked_at),
        "is_valid": row.confirmed_at is not None,
        "confirmed_by": _name(row.confirmed_by),
        "expires_at": moment(row.expires_at),
    }


def _attempt(row: AttemptLog) -> dict[str, Any]:
    return {
        "id": row.pk,
        "talk_id": row.talk_id,
        "verb": row.verb,
        "outcome": row.outcome,
        "who": _name(row.actor),
        "source": row.source,
        "detail": row.detail,
        "at": moment(row.at),
    }


def _name(person: AbstractBaseUser | None) -> str | None:
    return getattr(person, "display_name", None)
