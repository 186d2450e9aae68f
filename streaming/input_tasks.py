"""Ticks and wakes for input switches. What asks for them must not be what carries them out."""

from celery import shared_task

from streaming.services.switching import drive, due_streams

TICK_EXPIRES = 10


@shared_task(name="streaming.input_tasks.switch_inputs")
def switch_inputs(stream_id: int) -> None:
    again = drive(stream_id)
    if again is not None:
        switch_inputs.apply_async((stream_id,), countdown=again)


@shared_task(name="streaming.input_tasks.switch_all_inputs", expires=TICK_EXPIRES)
def switch_all_inputs() -> None:
    for stream_id in due_streams():
        switch_inputs.apply_async((stream_id,), expires=TICK_EXPIRES)
