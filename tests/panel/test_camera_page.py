"""Fingers that move cameras on a panel: real Chromium, the real appliance, the simulated terminal."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from appliance.panel.live.holds import SILENCE
from tests.demo.browser import Server, chromium
from tests.demo.test_whole_demo import demo
from tests.panel.test_door_page import AXE, DOCS, SIZES

__all__ = ["demo"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

STILL = [0, 0, 0]
PATIENCE = 20.0  # seconds; as above
SLOW = 4.0  # seconds that a busy machine may add; tests/e2e/test_panel_camera.py judges the time itself


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def page(demo: Server, browser: Browser) -> Iterator[Page]:
    """The cameras of a room that is idle; whatever the browser complains about fails the test."""
    complaints = list[str]()
    one = browser.new_page(viewport={"width": 1280, "height": 800}, has_touch=True)
    one.on("console", lambda message: complaints.append(message.text))
    one.on("pageerror", lambda error: complaints.append(str(error)))
    cameras(demo, one)
    yield one
    one.close()
    until(demo, STILL)
    assert complaints == []


def cameras(demo: Server, page: Page) -> None:
    page.goto(f"{demo.url}/panel")
    page.get_by_role("button", name="Move the camera").click()
    expect(arrow(page, "Left")).to_be_visible()


def arrow(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def until(demo: Server, motion: list[int]) -> float:
    """Returns after how many seconds the movement of the terminal's camera is so."""
    began = time.monotonic()
    while demo.ask("/state")["motion"] != motion:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)  # the demo's page tells changes of the room to nobody who waits
    return time.monotonic() - began


def down(page: Page, name: str) -> None:
    arrow(page, name).hover()
    page.mouse.down()


def test_it_moves_while_a_finger_is_down(page: Page, demo: Server) -> None:
    pan = demo.ask("/state")["camera"]["pan"]["currentValue"]
    down(page, "Right")
    until(demo, [1, 0, 0])
    expect(arrow(page, "Right")).to_have_attribute("data-moves", "true")
    page.mouse.move(5, 790)  # the finger slides off, and stays down
    time.sleep(2)  # a finger is slower than silence
    assert demo.ask("/state")["motion"] == [1, 0, 0]
    page.mouse.up()
    until(demo, STILL)
    expect(arrow(page, "Right")).to_have_attribute("data-moves", "false")
    assert demo.ask("/state")["camera"]["pan"]["currentValue"] > pan


def test_two_ways_at_once_and_zoom(page: Page, demo: Server) -> None:
    for name, wanted in (("Left, Up", [-1, 1, 0]), ("Closer", [0, 0, 1])):
        down(page, name)
        until(demo, wanted)
        page.mouse.up()
        until(demo, STILL)


def test_a_key_holds_as_well(page: Page, demo: Server) -> None:
    arrow(page, "Down").focus()
    page.keyboard.down("Enter")
    until(demo, [0, -1, 0])
    page.keyboard.up("Enter")
    until(demo, STILL)


def test_a_finger_that_the_browser_cancels_lets_go(page: Page, demo: Server) -> None:
    session = page.context.new_cdp_session(page)
    box = arrow(page, "Up").bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    until(demo, [0, 1, 0])
    session.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    until(demo, STILL)


@pytest.mark.parametrize("event", ["blur", "pagehide"])
def test_a_page_that_nobody_sees_lets_go(page: Page, demo: Server, event: str) -> None:
    down(page, "Left")
    until(demo, [-1, 0, 0])
    page.evaluate(f"dispatchEvent(new Event('{event}'))")
    until(demo, STILL)
    page.mouse.up()


def test_a_page_that_is_gone_moves_nothing(demo: Server, browser: Browser) -> None:
    one = browser.new_page()
    cameras(demo, one)
    down(one, "Left")
    until(demo, [-1, 0, 0])
    one.close()
    assert until(demo, STILL) < SLOW


