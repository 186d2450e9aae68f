"""Notes in the picture, and what viewers saw. Apart from tasks.py: the service of commands names one."""

from celery import shared_task

from streaming.services import picture_marks, sightings

TICK_EXPIRES = 10


@shared_task(name="streaming.mark_tasks.write_mark", expires=TICK_EXPIRES)
def write_mark(times_id: int) -> None:
    again = picture_marks.write_mark(times_id)
    if again is not None:
        write_mark.apply_async((times_id,), countdown=again)


@shared_task(name="streaming.mark_tasks.drive_marks", expires=TICK_EXPIRES)
def drive_marks() -> None:
    for times_id in picture_marks.due_marks():
        write_mark.delay(times_id)


@shared_task(name="streaming.mark_tasks.tell_sightings", expires=TICK_EXPIRES)
def tell_sightings() -> None:
    sightings.tell_consoles()
