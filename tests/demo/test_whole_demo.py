"""`offhook demo` as a visitor sees it: real Chromium, the real appliance, the simulated terminal."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from appliance.room.prompts import SETTLED
from tests.cli.processes import PATIENCE
from tests.cli.processes import Page as Interface
from tests.demo.browser import Server, chromium
from tests.display.test_qr import READER, read
from tests.eventually import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README_PICTURE = Path(__file__).parent.parent.parent / "docs/pictures/demo.png"
LIT = re.compile(r"\blit\b")


expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.fixture(scope="module")
def demo() -> Iterator[Server]:
    command = [sys.executable, "-m", "appliance", "demo", "--listen", "127.0.0.1:0"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        try:
            assert process.stdout is not None
            said = re.search(r"http://([0-9.:]+)/", process.stdout.readline())
            assert said is not None
            yield Server(process, said[1])
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def window(demo: Server) -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(demo.url)
        expect(page.locator("#connection")).to_have_text("Connected")
        yield page


@pytest.fixture
def page(demo: Server, window: Page) -> Iterator[Page]:
    """The page with the room idle."""
    yield window
    terminal = demo.ask("/terminal/state")
    if terminal["appState"] in {4, 5}:
        window.get_by_role("button", name="Hang up", exact=True).click()
    expect(window.locator("#call-state")).to_have_text("Ready")


def lamp(page: Page, name: str) -> None:
    expect(page.locator(f"[data-lamp={name}]")).to_have_class(LIT)


def dark(page: Page, name: str) -> None:
    expect(page.locator(f"[data-lamp={name}]")).not_to_have_class(LIT)


def person(page: Page, name: str, does: str) -> None:
    page.locator("#peers li").filter(has_text=name).get_by_role("button", name=does).click()


def press(page: Page, name: str) -> None:
    page.locator(f"[data-button={name}]").click()


def until_terminal(demo: Server, condition: Callable[[Any], bool]) -> Any:  # JSON
    """The far side, as soon as the condition holds; it says when it changes."""
    return Interface(int(demo.address.rpartition(":")[2]), under="/terminal").until("/state", condition)


def seen(demo: Server) -> None:
    """Waits as long as it takes to read what the display asks."""

    def read() -> bool:
        state = demo.ask("/state")
        return state["prompt"] is not None and state["now"] >= state["prompt"]["shown_from"] + SETTLED

    eventually(read)


def _is_told(demo: Server, kind: str, times: int) -> bool:
    return [each["type"] for each in demo.ask("/webhooks")["told"]].count(kind) >= times


def test_what_happens_is_told_to_its_webhook(page: Page, demo: Server) -> None:
    """Before the room is ready nobody hears a press; the second takes back what the first did."""
    for times in (1, 2):
        for pressed, told in ((True, "button.pressed"), (False, "button.released")):
            demo.ask("/hardware/buttons/mute", {"pressed": pressed})
            eventually(partial(_is_told, demo, told, times))


def test_press_call_and_the_room_calls(page: Page) -> None:
    press(page, "call")
    expect(page.locator("#call-state")).to_contain_text("Calling Reception")
    person(page, "Reception", "Answer")
    lamp(page, "in_call")
    press(page, "mute")
    lamp(page, "muted")
    press(page, "mute")
    dark(page, "muted")
    press(page, "hangup")
    dark(page, "in_call")


def lit(page: Page) -> int:
    """How many pixels of the display are not black."""
    script = "() => display.getContext('2d').getImageData(0, 0, display.width, display.height).data"
    return int(page.evaluate(f"[...({script})()].filter((v, n) => n % 4 < 3 && v > 40).length"))


@pytest.mark.parametrize("panel", ["ssd1306-128x32", "ssd1322-256x64", "st7789-240x240", "ssd1306-128x64"])
def test_the_room_draws_on_whichever_panel_is_chosen(page: Page, panel: str) -> None:
    page.get_by_label("Display", exact=True).select_option(panel)
    width, height = panel.partition("-")[2].split("x")
    expect(page.locator("#display")).to_have_js_property("width", int(width))
    expect(page.locator("#display")).to_have_js_property("height", int(height))
    eventually(lambda: lit(page) > 100)


def test_page_and_display_speak_the_language_that_is_chosen(page: Page, demo: Server) -> None:
    page.locator("[data-choice=language]").select_option("ru")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("[data-button=call]")).to_have_text("Вызов")
    assert demo.ask("/state")["language"] == "ru"
    expect(page.locator("#connection")).to_have_attribute("data-state", "connected")
    page.locator("[data-choice=language]").select_option("en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#connection")).to_have_text("Connected")


def test_somebody_calls_and_the_hook_answers(page: Page) -> None:
    person(page, "Анна Петрова", "Call")
    lamp(page, "ringing")
    page.locator("[data-speakerphone] [data-do=off]").click()
    lamp(page, "in_call")
    dark(page, "ringing")
    page.locator("[data-speakerphone] [data-do=on]").click()
    dark(page, "in_call")


def test_a_call_is_put_on_hold_and_taken_up_again(page: Page) -> None:
    person(page, "Анна Петрова", "Call")
    lamp(page, "ringing")
    page.locator("[data-speakerphone] [data-do=off]").click()
    lamp(page, "in_call")
    hold = page.locator("[data-lamp-of=hold]")
    for on in (True, False):
        page.locator("[data-speakerphone] [data-do=hold]").click()
        (expect(hold).to_have_class if on else expect(hold).not_to_have_class)(LIT)
        (lamp if on else dark)(page, "muted")
    press(page, "hangup")
    dark(page, "in_call")


def key(page: Page, symbol: str) -> None:
    page.locator(f"[data-keypad] [data-key='{symbol}']").click()


def in_a_lecture(page: Page) -> None:
    """Anna gives a lecture, and the room is in it."""
    person(page, "Анна Петрова", "Lecture")
    lamp(page, "ringing")
    expect(page.locator("#call-state")).to_have_text("Анна Петрова is calling")  # and not who is in another conference
    press(page, "call")
    lamp(page, "in_call")


def test_a_conference_is_joined_with_its_password(page: Page, demo: Server) -> None:
    for symbol in ("2", "0", "0"):
        key(page, symbol)
    eventually(lambda: demo.ask("/state")["number"] == "200")
    key(page, "call")
    eventually(lambda: demo.ask("/state")["password"] is not None)
    for symbol in ("1", "A", "2"):
        key(page, symbol)
    eventually(lambda: demo.ask("/state")["password"]["entered"] == 3)
    key(page, "call")
    lamp(page, "in_call")


def test_the_room_is_invited_to_the_podium_and_accepts(page: Page, demo: Server) -> None:
    in_a_lecture(page)
    person(page, "Анна Петрова", "To the podium")
    lamp(page, "asked")
    seen(demo)
    key(page, "call")
    lamp(page, "podium")
    dark(page, "asked")
    assert demo.ask("/terminal/state")["participants"][0]["broadcast"] is True


def test_the_room_declines_to_be_recorded(page: Page, demo: Server) -> None:
    in_a_lecture(page)
    person(page, "Анна Петрова", "Ask to record")
    eventually(lambda: [each["wish"] for each in demo.ask("/state")["requests"]] == ["record"])
    seen(demo)
    key(page, "clear")
    eventually(lambda: demo.ask("/state")["requests"] == [])
    assert demo.ask("/terminal/state")["commands"][-1]["method"] != "allowRecord"


def test_the_room_asks_for_the_podium_is_given_it_and_leaves_it(page: Page, demo: Server) -> None:
    in_a_lecture(page)
    press(page, "podium")
    person(page, "Анна Петрова", "Refuse")
    eventually(lambda: demo.ask("/state")["podium"]["asked"] is False)
    press(page, "podium")
    person(page, "Анна Петрова", "Give the podium")
    lamp(page, "podium")
    button = page.locator("[data-button=podium]").bounding_box()
    assert button is not None
    page.mouse.move(button["x"] + button["width"] / 2, button["y"] + button["height"] / 2)
    page.mouse.down()  # as long as it takes: the lamp says so
    dark(page, "podium")
    page.mouse.up()


def test_somebody_else_calls_during_a_call_and_is_declined_then_answered(page: Page, demo: Server) -> None:
    person(page, "Анна Петрова", "Call")
    lamp(page, "ringing")
    press(page, "call")
    lamp(page, "in_call")
    person(page, "John Smith", "Call")
    eventually(lambda: demo.ask("/state")["call_waiting"] is not None)
    expect(page.locator("#peers li").filter(has_text="John Smith")).to_contain_text("Calling the room…")
    seen(demo)
    key(page, "clear")
    eventually(lambda: demo.ask("/state")["call_waiting"] is None)
    expect(page.locator("#call-state")).to_have_text("In a call with Анна Петрова")
    person(page, "John Smith", "Call")
    eventually(lambda: demo.ask("/state")["call_waiting"] is not None)
    seen(demo)
    press(page, "call")
    expect(page.locator("#call-state")).to_have_text("In a call with John Smith")
    lamp(page, "in_call")


def test_the_room_waits_to_be_let_in(page: Page) -> None:
    in_a_lecture(page)
    person(page, "Анна Петрова", "Hold back")
    lamp(page, "waiting_room")
    expect(page.locator("#call-state")).to_have_text("Waiting to be let in by Анна Петрова")
    dark(page, "in_call")
    person(page, "Анна Петрова", "Let in")
    lamp(page, "in_call")
    dark(page, "waiting_room")


def test_a_typed_number_is_called_and_keys_are_tones_in_the_call(page: Page, demo: Server) -> None:
    keypad = page.locator("[data-keypad]")
    for key in "100":
        keypad.locator(f"[data-key='{key}']").click()
    eventually(lambda: demo.ask("/state")["number"] == "100")
    keypad.locator("[data-key=call]").click()
    expect(page.locator("#call-state")).to_contain_text("Calling")
    person(page, "Reception", "Answer")
    lamp(page, "in_call")
    for key in ("5", "#"):
        keypad.locator(f"[data-key='{key}']").click()
    expect(page.locator("#facts")).to_contain_text("5 #")


def test_the_joystick_moves_the_picture_and_letting_go_stops_it(page: Page, demo: Server) -> None:
    stick = page.locator("[data-serial] .pad").bounding_box()
    assert stick is not None
    x, y = stick["x"] + stick["width"] / 2, stick["y"] + stick["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + stick["width"] / 2, y)
    until_terminal(demo, lambda seen: seen["ptz"]["pan"]["currentValue"] > 2)
    page.mouse.up()
    until_terminal(demo, lambda seen: seen["commands"][-1]["method"] == "ptzStop")
    rest = demo.ask("/terminal/state")["ptz"]["pan"]["currentValue"]
    page.locator("[data-serial] [data-home]").click()
    until_terminal(demo, lambda seen: seen["ptz"]["pan"]["currentValue"] == 0)
    assert rest > 2


def test_the_glass_shows_what_the_appliance_draws(page: Page) -> None:
    looks = "document.querySelector('#display').toDataURL()"
    idle = page.evaluate(looks)
    press(page, "call")
    page.wait_for_function(f"before => {looks} !== before", arg=idle)


def test_a_cut_connection_lights_the_lamp_and_heals(page: Page) -> None:
    page.get_by_role("button", name="Freeze for 5 s").click()
    page.get_by_role("button", name="Cut the connection").click()
    lamp(page, "link")
    expect(page.locator("[data-lamp=link]")).not_to_have_class(LIT)


def test_another_controller_takes_over_and_call_takes_the_room_back(page: Page, demo: Server) -> None:
    page.get_by_role("button", name="Take control away").click()
    eventually(lambda: demo.ask("/state")["link"]["phase"] == "evicted")
    press(page, "call")
    eventually(lambda: demo.ask("/state")["link"]["phase"] == "up")


def test_the_readme_shows_it(page: Page) -> None:
    """The first picture that a newcomer sees is of what is there; how it looks is for people to judge."""
    person(page, "Анна Петрова", "Call")
    lamp(page, "ringing")
    if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
        page.screenshot(path=README_PICTURE)
    with Image.open(README_PICTURE) as shown:
        assert shown.size == (1280, 800)


@pytest.mark.skipif(READER is None, reason="needs zbarimg (Debian package zbar-tools)")
def test_a_phone_is_paired_by_the_display_of_the_demo(demo: Server, window: Page) -> None:
    browser = window.context.browser
    assert browser is not None
    panel, phone = browser.new_page(), browser.new_page()
    panel.goto(f"{demo.url}/panel")
    panel.get_by_role("button", name="Pair a phone").click()
    expect(panel.get_by_role("dialog")).to_be_visible()
    told = read(Image.open(BytesIO(panel.screenshot())))
    assert told.startswith(f"{demo.url}/pair#".upper())
    with urllib.request.urlopen(f"{demo.url}/hardware/display.png") as glass:  # noqa: S310  # our own
        assert read(Image.open(BytesIO(glass.read()))) == told
    phone.goto(told)
    expect(phone).to_have_url(f"{demo.url}/panel")
    expect(panel.get_by_role("dialog")).to_have_count(0)
    panel.close()
    phone.close()
