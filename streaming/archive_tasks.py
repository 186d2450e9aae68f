"""Ticks that propose and cut recordings. What asks for a cut must not be what carries it out."""

from celery import shared_task

from streaming.services import cutting, proposing

TICK_EXPIRES = 10


@shared_task(name="streaming.archive_tasks.propose_recordings", expires=TICK_EXPIRES)
def propose_recordings() -> None:
    proposing.propose_recordings()


@shared_task(name="streaming.archive_tasks.cut_recordings", expires=TICK_EXPIRES)
def cut_recordings() -> None:
    for recording_id in cutting.due_recordings():
        cut_recording.apply_async((recording_id,), expires=TICK_EXPIRES)


@shared_task(name="streaming.archive_tasks.cut_recording")
def cut_recording(recording_id: int) -> None:
    cutting.drive(recording_id)
