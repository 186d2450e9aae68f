import json
import sys

import psycopg
import pytest

from tests.deploy.environments import manage, production, run
from tests.services.site import CALL


@pytest.fixture(scope="session")
def template(tmp_path_factory, postgres) -> str:
    """The name of a database that is migrated and holds one event with two tracks; nobody connects to it."""
    env = production(tmp_path_factory.mktemp("template"), DATABASE_URL=postgres.create_database("template"))
    done = manage(env, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert tracks(env, make=2) == 2
    return "template"


@pytest.fixture
def migrated(tmp_path, postgres, redis_server, template):
    """The environment of a production site on a copy of the template."""
    name = f"deploy-{tmp_path.name}"[:60]
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return production(tmp_path, DATABASE_URL=postgres.url(name), REDIS_URL=redis_server.url)


def tracks(env: dict[str, str], make: int = 0) -> int:
    done = run([sys.executable, "-c", CALL, "tests.deploy.hall", json.dumps({"tracks": make})], env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
