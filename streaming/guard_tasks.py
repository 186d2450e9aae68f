"""Ticks that watch over the bill. They ask for streams as people do, so `tasks` must not import them."""

from celery import shared_task

from streaming.services import cost_guard, sweeping
from streaming.tasks import TICK_EXPIRES


@shared_task(name="streaming.guard_tasks.sweep_streams", expires=TICK_EXPIRES)
def sweep_streams() -> None:
    if sweeping.is_worth_sweeping():
        sweeping.sweep()


@shared_task(name="streaming.guard_tasks.stop_forgotten_streams", expires=TICK_EXPIRES)
def stop_forgotten_streams() -> None:
    cost_guard.stop_forgotten_streams()
