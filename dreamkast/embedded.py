"""Without Redis the server process itself runs a Celery worker and beat, as threads over `memory://`.

One process must then do all: a second one shares nothing with it. With REDIS_URL nothing of this runs, and
`celery -A dreamkast worker` and `beat` are processes of their own.
"""

import logging
import threading
from dataclasses import dataclass
from typing import Any

from celery import signals
from celery.beat import EmbeddedService, Scheduler

from dreamkast.celery import app
from streaming.services.reconcile import resume_local_streams

# Ticks come every other second: at INFO each of them would write several lines.
TALKATIVE = ["celery.app.trace", "celery.beat", "celery.worker.consumer", "celery.worker.strategy"]
STOP_SECONDS = 5


@dataclass(frozen=True)
class Background:
    worker: Any
    thread: threading.Thread
    beat: Any


_running: Background | None = None


def start() -> None:
    """Begin to work; called once, when the server starts."""
    global _running
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    resume_local_streams()
    worker = _worker()
    thread = threading.Thread(target=worker.start, name="celery-worker", daemon=True)
    # The schedule stays in memory: no file appears in the project.
    beat: Any = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
    _running = Background(worker, thread, beat)
    thread.start()
    beat.start()


def stop() -> None:
    """Let running tasks end; what was still waiting is found by the ticks of the next start."""
    global _running
    if _running is None:
        return
    running, _running = _running, None
    running.beat.stop()
    running.worker.stop()
    running.thread.join(STOP_SECONDS)


def _worker() -> Any:
    """Not the command line's worker: that one installs signal handlers, which only the main thread may."""
    worker = app.WorkController(
        pool_cls="threads",
        concurrency=4,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    # The command line's worker says this by itself; it makes tasks close their database connections.
    signals.worker_init.send(sender=worker, instance=worker, conf=app.conf)
    return worker
