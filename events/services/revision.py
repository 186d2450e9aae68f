"""The two counters that tell viewers that something changed."""

from django.db.models import F

from events.models import Event, LiveCounter


def touch(event: Event) -> int:
    """Raise the live document's revision by one and return it.

    The last write of a transaction: the row stays locked until it commits, so revisions come out in order.
    """
    return _raise(event, "revision")


def recheck_access(event: Event) -> int:
    """Make every web process ask again who may watch; sockets of those who may not are closed."""
    return _raise(event, "access")


def _raise(event: Event, field: str) -> int:
    counter = LiveCounter.objects.filter(event=event)
    if not counter.update(**{field: F(field) + 1}):
        LiveCounter.objects.get_or_create(event=event)
        counter.update(**{field: F(field) + 1})
    value: int = counter.values_list(field, flat=True).get()
    return value
