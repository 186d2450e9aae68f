"""What people want of a recording: cut it, correct its edges, drop it, publish it, take it down.

The wish is a row; services.cutting carries it out. `round` is the one that the person saw: of two people at
once one wins.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from streaming.archive_tasks import cut_recording
from streaming.enums import OverrideVerb, RecordingState
from streaming.models import Recording
from streaming.models.recording import CUTTING
from streaming.recording_errors import (
    BadEdges,
    CutForbidden,
    CutUnderWay,
    EdgesChangedMeanwhile,
    NoArchiveAddress,
    NotCut,
    TalkNotPublished,
)
from streaming.selectors.overrides import is_forbidden
from streaming.services.overrides import note_refused, use_override
from talks.models import Talk
from talks.services import videos

LONGEST = timedelta(hours=12)


def request_cut(*, recording: Recording, round: int, actor: User) -> None:
    """Have it cut between its edges, as a new round. Raises RecordingRefused.

    A refusal of a do-not-stream talk is logged: not to be called within a transaction.
    """
    try:
        with transaction.atomic():
            _check_marks(recording, actor)
            _change(
                recording,
                round,
                round=F("round") + 1,
                state=RecordingState.WANTED,
                is_open=True,
                job="",
                attempts=0,
                error="",
                fault="",
                request_id="",
                look_at=Now(),
                asked_by=actor,
            )
            transaction.on_commit(_wake(recording.pk), robust=True)
    except CutForbidden:
        if recording.talk.do_not_stream:
            note_refused(talk=recording.talk, verb=OverrideVerb.HARVEST, source="console", actor=actor)
        raise


def correct_edges(
    *, recording: Recording, round: int, starts_at: datetime, ends_at: datetime, actor: User
) -> None:
    """Move the edges; what is cut already stays until it is cut again. Raises RecordingRefused."""
    is_sane = timedelta() < ends_at - starts_at <= LONGEST and ends_at <= timezone.now()
    if not is_sane:
        raise BadEdges
    _change(recording, round, starts_at=starts_at, ends_at=ends_at, asked_by=actor)


def drop_recording(*, recording: Recording, round: int, actor: User) -> None:
    """It is not wanted: a job under way is cancelled, and a published video is taken down."""
    with transaction.atomic():
        rows = Recording.objects.filter(pk=recording.pk, round=round)
        if not rows.update(
            state=RecordingState.DROPPED, attempts=0, look_at=Now(), asked_by=actor, published_path=""
        ):
            raise EdgesChangedMeanwhile
        videos.take_down_video(talk=recording.talk, actor=actor)
        transaction.on_commit(_wake(recording.pk), robust=True)
    recording.refresh_from_db()


def publish_recording(*, recording: Recording, round: int, actor: User) -> None:
    """Show the finished cut on the talk's page. Raises RecordingRefused."""
    if not settings.ARCHIVE_URL:
        raise NoArchiveAddress
    try:
        with transaction.atomic():
            _check_marks(recording, actor)
            recording.refresh_from_db()
            if recording.state != RecordingState.DONE or not recording.cut_path:
                raise NotCut
            _change(recording, round, published_path=recording.cut_path)
            videos.publish_video(
                talk=recording.talk,
                url=address_of(recording.cut_path),
                seconds=_seconds(recording),
                actor=actor,
            )
    except videos.MustNotBeRecorded as refused:
        raise CutForbidden from refused
    except videos.NotOnThePage as refused:
        raise TalkNotPublished from refused


def take_down_recording(*, recording: Recording, round: int, actor: User) -> None:
    """Off the talk's page; the cut itself stays."""
    with transaction.atomic():
        Recording.objects.filter(pk=recording.pk).update(published_path="")
        videos.take_down_video(talk=recording.talk, actor=actor)
    recording.refresh_from_db()


def address_of(path: str) -> str:
    """Where viewers find what lies at `path` in the bucket; empty when nobody has said where that is."""
    return f"{settings.ARCHIVE_URL.rstrip('/')}/{path}" if settings.ARCHIVE_URL and path else ""


def _check_marks(recording: Recording, actor: User) -> None:
    """Inside a transaction: whoever uses a consent is logged together with what is done."""
    talk = Talk.objects.get(pk=recording.talk_id)
    if talk.do_not_record:
        raise CutForbidden
    if talk.do_not_stream and (
        is_forbidden(talk, OverrideVerb.HARVEST)
        or not use_override(talk=talk, verb=OverrideVerb.HARVEST, source="console", actor=actor)
    ):
        raise CutForbidden


def _change(recording: Recording, seen_round: int, /, **fields: Any) -> None:
    """A condition and the write in one statement; nothing changes while a job is at work."""
    rows = Recording.objects.filter(pk=recording.pk, round=seen_round)
    if not rows.exclude(state__in=CUTTING).exclude(is_open=True).update(**fields):
        recording.refresh_from_db()
        raise EdgesChangedMeanwhile if recording.round != seen_round else CutUnderWay
    recording.refresh_from_db()


def _seconds(recording: Recording) -> int | None:
    if recording.cut_start is None or recording.cut_end is None:
        return None
    return int((recording.cut_end - recording.cut_start).total_seconds())


def _wake(recording_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def wake() -> None:
        cut_recording.delay(recording_id)

    return wake
