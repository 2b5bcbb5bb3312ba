"""Buttons that the configuration puts on the panel, as people touch them: real Chromium, the demo behind it."""

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server
from tests.demo.test_whole_demo import demo
from tests.eventually import eventually
from tests.panel.test_door_page import AXE, DOCS
from tests.panel.test_panel_page import browser, page, phase, tap

__all__ = ["browser", "demo", "page"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def lit(page: Page, label: str, state: str) -> None:
    expect(page.locator(".configured button", has_text=label)).to_have_attribute("data-lit", state)


@pytest.fixture
def room(page: Page) -> Page:
    """The panel's page of what is in the room, whose lights and display are off."""
    tap(page, "Room")
    for label in ("Lights", "Display"):
        button = page.locator(".configured button", has_text=label)
        if button.get_attribute("data-lit") == "on":
            button.click()
        lit(page, label, "off")
    return page


def test_what_is_touched_is_lit_once_it_is_so(room: Page, demo: Server) -> None:
    lights = room.locator(".configured button", has_text="Lights")
    lights.click()
    lit(room, "Lights", "on")
    assert demo.ask("/hardware")["relays"]["lights"]
    expect(lights.locator("b")).to_have_text("on")
    for pressed in (True, False):  # of the button on the wall
        demo.ask("/hardware/buttons/lights", {"pressed": pressed})
    lit(room, "Lights", "off")


def test_a_row_is_done_one_after_the_other(room: Page) -> None:
    room.locator(".configured button", has_text="Presentation").click()
    lit(room, "Display", "on")
    lit(room, "Presentation", "on")


def test_the_terminal_sleeps_when_the_button_is_kept_down(room: Page, demo: Server) -> None:
    button = room.locator(".configured button", has_text="Terminal asleep")
    button.hover()
    room.mouse.down()
    expect(room.locator("footer")).to_contain_text("Keep it down")
    room.mouse.up()
    assert not demo.ask("/state")["sleeping"]
    room.mouse.down()
    eventually(lambda: demo.ask("/state")["sleeping"])
    room.mouse.up()
    demo.ask("/hardware/buttons/mute", {"pressed": True})  # which wakes it
    demo.ask("/hardware/buttons/mute", {"pressed": False})


def test_a_call_comes_to_the_front(room: Page, demo: Server) -> None:
    demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
    phase(room, "ringing")
    tap(room, "Decline")
    phase(room, "idle")
    expect(room.locator(".configured[data-place=idle]")).to_have_count(1)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(room: Page, scheme: Any) -> None:  # one of the browser's schemes
    room.emulate_media(color_scheme=scheme)
    room.locator(".configured button", has_text="Lights").click()
    lit(room, "Lights", "on")
    room.evaluate(AXE.read_text())
    found = room.evaluate("axe.run()")
    assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


def test_the_docs_show_it(room: Page) -> None:
    room.locator(".configured button", has_text="Lights").click()
    lit(room, "Lights", "on")
    picture: Path = DOCS / "panel-room.png"
    if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
        room.wait_for_timeout(2500)  # until nothing is "requested" any more
        room.screenshot(path=picture)
    with Image.open(picture) as shown:
        assert shown.size == (1280, 800)


def test_the_demo_has_both_pages_beside_the_front_panel(demo: Server, browser: Browser) -> None:
    window = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints = list[str]()
    window.on("console", lambda message: complaints.append(message.text))
    window.goto(demo.url)
    expect(window.locator("#peers li").first).to_be_visible()
    tap(window, "Panel and door")
    expect(window.locator("#peers")).to_be_hidden()
    panel, door = (window.frame_locator(f"iframe[data-page='{path}']") for path in ("/panel", "/panel/door"))
    expect(door.locator("main")).not_to_have_attribute("data-state", "stale")
    panel.get_by_role("button", name="Room", exact=True).click()
    lights = panel.locator(".configured button", has_text="Lights")
    before = lights.get_attribute("data-lit")
    window.locator("[data-button=lights]").click()
    expect(lights).to_have_attribute("data-lit", {"on": "off", "off": "on"}[str(before)])
    tap(window, "Terminal")
    expect(window.locator("#peers")).to_be_visible()
    window.close()
    assert complaints == []


def test_a_screen_speaks_another_language_than_the_room(page: Page, demo: Server, browser: Browser) -> None:
    russian = browser.new_page(viewport={"width": 1280, "height": 800})
    russian.goto(f"{demo.url}/panel?lang=ru")
    expect(russian.locator("html")).to_have_attribute("lang", "ru")
    expect(russian.get_by_role("button", name="Комната", exact=True)).to_be_visible()
    demo.ask("/terminal/peers/john.smith@meet.example.com/call", {})
    for one, words in ((russian, "Входящий звонок"), (page, "Somebody is calling")):
        phase(one, "ringing")
        expect(one.locator("main")).to_contain_text(words)
    tap(page, "Decline")
    phase(russian, "idle")
    russian.goto(f"{demo.url}/panel/door?lang=ru")
    expect(russian.locator("main")).not_to_have_attribute("data-state", "stale")
    expect(russian.locator("html")).to_have_attribute("lang", "ru")
    russian.close()


def test_a_screen_that_is_gone_holds_nothing_down(demo: Server, browser: Browser) -> None:
    gone = browser.new_page(viewport={"width": 1280, "height": 800})
    gone.goto(f"{demo.url}/panel")
    phase(gone, "idle")
    tap(gone, "Room")
    gone.locator(".configured button", has_text="Terminal asleep").hover()
    gone.mouse.down()
    eventually(lambda: demo.ask("/state")["presses"])
    gone.close()
    eventually(lambda: not demo.ask("/state")["presses"])
    assert not demo.ask("/state")["sleeping"]
