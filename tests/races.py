"""Several threads, each with a connection of its own, doing the same at the same time."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection


def at_once(call: Callable[[], Any], times: int) -> list[Any]:
    results: list[Any] = []
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        results.append(_patiently(call))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _patiently(call: Callable[[], Any]) -> Any:
    """SQLite in memory answers "table is locked" at once, where a file or PostgreSQL waits."""
    while True:
        try:
            return call()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
