"""The steps of an event's life: each is one verb of events.states, taken by one person at a time."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from events.errors import StepRefused
from events.models import Event, LifeChange, Registration
from events.services.revision import recheck_access, touch
from events.states import CONSEQUENCES, STATUS_STEPS, STEPS, Verb


def take_step(*, event: Event, verb: Verb, actor: User | None) -> None:
    """Take the step, log it and tell the open pages; of two people who take it at once, one is refused."""
    with transaction.atomic():
        if not _change(event, verb, actor):
            raise StepRefused(STEPS[verb].name)
        for consequence in CONSEQUENCES.get(verb, []):
            _change(event, consequence, actor)
        if verb in STATUS_STEPS:
            recheck_access(event)
        touch(event)
    event.refresh_from_db()


def _change(event: Event, verb: Verb, actor: User | None) -> bool:
    step = STEPS[verb]
    if not _startable(event, verb).update(**{step.name: step.after}, updated_at=Now()):
        return False
    LifeChange.objects.create(
        event=event, verb=verb, before=str(step.before), after=str(step.after), actor=actor
    )
    return True


def _startable(event: Event, verb: Verb) -> QuerySet[Event]:
    """The event's row, while the step starts from it."""
    step = STEPS[verb]
    rows = Event.objects.filter(pk=event.pk, status__in=step.within).filter(**{step.name: step.before})
    if verb is Verb.TAKE_BACK:
        # Whoever is registered has seen the event; it does not vanish under them.
        rows = rows.exclude(Exists(Registration.objects.filter(event=OuterRef("pk"))))
    return rows
