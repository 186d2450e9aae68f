"""Who looks after a track, and who is locked out of it. Leases count by the database's clock."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from events.models import Track
from streaming import console_live
from streaming.enums import DutyStep
from streaming.errors import TrackLocked
from streaming.models import Duty, DutyLog
from talks.models import Talk

LEASE = timedelta(seconds=60)


def locked_out(*, track: Track, actor: User | None) -> Duty | None:
    """The lock of somebody else that keeps `actor` from commanding the track, if there is one now."""
    locks = Duty.objects.filter(track=track, locked_until__gt=Now()).select_related("person")
    return locks.exclude(person=actor).first() if actor else locks.first()


def go_on_duty(*, track: Track, actor: User) -> None:
    """Look after the track from now on; whoever did so before is relieved, unless they hold a lock."""
    with transaction.atomic():
        duty = _duty(track)
        if duty.person_id != actor.pk:
            _hold(track, actor, person=actor, locked_until=None)
            _record(duty, DutyStep.ON_DUTY, actor)


def leave_duty(*, track: Track, actor: User) -> None:
    """Give the track back; nothing happens when somebody else looks after it."""
    with transaction.atomic():
        duty = _duty(track)
        if Duty.objects.filter(track=track, person=actor).update(person=None, locked_until=None):
            _record(duty, DutyStep.OFF_DUTY, actor)


def write_note(*, track: Track, note: str, actor: User) -> None:
    """Leave a line for whoever comes next. Anybody who may direct may write it, locked or not."""
    with transaction.atomic():
        if _duty(track).note != note:
            Duty.objects.filter(track=track).update(note=note)
            console_live.console_changed(track.event, track.pk)


def lock_track(*, track: Track, actor: User) -> None:
    """Keep everybody else from commanding the track for as long as the lease is renewed."""
    with transaction.atomic():
        duty = _duty(track)
        _hold(track, actor, person=actor, locked_until=Now() + LEASE)
        _record(duty, DutyStep.LOCKED, actor)


def renew_lock(*, track: Track, actor: User) -> bool:
    """Lengthen one's own lock. A lapsed one comes back as long as nobody took the track meanwhile."""
    own = Duty.objects.filter(track=track, person=actor, locked_until__isnull=False)
    return bool(own.update(locked_until=Now() + LEASE))


def unlock_track(*, track: Track, actor: User) -> None:
    """Let the others command the track again, and stay on duty."""
    with transaction.atomic():
        duty = _duty(track)
        own = Duty.objects.filter(track=track, person=actor, locked_until__isnull=False)
        if own.update(locked_until=None):
            _record(duty, DutyStep.UNLOCKED, actor)


def take_over_lock(*, track: Track, reason: str = "", actor: User) -> None:
    """Take the track from whoever holds it; the log keeps from whom, and why."""
    with transaction.atomic():
        duty = _duty(track)
        Duty.objects.filter(track=track).update(person=actor, locked_until=Now() + LEASE)
        _record(duty, DutyStep.TAKEN_OVER, actor, reason)


def note_speakers(*, track: Track, talk: Talk, are_here: bool, actor: User) -> None:
    """Say that somebody has seen the speakers of a talk, or take it back. The log is what is known of it."""
    step = DutyStep.SPEAKER_HERE if are_here else DutyStep.SPEAKER_AWAY
    with transaction.atomic():
        DutyLog.objects.create(track=track, talk=talk, step=step, actor=actor)
        console_live.console_changed(track.event, track.pk)


def _duty(track: Track) -> Duty:
    return Duty.objects.get_or_create(track=track)[0]


def _hold(track: Track, actor: User, **values: object) -> None:
    """Write the duty unless another person's lock is in force at this moment."""
    free = Q(locked_until__isnull=True) | Q(locked_until__lte=Now()) | Q(person=actor)
    if not Duty.objects.filter(free, track=track).update(**values):
        raise TrackLocked(Duty.objects.select_related("person").get(track=track))


def _record(before: Duty, step: DutyStep, actor: User, reason: str = "") -> None:
    DutyLog.objects.create(
        track=before.track, step=step, previous_id=before.person_id, actor=actor, reason=reason
    )
    console_live.console_changed(before.track.event, before.track_id)
