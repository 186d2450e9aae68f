"""What runs beside the requests. A message only makes it sooner: the ticks find everything in the tables."""

from celery import shared_task

from events.models import Event
from streaming.services import automation, on_air
from streaming.services.reconcile import due_streams, reconcile

# What a stuck worker did not take in time, the next tick asks again: nothing piles up.
TICK_EXPIRES = 10


@shared_task(name="streaming.tasks.reconcile_stream")
def reconcile_stream(stream_id: int) -> None:
    again = reconcile(stream_id)
    if again is not None:
        reconcile_stream.apply_async((stream_id,), countdown=again)


@shared_task(name="streaming.tasks.reconcile_streams", expires=TICK_EXPIRES)
def reconcile_streams() -> None:
    for stream_id in due_streams():
        reconcile_stream.apply_async((stream_id,), expires=TICK_EXPIRES)


@shared_task(name="streaming.tasks.run_automation", expires=TICK_EXPIRES)
def run_automation() -> None:
    for event in Event.objects.opened().filter(tracks__automation__is_armed=True).distinct():
        automation.run_due(event)


@shared_task(name="streaming.tasks.store_next_talks", expires=TICK_EXPIRES)
def store_next_talks() -> None:
    for event in Event.objects.opened():
        on_air.store_next_talks(event)
