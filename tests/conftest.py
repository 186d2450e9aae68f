"""Real services for whoever asks; the quick suite asks for none of them."""

from pathlib import Path

import pytest
from django.utils import translation

from events.page_cache import known_revisions, ready_pages
from tests.honesty import (
    pytest_deselected,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.services.moto_server import MotoServer
from tests.services.postgres import Postgres
from tests.services.process import Process
from tests.services.redis_server import RedisServer
from tests.services.site import Site
from tests.services.tcp_proxy import TcpProxy
from tests.sign_in import come_in_whole

__all__ = [
    "come_in_whole",
    "pytest_deselected",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the end of what each living process wrote."""
    report = yield
    if report.failed:
        report.sections += [(f"log of {process.name}", process.tail()) for process in Process.alive]
    return report


@pytest.fixture(autouse=True)
def _nothing_kept_ready():
    """A process keeps pages between requests, a thread its language; a test begins with neither."""
    ready_pages.forget()
    known_revisions.forget()
    translation.deactivate()


@pytest.fixture(scope="session")
def logs(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def postgres(logs):
    server = Postgres(logs)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server(logs):
    server = RedisServer(logs)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_redis(logs):
    """A Redis for one test, which may kill it."""
    server = RedisServer(logs)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def moto_server(logs):
    server = MotoServer(logs)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory, postgres, redis_server):
    """PostgreSQL, Redis, worker, beat and web server, with the demo conference in the database."""
    site = Site(tmp_path_factory.mktemp("site"), postgres.create_database("site"), redis_server)
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def proxied(site):
    """The site through a line that a test can cut: a TcpProxy in front of its web server."""
    proxy = TcpProxy(site.web.port)
    yield proxy
    proxy.close()
