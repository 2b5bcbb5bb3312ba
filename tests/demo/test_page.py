import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cli.processes import PATIENCE
from tests.demo.browser import Server, chromium, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIT = re.compile(r"\blit\b")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def window(server: Server, browser: Browser) -> Iterator[Page]:
    """One page for all tests."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(server.url)
    yield page
    page.close()


@pytest.fixture
def page(server: Server, window: Page) -> Iterator[Page]:
    """The page, connected; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    hear = [
        ("console", lambda message: complaints.append(message.text)),
        ("pageerror", lambda error: complaints.append(str(error))),
        ("request", lambda request: None if server.address in request.url else complaints.append(request.url)),
    ]
    for event, handler in hear:
        window.on(event, handler)  # type: ignore[call-overload]  # one overload for each event's name
    expect(window.locator("#connection")).to_have_text("Connected")
    expect(window.locator("#peers li")).to_have_count(8)
    server.ask("/test/heard/0")
    yield window
    for event, handler in hear:
        window.remove_listener(event, handler)
    assert complaints == []


class Ear:
    """What the drivers heard since the last time."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def expect(self, *patterns: str) -> None:
        """Waits for as many as there are patterns, and compares each."""
        heard = self._server.ask(f"/test/heard/{len(patterns)}")
        assert len(heard) == len(patterns), heard
        assert all(re.match(pattern, said) for pattern, said in zip(patterns, heard, strict=True)), heard


@pytest.fixture
def ear(server: Server, page: Page) -> Ear:  # the page first: it forgets what was heard before
    return Ear(server)


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_button_is_held_as_long_as_the_pointer(page: Page, ear: Ear) -> None:
    button = page.get_by_role("button", name="Hang up", exact=True)
    page.mouse.move(*middle(button))
    page.mouse.down()
    ear.expect("hangup pressed")
    expect(button).to_have_class(re.compile("held.*down"))
    page.mouse.move(5, 5)
    page.mouse.up()
    ear.expect("hangup released")
    expect(button).not_to_have_class(re.compile("down"))


def test_button_works_by_keyboard_and_by_screen_reader(page: Page, ear: Ear) -> None:
    button = page.locator("[data-button=mute]")
    button.press("Enter")
    ear.expect("mute pressed", "mute released")
    button.press("Space")
    ear.expect("mute pressed", "mute released")
    button.evaluate("button => button.click()")
    ear.expect("mute pressed", "mute released")


@pytest.mark.parametrize("lost", ["pointercancel", "blur"])
def test_button_is_let_go_when_the_pointer_or_the_window_is_lost(page: Page, ear: Ear, lost: str) -> None:
    page.mouse.move(*middle(page.locator("[data-button=call]")))
    page.mouse.down()
    ear.expect("call pressed")
    if lost == "blur":
        page.evaluate("dispatchEvent(new Event('blur'))")
    else:
        page.locator("[data-button=call]").dispatch_event("pointercancel")
    ear.expect("call released")
    page.mouse.up()


def test_page_that_is_left_lets_everything_go(browser: Browser, server: Server, page: Page, ear: Ear) -> None:
    other = browser.new_page()
    other.goto(server.url)
    expect(other.locator("#connection")).to_have_text("Connected")
    other.mouse.move(*middle(other.locator("[data-button=call]")))
    other.mouse.down()
    ear.expect("call pressed")
    other.goto("about:blank")
    ear.expect("call released")
    other.close()
    expect(page.locator("[data-button=call]")).not_to_have_class(re.compile("down"))


def test_every_key_of_the_keypad(page: Page, ear: Ear) -> None:
    keys = page.locator("[data-keypad] [data-key]")
    symbols = [key.get_attribute("data-key") or "" for key in keys.all()]
    assert sorted(symbols) == sorted([*"0123456789*#ABCD", "call", "backspace", "clear"])
    for key, symbol in zip(keys.all(), symbols, strict=True):
        key.click()
        named = re.escape(f"KeyEvent(symbol='{symbol}'")
        ear.expect(named + r", down=True\)", named + r", down=False\)")


def test_keypad_takes_the_keys_of_the_computer(page: Page, ear: Ear) -> None:
    page.locator("[data-key='1']").focus()
    page.keyboard.press("7")
    ear.expect(r"KeyEvent\(symbol='7', down=True", r"KeyEvent\(symbol='7', down=False")
    page.keyboard.press("Backspace")
    ear.expect(r"KeyEvent\(symbol='backspace', down=True", r"KeyEvent\(symbol='backspace', down=False")


@pytest.mark.parametrize(
    ("key", "heard"),
    [
        ("Pick up", "HookOff"),
        ("Hold key", "HoldKey"),
        ("Louder", r"VolumeKey\(step=1\)"),
        ("Quieter", r"VolumeKey\(step=-1\)"),
    ],
)
def test_keys_of_the_speakerphone(page: Page, ear: Ear, key: str, heard: str) -> None:
    page.get_by_role("group", name="Speakerphone").get_by_role("button", name=key).click()
    ear.expect(heard)


def test_lamps_follow(page: Page, server: Server) -> None:
    lamp = page.locator("[data-lamp=ringing]")
    for on in (True, False):
        server.ask("/test/light", {"name": "ringing", "on": on})
        (expect(lamp).to_have_class if on else expect(lamp).not_to_have_class)(LIT)
        expect(lamp).to_contain_text("on" if on else "off")


def test_lamps_of_the_speakerphone_follow(page: Page, server: Server) -> None:
    lamp = page.locator("[data-lamp-of=ring]")
    for on in (True, False):
        server.ask("/test/ring", {"on": on})
        (expect(lamp).to_have_class if on else expect(lamp).not_to_have_class)(LIT)


LIGHT = """() => {
  const {width, height} = display;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(display, 0, 0);
  const pixels = copy.getImageData(0, 0, width, height).data;
  return pixels.filter((value, index) => index % 4 === 2 && value > 100).length;
}"""


@pytest.mark.parametrize(
    ("title", "size"),
    [("128×32 · SSD1306", [128, 32]), ("256×64 · SSD1322", [256, 64]), ("240×240 · ST7789", [240, 240])],
)
def test_any_panel_can_be_chosen(page: Page, server: Server, title: str, size: list[int]) -> None:
    choice = page.get_by_label("Display", exact=True)
    choice.select_option(label=title)
    try:
        for side, pixels in zip(("width", "height"), size, strict=True):
            expect(page.locator("#display")).to_have_js_property(side, pixels)
        box = page.locator("#display").bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(size[0] / size[1], rel=0.01), "as wide as it is high"
    finally:
        choice.select_option(label="128×64 · SSD1306")
        expect(page.locator("#display")).to_have_js_property("height", 64)


def test_display_is_drawn_pixel_for_pixel(page: Page, server: Server) -> None:
    before = page.evaluate(LIGHT)
    server.ask("/test/draw", {})
    page.wait_for_function(f"() => ({LIGHT})() !== {before}")
    assert {before, page.evaluate(LIGHT)} == {0, 128 * 64}


def test_display_is_read_to_who_cannot_see_it(page: Page, server: Server) -> None:
    spoken, canvas = page.locator("#display-words"), page.locator("#display")
    expect(spoken).to_have_attribute("aria-live", "polite")
    server.ask("/test/say", {"words": ["Planning", "00:59", "Microphone on"]})
    expect(spoken).to_have_text("Planning. 00:59. Microphone on")
    server.ask("/test/say", {"words": ["Planning", "01:00", "Microphone on"]})  # who counts does not speak
    expect(canvas).to_have_attribute("aria-label", "The display on the wall panel: Planning. 01:00. Microphone on")
    expect(spoken).to_have_text("Planning. 00:59. Microphone on")
    server.ask("/test/say", {"words": ["Planning", "01:01", "Microphone off"]})
    expect(spoken).to_have_text("Planning. 01:01. Microphone off")
    server.ask("/test/say", {"words": []})  # as it was at first, so this may be a turn: it has to stay
    expect(spoken).to_have_text("dark", timeout=30_000)


def test_stick_drives_where_it_leans_and_stops_when_it_is_let_go(page: Page, ear: Ear) -> None:
    x, y = middle(page.locator(".pad"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    ear.expect(r"Drive\(pan=1, tilt=0, zoom=None, pan_speed=0.[6-9]")
    page.mouse.move(x, y + 60)
    ear.expect(r"Drive\(pan=0, tilt=-1, zoom=None")
    page.mouse.up()
    ear.expect(r"Drive\(pan=0, tilt=0")


def test_stick_stops_when_the_window_is_lost_and_stays_so(page: Page, ear: Ear) -> None:
    x, y = middle(page.locator(".pad"))
    page.mouse.move(x - 60, y)
    page.mouse.down()
    ear.expect(r"Drive\(pan=-1, tilt=0")
    page.evaluate("dispatchEvent(new Event('blur'))")
    page.mouse.move(x - 50, y - 50)
    ear.expect(r"Drive\(pan=0, tilt=0")
    page.mouse.up()


def test_stick_works_by_arrow_keys(page: Page, ear: Ear) -> None:
    page.locator(".pad").press("ArrowUp")
    ear.expect(r"Drive\(pan=0, tilt=1", r"Drive\(pan=0, tilt=0")


def test_zoom_runs_while_it_is_held_and_home_goes_home(page: Page, ear: Ear) -> None:
    page.mouse.move(*middle(page.get_by_role("button", name="Zoom in")))
    page.mouse.down()
    ear.expect(r"Drive\(pan=None, tilt=None, zoom=1")
    page.mouse.up()
    ear.expect(r"Drive\(pan=None, tilt=None, zoom=0")
    page.get_by_role("button", name="Home").click()
    ear.expect(r"Home\(\)")


@pytest.mark.parametrize("kind", ["keypads/keypad", "speakerphones/speakerphone", "serial/joystick"])
def test_device_is_unplugged_and_its_keys_with_it(page: Page, ear: Ear, kind: str) -> None:
    plug = page.locator(f"[data-plug='{kind}']")
    keys = page.get_by_role("group").filter(has=plug).locator("button")
    plug.uncheck()
    ear.expect("DeviceLost")
    expect(keys.first).to_be_disabled()
    plug.check()
    expect(keys.first).to_be_enabled()


def test_peer_calls_and_gives_up(page: Page) -> None:
    anna = page.locator("[data-peer^='anna.petrova@']")
    state = page.locator("#call-state")
    expect(state).to_have_text("Ready")
    expect(anna.get_by_role("button", name="Answer")).to_be_hidden()
    anna.get_by_role("button", name="Call").click()
    expect(state).to_have_text("Анна Петрова is calling")
    expect(anna).to_contain_text("Calling the room…")
    anna.get_by_role("button", name="Leave").click()
    expect(state).to_have_text("Ready")


def test_a_lecture_has_what_only_its_owner_may(page: Page) -> None:
    anna = page.locator("[data-peer^='anna.petrova@']")
    anna.get_by_role("button", name="Lecture").click()
    expect(page.locator("#call-state")).to_have_text("Анна Петрова is calling")
    for name in ("To the podium", "Hold back", "Let in", "Ask to record", "Give the podium", "Lecture"):
        expect(anna.get_by_role("button", name=name)).to_be_hidden()  # the room is not in it
    expect(anna).to_contain_text("Calling the room…")
    anna.get_by_role("button", name="Leave").click()
    expect(page.locator("#call-state")).to_have_text("Ready")


def test_peer_is_busy_goes_and_comes_back(page: Page) -> None:
    john = page.locator("[data-peer^='john.smith@']")
    for action, status in [("Busy", "Busy"), ("Go offline", "Offline"), ("Come back", "Available")]:
        john.get_by_role("button", name=action).click()
        expect(john.locator("small")).to_have_text(status)


def test_terminal_takes_a_call_on_its_own_speakerphone(page: Page, server: Server) -> None:
    page.get_by_role("button", name="Pick up", exact=True).last.click()
    assert server.ask("/terminal/state")["appState"] == 3
    expect(page.locator("#complaint")).to_be_hidden()


@pytest.mark.parametrize("fault", ["Cut the connection", "Send nonsense", "Take control away", "Restart the terminal"])
def test_faults_are_accepted(page: Page, fault: str) -> None:
    with page.expect_response("**/terminal/faults") as answer:
        page.get_by_role("button", name=fault).click()
    assert answer.value.status == 200
    expect(page.locator("#call-state")).to_have_text("Ready")


def test_picture_follows_the_camera(page: Page, server: Server) -> None:
    numbers = page.locator("#camera-numbers")
    expect(numbers).to_have_text("pan 0° · tilt 0° · zoom 1.0×")
    server.ask("/test/camera", {"pan": -6, "zoom": 2, "muted": True})
    expect(numbers).to_have_text("pan -6° · tilt 0° · zoom 2.0×")
    expect(page.locator("#camera-picture")).to_have_attribute("viewBox", "-22 -6.8 32 13.6")
    expect(page.locator(".camera")).to_have_class(re.compile(r"\boff\b"))
    server.ask("/test/camera", {"pan": 0, "zoom": 1, "muted": False})
    expect(numbers).to_have_text("pan 0° · tilt 0° · zoom 1.0×")
    expect(page.locator(".camera")).not_to_have_class(re.compile(r"\boff\b"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 600)])
def test_page_fits_the_window(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_page_says_that_the_server_is_gone_and_recovers(browser: Browser) -> None:
    with served() as first:
        page = browser.new_page()
        page.goto(first.url)
        connection = page.locator("#connection")
        expect(connection).to_have_text("Connected")
        first.process.kill()
        first.process.wait(PATIENCE)
        expect(connection).to_have_text("The demo does not answer. Trying again…")
        expect(page.locator("[data-lamp=link]")).to_have_class("unknown")
        assert page.locator("main").evaluate("main => main.inert")
        assert page.evaluate(LIGHT) == 0
    with served(first.address):
        expect(connection).to_have_text("Connected")
        expect(page.locator("[data-lamp=link]")).not_to_have_class(re.compile("unknown"))
        page.close()