def test_a_page_that_hangs_stops_within_a_second(demo: Server, browser: Browser) -> None:
    one = browser.new_page()
    cameras(demo, one)
    down(one, "Left")
    until(demo, [-1, 0, 0])
    session = one.context.new_cdp_session(one)
    session.send("Debugger.enable")
    session.send("Debugger.pause")  # the socket stays open, and nothing comes
    assert until(demo, STILL) < SILENCE + SLOW
    session.send("Debugger.resume")
    expect(one.get_by_role("status").filter(has_text="Press again")).to_be_visible()
    one.close()


def test_two_screens_and_a_joystick(page: Page, demo: Server, browser: Browser) -> None:
    other = browser.new_page()
    cameras(demo, other)
    down(page, "Left")
    until(demo, [-1, 0, 0])
    expect(other.locator(".why")).to_have_text("In use by another screen")
    expect(arrow(other, "Right")).to_be_disabled()
    page.mouse.up()
    expect(arrow(other, "Right")).to_be_enabled()
    other.close()
    demo.ask("/hardware/serial/joystick", {"hex": "81 01 06 01 05 05 02 03 FF"})
    expect(page.locator(".why")).to_have_text("In use by a controller in the room")
    demo.ask("/hardware/serial/joystick", {"hex": "81 01 06 01 05 05 03 03 FF"})
    expect(page.locator(".why")).to_have_text("")


def test_a_view_is_stored_by_a_long_touch(page: Page, demo: Server) -> None:
    view = arrow(page, "View 2")
    view.hover()
    page.mouse.down()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.mouse.up()
    page.get_by_role("button", name="Store", exact=True).click()
    expect(view).to_have_attribute("data-stored", "true")
    pan = demo.ask("/state")["camera"]["pan"]["currentValue"]
    down(page, "Right")
    until(demo, [1, 0, 0])
    time.sleep(0.6)  # far enough away to see it come back
    page.mouse.up()
    until(demo, STILL)
    expect(view.locator("img")).to_have_js_property("naturalWidth", 240)
    view.click()
    began = time.monotonic()
    while demo.ask("/state")["camera"]["pan"]["currentValue"] != pan:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.05)  # as in `until`


def test_the_boxs_own_camera_is_one_of_them(page: Page, demo: Server) -> None:
    page.get_by_role("button", name="back", exact=True).click()
    down(page, "Left")
    began = time.monotonic()
    while demo.ask("/state")["beside"].get("back") != [-1, 0, 0]:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)  # as in `until`
    page.mouse.up()
    while demo.ask("/state")["beside"].get("back") != STILL:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)  # as in `until`


def test_what_the_camera_sees_is_shown_anew_and_anew(page: Page) -> None:
    picture = page.get_by_alt_text("Picture of the camera")
    expect(picture).to_be_visible()
    first = picture.get_attribute("src")
    expect(picture).not_to_have_attribute("src", first or "")
    expect(picture).to_have_js_property("naturalWidth", 640)


def test_the_cameras_are_there_during_a_call(page: Page, demo: Server) -> None:
    demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("button", name="Move the camera").click()
    expect(page.get_by_role("button", name="Other side")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    demo.ask("/hardware/buttons/hangup", {"pressed": True})
    demo.ask("/hardware/buttons/hangup", {"pressed": False})
    expect(page.locator("main")).to_have_attribute("data-phase", "idle")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, scheme: Any) -> None:  # one of the browser's schemes
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")
    assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


TOO_SMALL = """() => [...document.querySelectorAll("button")]
  .filter((each) => { const box = each.getBoundingClientRect();
    return Math.min(box.width, box.height) < 44 || box.right > innerWidth + 1
      || each.scrollWidth > each.clientWidth + 1; })
  .map((each) => each.textContent)"""


@pytest.mark.parametrize("size", SIZES)
def test_everything_can_be_touched(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate(TOO_SMALL) == []


def test_the_docs_show_it(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    down(page, "Right, Up")
    expect(arrow(page, "Right, Up")).to_have_attribute("data-moves", "true")
    expect(page.get_by_alt_text("Picture of the camera")).to_be_visible()
    picture: Path = DOCS / "panel-camera.png"
    if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
        page.screenshot(path=picture)
    page.mouse.up()
    with Image.open(picture) as shown:
        assert shown.size == (1280, 800)
