"""The table of what a stream has in the cloud: intents before the calls, facts after the looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from events.models import Event
from streaming.enums import GatewayName, Part
from streaming.media.gateway import SHARED, GatewayError, GatewayTransient, Look, StreamSpec
from streaming.models import EventMedia, MediaResource, Stream
from streaming.networks import networks_in
from streaming.states import Desired, Observed, Seen


@dataclass(frozen=True)
class ResourceJournal:
    """One run's journal (see streaming.media.gateway.Journal). `hold` raises when the run lost its lease."""

    stream: Stream
    spec: StreamSpec
    hold: Callable[[], None]

    @contextmanager
    def asking(
        self, part: Part, *, name: str, token: str = "", is_repeatable: bool = True
    ) -> Iterator[Callable[[str], None]]:
        self.hold()
        row = self._intend(part, {"name": name, "token": token}, is_repeatable)
        try:
            yield lambda external_id: self._write_down(row, external_id)
        except GatewayError as error:
            if error.is_sure:
                row.update(asked_at=None)
            raise

    def _intend(self, part: Part, facts: dict[str, str], is_repeatable: bool) -> Any:
        """The row, claimed by the count of changed rows: what has no token is asked once in a while."""
        key = {"owner": self.spec.owner(part), "part": part}
        stream = None if part in SHARED else self.stream
        MediaResource.objects.get_or_create(**key, defaults={"name": facts["name"], "stream": stream})
        row = MediaResource.objects.filter(**key)
        settled = Now() - timedelta(seconds=settings.STREAM_SETTLE_SECONDS)
        free = row if is_repeatable else row.filter(Q(asked_at=None) | Q(asked_at__lt=settled))
        if not free.update(asked_at=Now(), generation=self.stream.generation, **facts):
            raise GatewayTransient("It was asked for a moment ago and does not show yet.")
        return row

    def _write_down(self, row: Any, external_id: str) -> None:
        row.update(external_id=external_id)


def with_resources(spec: StreamSpec, stream: Stream) -> StreamSpec:
    """The spec with what the tables know: ids, rounds, who may push, and whether others share."""
    spec = replace(spec, **_encoders(stream.track.event))
    rows = list(MediaResource.objects.filter(owner__in={spec.owner(part) for part in Part}))
    return replace(
        spec,
        ids={Part(row.part): row.external_id for row in rows if row.external_id},
        rounds={Part(row.part): row.round for row in rows},
        traces=frozenset(Part(row.part) for row in rows if row.external_id or row.asked_at),
        is_last=not _others(stream).exists(),
    )


def seen_parts(spec: StreamSpec, stream: Stream) -> list[tuple[Any, ...]]:
    """How each of its parts was seen last."""
    rows = MediaResource.objects.filter(owner__in={spec.owner(part) for part in Part})
    rows = rows if stream.gateway == GatewayName.MEDIALIVE else rows.filter(stream=stream)
    return list(rows.order_by("owner", "part").values_list("owner", "part", "seen", "external_id"))


def note_pieces(spec: StreamSpec, stream: Stream, look: Look) -> None:
    """Write down what a look found. What was there and surely is gone gets a new round."""
    for piece in look.pieces:
        there = {"external_id": piece.external_id, "seen": piece.seen, "seen_at": Now(), "gone_at": None}
        own = {"name": spec.name, "stream": None if piece.part in SHARED else stream}
        key = {"owner": spec.owner(piece.part), "part": piece.part}
        MediaResource.objects.get_or_create(**key, defaults=own)
        MediaResource.objects.filter(**key).update(
            **there, asked_at=None, made_at=Coalesce(F("made_at"), Now())
        )
    missing = set(Part) - {piece.part for piece in look.pieces}
    # Who uses none of what is shared has not looked for it.
    for part in missing if stream.gateway == GatewayName.MEDIALIVE else missing - SHARED:
        _note_gone(spec.owner(part), part)


def _note_gone(owner: str, part: Part) -> None:
    there = MediaResource.objects.filter(owner=owner, part=part, made_at__isnull=False)
    there.update(
        seen=Seen.ABSENT,
        external_id="",
        seen_at=Now(),
        gone_at=Now(),
        made_at=None,
        asked_at=None,
        round=F("round") + 1,
    )


def _encoders(event: Event) -> dict[str, Any]:
    media = EventMedia.objects.filter(event=event).first()
    own = networks_in(media.encoders) if media else ()
    return {"encoders": own or tuple(settings.ENCODER_ADDRESSES), "has_own_encoders": bool(own)}


def _others(stream: Stream) -> Any:
    """Streams that use, or may still use, what the environment shares."""
    others = Stream.objects.filter(gateway=GatewayName.MEDIALIVE, generation__gt=0).exclude(pk=stream.pk)
    return others.exclude(desired=Desired.ABSENT, observed=Observed.ABSENT)
