"""A worker that is killed around any call to the cloud leaves nothing doubled, lost or unrecorded."""

from uuid import uuid4

import pytest

from tests.services.site import Site


@pytest.fixture
def cloud_site(tmp_path, postgres, own_redis):
    """A database and a Redis; no worker of its own would disturb those that are killed."""
    site = Site(tmp_path, postgres.create_database(f"cloud-{uuid4().hex[:8]}"), own_redis)
    site.manage("migrate", "--verbosity", "0")
    return site


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("gateway", "calls"), [("ivs", 4), ("medialive", 25)])
def test_a_worker_killed_around_any_call_leaves_exactly_what_was_wished(cloud_site, gateway, calls):
    seen = cloud_site.run("tests.postgres.killing", seconds=800, gateway=gateway)
    assert seen["faults"] == []
    assert len(seen["calls"]) == calls
