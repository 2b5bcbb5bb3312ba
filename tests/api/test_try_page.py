"""The page to try the interface, in a browser, with the demo behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server, chromium
from tests.demo.test_whole_demo import demo
from tests.panel.test_door_page import AXE

__all__ = ["demo"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@contextmanager
def opened(browser: Browser, demo: Server) -> Iterator[Page]:
    """The page; whatever the browser complains about fails the test, but for answers that are errors."""
    page, complaints = browser.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{demo.url}/api/v1/")
    expect(page.locator("#getView summary")).to_be_visible()
    yield page
    page.close()
    assert [each for each in complaints if "status of 401" not in each] == []


def test_what_it_sends_is_answered(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        page.locator("#getVersion summary").click()
        page.locator("#getVersion button").click()
        expect(page.locator("#getVersion pre")).to_contain_text('"room": "Room 3 · Neptune"')


def test_an_action_is_done(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        page.locator("#postAction summary").click()
        page.locator("#postAction textarea").fill('{"do": "volume 35"}')
        page.locator("#postAction button").click()
        expect(page.locator("#postAction pre")).to_contain_text('"outcome": "confirmed"')
        assert demo.ask("/api/v1/view")["view"]["volume"] == 35


def test_events_come_until_it_is_stopped(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        page.locator("#getEvents summary").click()
        send, out = page.locator("#getEvents button"), page.locator("#getEvents pre")
        send.click()
        expect(out).to_contain_text("event: view")
        send.click()
        expect(send).to_have_text("Send")


def test_a_token_is_shown(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        page.locator("#token").fill("guess")
        page.locator("#getView summary").click()
        page.locator("#getView button").click()
        expect(page.locator("#getView pre")).to_contain_text("401")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(browser: Browser, demo: Server, scheme: Any) -> None:
    with opened(browser, demo) as page:
        page.emulate_media(color_scheme=scheme)
        for summary in page.locator("summary").all():
            summary.click()
        page.locator("#getVersion button").click()
        expect(page.locator("#getVersion pre")).to_contain_text("200")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []
