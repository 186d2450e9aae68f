"""Run tests on PostgreSQL and Redis: `python -m pytest -p tests.services.on_postgres tests/events`.

Settings read the environment once, before any conftest, so this is a plug-in that starts first.
"""

import os
import tempfile
from pathlib import Path

from tests.services.postgres import Postgres
from tests.services.redis_server import RedisServer

_logs = Path(tempfile.mkdtemp(prefix="dreamkast-logs-"))
_services = (Postgres(_logs), RedisServer(_logs))
for _service in _services:
    _service.start()
os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = _services[0].url(), _services[1].url


def pytest_unconfigure():
    for service in _services:
        service.stop()
