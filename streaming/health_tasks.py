"""The tick that asks how running pictures are. A lost message costs one look: the next tick asks again."""

from datetime import datetime

from celery import shared_task

from streaming.services import health

# An answer to an old question is worth nothing.
LOOK_EXPIRES = 5


@shared_task(name="streaming.health_tasks.look_at_pictures", expires=LOOK_EXPIRES)
def look_at_pictures() -> None:
    for stream_id, asked_at in health.claim_looks():
        look_at_picture.apply_async((stream_id, asked_at.isoformat()), expires=LOOK_EXPIRES)


@shared_task(name="streaming.health_tasks.look_at_picture", expires=LOOK_EXPIRES)
def look_at_picture(stream_id: int, asked_at: str) -> None:
    health.look(stream_id, datetime.fromisoformat(asked_at))
