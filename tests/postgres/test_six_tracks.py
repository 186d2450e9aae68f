"""Six tracks from nothing to nothing, with real workers, PostgreSQL and Redis, which all die in between."""

import time
from uuid import uuid4

import psycopg
import pytest
import redis

from tests.services.aws.peer import AwsPeer
from tests.services.background import Worker
from tests.services.postgres import Postgres
from tests.services.redis_server import RedisServer
from tests.services.site import Site
from tests.services.waiting import until

SIX = {"picture": 6, "key": 6, "package": 6, "endpoint": 12, "input": 6, "encoder": 6, "group": 1, "fence": 1}
# With an id of the cloud: of each track a picture, a package, two endpoints, an input and an encoder.
RECORDED = 6 * 6 + 2


@pytest.fixture
def peer():
    """As slow as the real one, in proportion: a change takes a second and shows in lists a moment later."""
    peer = AwsPeer()
    peer.cloud.seconds, peer.cloud.list_lag, peer.throttled = 1.0, 0.3, 0.05
    peer.start()
    yield peer
    peer.stop()
    assert peer.faults == []


@pytest.fixture
def own_postgres(logs):
    server = Postgres(logs)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def hall(tmp_path, own_postgres, own_redis, peer):
    hall = Hall(tmp_path, own_postgres, own_redis, peer)
    yield hall
    hall.close()


class Hall:
    """Two workers and beat over a database and a Redis of their own, with the peer for a cloud."""

    def __init__(self, folder, postgres: Postgres, redis_server: RedisServer, peer: AwsPeer) -> None:
        self.postgres, self.redis, self.peer, self.folder = postgres, redis_server, peer, folder
        self.database = postgres.create_database("six")
        self.site = Site(
            folder,
            self.database,
            redis_server,
            AWS_ENDPOINT_URL=peer.url,
            DREAMKAST_STREAM_GATEWAY="medialive",
            DREAMKAST_ENCODER_ADDRESSES="203.0.113.7/32",
            DREAMKAST_AWS_MEDIALIVE_ROLE_ARN="arn:aws:iam::123456789012:role/dreamkast",
            DREAMKAST_AWS_ARCHIVE_BUCKET="archive",
            # A worker that died is followed sooner than in real life.
            DREAMKAST_STREAM_LEASE_SECONDS="25",
            DREAMKAST_STREAM_SETTLE_SECONDS="4",
        )
        self.site.manage("migrate", "--verbosity", "0")
        self.workers = [self.new_worker(), self.new_worker()]
        self.site.beat.start()

    def new_worker(self) -> Worker:
        worker = Worker(self.folder, self.site.env, f"worker-{uuid4().hex[:6]}")
        worker.start()
        worker.wait_until_ready()
        return worker

    def close(self) -> None:
        self.site.beat.stop()
        for worker in self.workers:
            worker.process.kill()

    def ask(self, what: str) -> None:
        self.site.run("tests.postgres.six_tracks", ask=what)

    def wait_for(self, observed: str, seconds: float = 240) -> None:
        def is_so() -> bool:
            self.follow_the_dead()
            return self.observed() == [observed] * 6

        until(is_so, seconds=seconds, what=f"six times {observed}", every=0.2)

    def observed(self) -> list[str]:
        return self.column(
            "SELECT CASE WHEN generation = observed_generation THEN observed END FROM streaming_stream"
        )

    def column(self, query: str) -> list[str]:
        try:
            with psycopg.connect(self.database, connect_timeout=2) as connection:
                return [row[0] for row in connection.execute(query)]
        except psycopg.OperationalError:
            return []

    def wait_until_gone(self) -> None:
        """The last of them takes what they shared; of two that go together each may think it is the other."""
        left = {"group": 1, "harvest": 6}
        until(lambda: self.peer.there() == left, seconds=60, what="The end of what they shared", every=0.2)

    def wait_for_cuts(self) -> None:
        states = "SELECT state FROM streaming_recording"
        until(lambda: self.column(states) == ["done"] * 6, seconds=180, what="six recordings", every=0.2)

    def changes(self, more: int) -> None:
        """Return after that many more changes of the cloud."""
        goal = len(self.peer.changes()) + more
        until(lambda: len(self.peer.changes()) >= goal, seconds=60, what=f"{more} changes")

    def kill_a_worker(self) -> None:
        """With SIGKILL, all its processes at once; another one takes its place, as under a supervisor."""
        self.workers.pop(0).process.kill()
        self.workers.append(self.new_worker())

    def follow_the_dead(self) -> None:
        """As a supervisor does: Celery's worker may end itself when its broker dies with tasks in hand."""
        living = [worker for worker in self.workers if worker.process.is_running]
        self.workers = living + [self.new_worker() for _ in range(2 - len(living))]

    def flush_redis(self) -> None:
        redis.Redis(port=self.redis.port).flushall()

    def restart_database(self) -> None:
        self.postgres.process.stop()
        time.sleep(1)
        self.postgres.process.start(self.postgres._answers)

    def swept(self) -> dict:
        return self.site.run("tests.postgres.six_tracks", ask="sweep")


@pytest.mark.timeout(900)
def test_six_tracks_come_and_go_through_every_failure(hall):
    hall.ask("prepare")
    hall.changes(9)
    hall.kill_a_worker()
    hall.changes(5)
    hall.flush_redis()
    hall.wait_for("stopped")
    assert hall.peer.there() == SIX
    assert hall.swept() == {"error": "", "strays": [], "recorded": RECORDED}

    hall.peer.throttled = 0.5
    hall.ask("start")
    hall.restart_database()
    hall.wait_for("running")
    hall.peer.throttled = 0.05
    assert hall.peer.there() == SIX

    hall.ask("air")
    hall.ask("cut")
    hall.kill_a_worker()
    hall.wait_for_cuts()
    assert hall.peer.there() == SIX | {"harvest": 6}

    hall.ask("stop")
    hall.redis.kill()
    hall.redis.start()
    hall.wait_for("stopped")

    hall.ask("delete")
    hall.changes(9)
    hall.kill_a_worker()
    hall.wait_for("absent")
    hall.wait_until_gone()
    assert hall.swept() == {"error": "", "strays": [], "recorded": 1}
