"""The history of one object: what the admin's forms wrote down, and what our own logs have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise as StrPromise

MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    at: datetime
    who: Any
    text: str


Source = Callable[[Any], Iterable[Line]]
_sources: dict[type[Model], list[Source]] = {}
_notes: dict[str, StrPromise] = {}


def add_notes(**notes: StrPromise) -> None:
    """What actions write into Django's log: the key is stored, the words are the reader's."""
    _notes.update(notes)


def add_history(model: type[Model]) -> Callable[[Source], Source]:
    """For a log that knows of a model's objects. Usable by the apps above, for models below too."""

    def add(source: Source) -> Source:
        _sources.setdefault(model, []).append(source)
        return source

    return add


def history_of(thing: Model) -> list[Line]:
    """Newest first; each source is one query."""
    lines = [*_entries(thing), *(line for source in _sources.get(type(thing), []) for line in source(thing))]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_LINES]


def note(request: HttpRequest, thing: Model, key: str) -> None:
    """Write down who did what to an object by an action: one that add_notes knows."""
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        object_repr=str(thing)[:200],
        action_flag=CHANGE,
        change_message=key,
    )


def _entries(thing: Model) -> Iterable[Line]:
    kind = ContentType.objects.get_for_model(thing)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(thing.pk)).select_related("user")
    for entry in entries.order_by("-action_time")[:MOST_LINES]:
        known = _notes.get(entry.change_message)
        yield Line(entry.action_time, entry.user, str(known or entry.get_change_message()))


class TellsHistory:
    """For an admin of rows that belong to no event; those of events have the event's zone as well."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        thing = self.get_object(request, object_id)  # type: ignore[attr-defined]
        extra = {"lines": history_of(thing) if thing else [], **(extra_context or {})}
        response: HttpResponse = super().history_view(request, object_id, extra)  # type: ignore[misc]
        return response
