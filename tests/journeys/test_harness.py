"""The machines of this folder do what the other tests take for granted."""

import httpx
import pytest

from tests.services.axe import axe
from tests.services.visitors import sign_in


@pytest.mark.parametrize("role", ["attendee", "speaker", "organizer", "broadcaster"])
def test_each_role_signs_in_with_one_press(site, browser, visitors, role):
    page = visitors.page(browser, site.url)
    sign_in(page, role)
    assert page.request.get("/api/v1/events/demo/me").json()["signed_in"] is True


def test_embedded_site_answers_without_any_setting(embedded_site):
    assert httpx.get(f"{embedded_site.url}/readyz").text == "ready\n"


def test_axe_sees_a_picture_without_words(site, browser, visitors):
    page = visitors.page(browser, site.url)
    page.goto("/accounts/login/")
    page.evaluate("() => document.body.append(document.createElement('img'))")
    assert [finding["rule"] for finding in axe(page)] == ["image-alt"]


def test_uncaught_error_of_a_page_is_a_fault(site, browser, visitors):
    page = visitors.page(browser, site.url)
    page.goto("/accounts/login/")
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('lost') }) }")
    faults, visitors.faults = visitors.faults, []
    assert faults == ["lost"]


def test_line_can_be_cut_and_mended(proxied):
    client = httpx.Client(base_url=proxied.url)
    assert client.get("/livez").text == "ok\n"
    proxied.cut()
    with pytest.raises(httpx.TransportError):
        client.get("/livez")
    proxied.open()
    assert client.get("/livez").text == "ok\n"
    client.close()


def test_line_can_fall_silent(proxied):
    with httpx.Client(base_url=proxied.url, timeout=0.5) as client:
        assert client.get("/livez").text == "ok\n"
        proxied.freeze()
        with pytest.raises(httpx.ReadTimeout):
            client.get("/livez")
