"""The encoder's line breaks: a card covers the talk for all who look, and goes again by itself."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.services.aws.peer import AwsPeer
from tests.services.site import Site
from tests.services.visitors import sign_in

SECRET = "0123456789abcdef0123456789abcdef"
COVERED = "The picture is being repaired"
PATIENCE = 30_000


@pytest.fixture(scope="module")
def peer():
    peer = AwsPeer()
    peer.start()
    yield peer
    peer.stop()


@pytest.fixture(scope="module")
def picture(peer):
    """An IVS resource with an encoder that pushes into it."""
    made = peer.cloud.CreateChannel_ivs({"name": "dreamkast-local-a", "latencyMode": "LOW"})
    arn: str = made["channel"]["arn"]
    peer.cloud.push(arn, viewerCount=812)
    return arn


@pytest.fixture(scope="module")
def cloud_site(tmp_path_factory, postgres, redis_server, peer, picture):
    """A whole site whose cloud is the peer."""
    extra = {"AWS_ENDPOINT_URL": peer.url, "DREAMKAST_AWS_HOOK_SECRET": SECRET}
    site = Site(tmp_path_factory.mktemp("cloud"), postgres.create_database("cloud"), redis_server, **extra)
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo")
    site.run("tests.journeys.pushed_picture", arn=picture)
    try:
        for part in (site.worker, site.beat, site.web):
            part.start()
        site.worker.wait_until_ready()
        yield site
    finally:
        site.stop()


def told(site, picture):
    """AWS says by a message that something happened."""
    event = {
        "source": "aws.ivs",
        "detail-type": "IVS Stream State Change",
        "resources": [picture],
        "detail": {},
    }
    headers = {"X-Dreamkast-Secret": SECRET}
    return httpx.post(f"{site.url}/api/v1/hooks/aws", json=event, headers=headers)


def test_loss_is_covered_and_uncovered_by_itself(cloud_site, peer, picture, browser, visitors):
    room = visitors.page(browser, cloud_site.url, width=1440)
    sign_in(room, "broadcaster")
    room.goto("/demo/console?track=A")
    row, health = room.locator("[data-track]").first, room.locator("[data-health]")
    expect(row.locator("[data-path-word]")).to_have_text("healthy", timeout=PATIENCE)
    expect(health).to_contain_text("812 viewers by the service", timeout=PATIENCE)
    health.get_by_role("switch", name="Cover losses by itself").check()

    viewer = visitors.page(browser, cloud_site.url)
    viewer.goto("/demo/ui?track=A")
    expect(viewer.get_by_text(COVERED)).to_be_hidden()

    peer.cloud.unplug(picture)
    answer = told(cloud_site, picture)
    assert (answer.status_code, answer.json()) == (202, {"streams": 1})
    expect(viewer.get_by_text(COVERED)).to_be_visible(timeout=PATIENCE)
    expect(row.locator("[data-lamp]")).to_have_text("Technical", timeout=PATIENCE)
    expect(row.locator("[data-path-word]")).to_have_text("no picture", timeout=PATIENCE)
    expect(health).to_contain_text("Its card is up.")
    expect(room.locator("[data-log] tr").first).to_contain_text("stream health")
    assert cloud_site.run("tests.journeys.pushed_picture") < 5

    peer.cloud.push(picture)
    expect(viewer.get_by_text(COVERED)).to_be_hidden(timeout=PATIENCE)
    expect(row.locator("[data-lamp]")).to_have_text("On air", timeout=PATIENCE)
    expect(row.locator("[data-path-word]")).to_have_text("healthy", timeout=PATIENCE)
    assert peer.faults == []


def test_message_with_a_wrong_secret_is_refused(cloud_site):
    answer = httpx.post(f"{cloud_site.url}/api/v1/hooks/aws", json={}, headers={"X-Dreamkast-Secret": "x"})
    assert answer.status_code == 403
