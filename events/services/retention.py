"""Personal data of an event's attendees goes when its time is up; the picture of the numbers stays."""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from events.enums import Attendance, EventStatus
from events.models import Event, JoinLink, Places, Registration, RegistrationCount, RoleInvitation
from events.selectors import kept_until
from events.services.places import lock_places
from events.services.revision import recheck_access

logger = logging.getLogger(__name__)
OVER = {EventStatus.CLOSED, EventStatus.ARCHIVED}
# SQLite takes so many values in one statement.
BATCH = 500


def forget_ended(now: datetime) -> int:
    """Forget the attendees of each event whose time is up; how many events had any. Safe to run twice."""
    over = Event.objects.filter(status__in=OVER).order_by("pk")
    return sum(forget_event(event=event) for event in over if _is_due(event, now))


def forget_event(*, event: Event) -> bool:
    """Registrations with all that hangs on them, join links, invitations, what the other apps keep."""
    with transaction.atomic():
        lock_places(event)
        count = _forget_registrations(event)
        links, _by_model = JoinLink.objects.filter(event=event).delete()
        invitations, _by_model = RoleInvitation.objects.filter(event=event).delete()
        chosen = sum(forget(event) for forget in _higher_apps())
        if not count + links + invitations + chosen:
            return False
        recheck_access(event)
    logger.info("Event %s: personal data of %d registrations deleted.", event.slug, count)
    return True


def _higher_apps() -> list[Callable[[Event], int]]:
    """`forget` of the modules of PERSONAL_DATA that have one; it says how many rows went."""
    modules = [import_module(name) for name in settings.PERSONAL_DATA]
    return [module.forget for module in modules if hasattr(module, "forget")]


def _is_due(event: Event, now: datetime) -> bool:
    last = kept_until(event)
    return last is not None and now.astimezone(event.zone).date() > last


def _forget_registrations(event: Event) -> int:
    rows = Registration.objects.filter(event=event)
    count = rows.count()
    if count:
        _keep_counts(event)
        _forget_history(rows)
        rows.delete()
    Places.objects.filter(event=event).update(taken=0)
    return count


def _keep_counts(event: Event) -> None:
    """Added to what is there: somebody may have registered after an earlier run."""
    on_site = Q(attendance=Attendance.ON_SITE)
    by_day = (
        Registration.objects.filter(event=event)
        .order_by()
        .values(day=TruncDate("created_at", tzinfo=event.zone))
    )
    for row in by_day.annotate(here=Count("pk", filter=on_site), there=Count("pk", filter=~on_site)):
        RegistrationCount.objects.get_or_create(event=event, date=row["day"])
        RegistrationCount.objects.filter(event=event, date=row["day"]).update(
            on_site=F("on_site") + row["here"], online=F("online") + row["there"]
        )


def _forget_history(rows: QuerySet[Registration]) -> None:
    """The admin's history writes a row's title down, which is the person's name."""
    kind = ContentType.objects.get_for_model(Registration)
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    for start in range(0, len(keys), BATCH):
        about = LogEntry.objects.filter(content_type=kind, object_id__in=keys[start : start + BATCH])
        about.update(object_repr="–")
