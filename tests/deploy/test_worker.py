"""What gunicorn is told, and what uvicorn is told by it."""

import runpy

from deploy.worker import Worker
from dreamkast.lib.serve import OPTIONS
from tests.deploy.environments import DEPLOY

GUNICORN = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))


def test_production_serves_with_the_very_options_of_the_demo():
    assert Worker.CONFIG_KWARGS is OPTIONS
    assert GUNICORN["worker_class"] == f"{Worker.__module__}.{Worker.__name__}"


def test_a_worker_is_through_before_gunicorn_kills_it():
    assert OPTIONS["timeout_graceful_shutdown"] < GUNICORN["graceful_timeout"] / 2


def test_no_worker_is_replaced_under_its_viewers():
    assert GUNICORN["max_requests"] == 0
