"""Two people let a do-not-stream talk on air, into an archive or an export. Every attempt is logged."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event
from streaming.console_live import console_changed
from streaming.enums import AttemptOutcome, OverrideVerb, Source
from streaming.models import AttemptLog, Override
from streaming.rules import can_override
from talks.models import Talk

# How long a request waits for the second person.
CONFIRM_WITHIN = timedelta(minutes=30)
# Confirmed, it is valid until the day of the event ends; an evening's talk must not lose it at midnight.
VALID_AT_LEAST = timedelta(hours=4)


class OverrideRefused(DomainError):
    """Nothing was changed; the attempt is logged under the code."""


class MayNotOverride(OverrideRefused):
    """Whoever asked or confirms does not direct the event (any more)."""

    code = "forbidden"


class NothingToOverride(OverrideRefused):
    """The talk is not marked do-not-stream."""

    code = "nothing_to_override"


class OpenAlready(OverrideRefused):
    """Somebody has asked for the same, or it is valid."""

    code = "open_already"


class SamePerson(OverrideRefused):
    """It takes another person than the one who asked, in whatever session."""

    code = "same_person"


class OverrideGone(OverrideRefused):
    """It was confirmed, declined or withdrawn meanwhile, or nobody confirmed it in time."""

    code = "override_gone"


def ask_override(*, talk: Talk, verb: OverrideVerb | str, reason: str, actor: User) -> Override:
    """Ask for a second person's consent. Raises OverrideRefused."""
    if not can_override(actor, talk.event):
        raise MayNotOverride
    if not talk.do_not_stream:
        raise NothingToOverride
    try:
        with transaction.atomic():
            _close_lapsed(talk, verb)
            override = Override.objects.create(
                talk=talk, verb=verb, reason=reason, asked_by=actor, expires_at=Now() + CONFIRM_WITHIN
            )
            _note(talk, verb, AttemptOutcome.ASKED, Source.CONSOLE, reason, actor)
    except IntegrityError as error:
        if Override.objects.filter(talk=talk, verb=verb, withdrawn_at=None).exists():
            raise OpenAlready from error
        raise
    override.refresh_from_db()
    return override


def confirm_override(*, override: Override, actor: User) -> None:
    """Consent as the second person. Of two who do so at once one wins. Raises OverrideRefused."""
    try:
        _check_two_people(override, actor)
        _confirm(override, actor)
    except OverrideRefused as refused:
        note_refused(
            talk=override.talk, verb=override.verb, source=Source.CONSOLE, code=refused.code, actor=actor
        )
        raise


def _check_two_people(override: Override, actor: User) -> None:
    asked_by = override.asked_by
    if not can_override(actor, override.talk.event):
        raise MayNotOverride
    if asked_by is None or not asked_by.is_active or not can_override(asked_by, override.talk.event):
        raise MayNotOverride
    if asked_by == actor:
        raise SamePerson


def _confirm(override: Override, actor: User) -> None:
    until = valid_until(override.talk.event, timezone.now())
    waiting = Override.objects.waiting().filter(pk=override.pk).exclude(asked_by=actor)
    with transaction.atomic():
        if not waiting.update(confirmed_by=actor, confirmed_at=Now(), expires_at=until):
            raise OverrideGone
        _note(override.talk, override.verb, AttemptOutcome.CONFIRMED, Source.CONSOLE, "", actor)


def valid_until(event: Event, confirmed_at: datetime) -> datetime:
    """The end of the day in the event's zone, and four hours at least."""
    midnight = confirmed_at.astimezone(event.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(midnight + timedelta(days=1), confirmed_at + VALID_AT_LEAST)


def withdraw_override(*, override: Override, actor: User) -> bool:
    """Decline a request or end a consent; anybody who directs may. False when there was nothing to end.

    What is on air stays on air: taking it off is a command of its own.
    """
    with transaction.atomic():
        still_open = Override.objects.filter(pk=override.pk, withdrawn_at=None, expires_at__gt=Now())
        if not still_open.update(withdrawn_by=actor, withdrawn_at=Now()):
            return False
        is_declined = override.confirmed_at is None and override.asked_by_id != actor.pk
        detail = "declined" if is_declined else ""
        _note(override.talk, override.verb, AttemptOutcome.WITHDRAWN, Source.CONSOLE, detail, actor)
    return True


def use_override(*, talk: Talk, verb: OverrideVerb | str, source: str, actor: User | None) -> bool:
    """Whether two people agreed; then this use is logged. Call it in the transaction that does the thing.

    The row is locked, so that of a withdrawal and a use at once one comes first.
    """
    override = Override.objects.valid().filter(talk=talk, verb=verb).select_for_update().first()
    if override is None:
        return False
    _note(talk, verb, AttemptOutcome.USED, source, "", actor)
    return True


def release_exports(*, talks: Iterable[Talk], source: str, actor: User | None) -> set[int]:
    """Which of these do-not-stream talks a file may give the video of; each use and refusal is logged."""
    return {talk.pk for talk in talks if _releases(talk, source, actor)}


def _releases(talk: Talk, source: str, actor: User | None) -> bool:
    with transaction.atomic():
        is_released = use_override(talk=talk, verb=OverrideVerb.EXPORT, source=source, actor=actor)
    if not is_released:
        note_refused(talk=talk, verb=OverrideVerb.EXPORT, source=source, actor=actor)
    return is_released


def note_refused(
    *, talk: Talk, verb: OverrideVerb | str, source: str, code: str = "do_not_stream", actor: User | None
) -> None:
    """Log what was refused, in a transaction of its own: the note must not go away with what was refused."""
    with transaction.atomic(durable=True):
        _note(talk, verb, AttemptOutcome.REFUSED, source, code, actor)


def _close_lapsed(talk: Talk, verb: OverrideVerb | str) -> None:
    lapsed = Override.objects.filter(talk=talk, verb=verb, withdrawn_at=None, expires_at__lte=Now())
    lapsed.update(withdrawn_at=F("expires_at"))


def _note(
    talk: Talk,
    verb: OverrideVerb | str,
    outcome: AttemptOutcome,
    source: str,
    detail: str,
    actor: User | None,
) -> None:
    AttemptLog.objects.create(
        talk=talk, verb=verb, outcome=outcome, source=source, detail=detail, actor=actor
    )
    console_changed(talk.event, talk.track_id)
