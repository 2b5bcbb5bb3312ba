"""The panel as people in the room use it: real Chromium, the real appliance, the simulated terminal."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server, chromium
from tests.demo.test_whole_demo import demo, until_terminal
from tests.panel.test_door_page import DOCS

__all__ = ["demo"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def page(demo: Server, browser: Browser) -> Iterator[Page]:
    """The panel of a room that is idle; whatever the browser complains about fails the test."""
    if demo.ask("/terminal/state")["appState"] in {4, 5}:
        demo.ask("/hardware/buttons/hangup", {"pressed": True})
        demo.ask("/hardware/buttons/hangup", {"pressed": False})
    complaints = list[str]()
    one = browser.new_page(viewport={"width": 1280, "height": 800})
    one.on("console", lambda message: complaints.append(message.text))
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on("request", lambda request: None if demo.address in request.url else complaints.append(request.url))
    one.goto(f"{demo.url}/panel")
    phase(one, "idle")
    yield one
    one.close()
    assert complaints == []


def phase(page: Page, value: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-phase", value)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_somebody_calls_and_is_answered(page: Page, demo: Server) -> None:
    demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
    phase(page, "ringing")
    expect(page.locator(".big")).to_have_text("John Smith")
    tap(page, "Answer")
    phase(page, "in_call")
    expect(page.locator(".long")).to_have_text("0:02")
    tap(page, "Hang up")
    phase(page, "idle")


def test_somebody_calls_and_is_declined(page: Page, demo: Server) -> None:
    demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
    phase(page, "ringing")
    tap(page, "Decline")
    phase(page, "idle")


def test_a_number_is_dialled(page: Page) -> None:
    tap(page, "Keypad")
    for digit in "104":
        tap(page, digit)
    expect(page.get_by_label("Number")).to_have_text("104")
    tap(page, "Delete")
    expect(page.get_by_label("Number")).to_have_text("10")
    tap(page, "Clear")
    expect(page.get_by_label("Number")).to_have_text("")


def test_somebody_is_found_and_called(page: Page, demo: Server) -> None:
    tap(page, "People")
    page.get_by_label("Name or ID").click()
    for letter in "john":
        page.locator(".keyboard").get_by_role("button", name=letter, exact=True).click()
    found = page.locator(".people .peers button")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("John Smith")
    found.click()
    expect(page.locator(".big")).to_have_text("John Smith")
    tap(page, "Hang up")
    phase(page, "idle")


def test_a_mute_is_shown_when_the_terminal_has_confirmed_it(page: Page, demo: Server) -> None:
    microphone = page.get_by_role("button", name="Microphone")
    expect(microphone).to_have_attribute("data-muted", "false")
    microphone.click()
    until_terminal(demo, lambda state: state["mutes"]["mic"])
    expect(microphone).to_have_attribute("data-muted", "true")
    expect(microphone).to_have_text("Microphone off")
    microphone.click()
    expect(microphone).to_have_attribute("data-muted", "false")


def test_what_the_room_does_elsewhere_is_seen(page: Page, demo: Server) -> None:
    for pressed in (True, False):
        demo.ask("/hardware/buttons/mute", {"pressed": pressed})
    microphone = page.get_by_role("button", name="Microphone")
    expect(microphone).to_have_attribute("data-muted", "true")
    microphone.click()
    expect(microphone).to_have_attribute("data-muted", "false")


def test_a_conference_that_wants_a_password(page: Page, demo: Server) -> None:
    tap(page, "Keypad")
    for digit in "200":
        tap(page, digit)
    tap(page, "Call")
    expect(page.locator(".what")).to_contain_text("wants a password")
    tap(page, "1")
    expect(page.get_by_label("Number")).to_have_text("*")
    expect(page.locator(".keyboard")).to_have_count(0)
    page.set_viewport_size({"width": 800, "height": 480})
    keys, below = page.locator(".keypad").bounding_box(), page.locator(".dial .row").bounding_box()
    assert keys is not None
    assert below is not None
    assert keys["y"] + keys["height"] <= below["y"]
    tap(page, "Cancel")
    expect(page.locator(".idle")).to_be_visible()


@pytest.mark.parametrize(("name", "scheme"), [("call", "dark")])
def test_the_docs_show_it(page: Page, demo: Server, name: str, scheme: Any) -> None:  # as above
    page.emulate_media(color_scheme=scheme)
    if name == "call":
        demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
        phase(page, "ringing")
        tap(page, "Answer")
        expect(page.locator(".long")).to_have_text("0:02")
    picture: Path = DOCS / f"panel-{name}.png"
    if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
        page.screenshot(path=picture)
    with Image.open(picture) as shown:
        assert shown.size == (1280, 800)
