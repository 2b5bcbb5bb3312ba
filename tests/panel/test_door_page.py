"""The display at the door in a browser: what it shows, that it is true, and that it can be read by everybody."""

import itertools
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server, chromium, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(sys.prefix) / "node/node_modules/axe-core/axe.min.js"
DOCS = Path(__file__).parent.parent.parent / "docs/pictures"
SIZES = {"10": (1280, 800), "7": (800, 480), "phone": (412, 915)}
MEETS = {"title": "Q4 <b>plan</b>", "starts": -10, "minutes": 60, "owner": "anna"}
COMES = {"title": "Design review", "starts": 95, "minutes": 30}
NOTHING: dict[str, object] = {"phase": "idle"}
BOOKED = {"now": MEETS, "next": COMES, "today": [MEETS, COMES]}
SOON = {"next": COMES | {"starts": 4.5}, "soon": True, "today": [COMES | {"starts": 4.5}]}
STALE_WITHIN = 2600  # ms: two seconds, and a look each quarter of one


@contextmanager
def door(code: str = "en", box: str = "box-1", listen: str = "127.0.0.1:0") -> Iterator[Server]:
    with served(listen, "tests.panel.server", code, box) as server:
        yield server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with door() as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@contextmanager
def opened(browser: Browser, server: Server, size: str = "10") -> Iterator[Page]:
    """The page; whatever the browser complains about fails the test."""
    width, height = SIZES[size]
    page, complaints = browser.new_page(viewport={"width": width, "height": height}), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if server.address in request.url else complaints.append(request.url))
    page.goto(f"{server.url}/panel/door")
    yield page
    page.close()
    assert [said for said in complaints if "WebSocket" not in said and "ERR_CONNECTION" not in said] == []


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    server.ask("/test/room", NOTHING)
    with opened(browser, server) as one:
        expect(one.locator("main")).to_have_attribute("data-state", "free")
        yield one


def state(page: Page, value: str, within: float = 5000) -> None:
    expect(page.locator("main")).to_have_attribute("data-state", value, timeout=within)


@pytest.mark.parametrize(
    ("room", "shown", "word", "until"),
    [
        (NOTHING, "free", "Free", ""),
        ({"next": COMES}, "free", "Free", r"until \d\d:\d\d"),
        (SOON, "soon", "Soon", r"from \d\d:\d\d"),
        (BOOKED, "booked", "Booked", r"until \d\d:\d\d"),
        (BOOKED | {"phase": "in_call"}, "in_use", "In use", r"until \d\d:\d\d"),
        ({"phase": "in_call"}, "in_use", "In use", ""),
        ({"known": False}, "unknown", "Unknown", ""),
        ({"link": "down"}, "unknown", "Unknown", ""),
    ],
)
def test_what_stands_on_the_door(
    page: Page, server: Server, room: dict[str, Any], shown: str, word: str, until: str
) -> None:
    server.ask("/test/room", room)
    state(page, shown)
    expect(page.locator(".word")).to_contain_text(word)
    expect(page.locator(".until")).to_have_text(re.compile(f"^{until}$"))


def test_now_and_next(page: Page, server: Server) -> None:
    server.ask("/test/room", BOOKED)
    state(page, "booked")
    titles = page.locator(".meetings .title")
    expect(titles).to_have_text(["Q4 <b>plan</b>", "Design review"])
    expect(page.locator(".strip .meeting")).to_have_count(2)


def test_late_in_the_evening_what_comes_next_is_tomorrow(page: Page, server: Server) -> None:
    server.ask("/test/room", BOOKED | {"at": "2026-11-30T22:40:10+03:00"})
    expect(page.locator(".meetings .hours").last).to_have_text("tomorrow 00:15–00:45")
    expect(page.locator(".strip .meeting")).to_have_count(1)  # it is the day of today


def test_the_minutes_before_a_meeting_are_counted(page: Page, server: Server) -> None:
    server.ask("/test/room", SOON)
    expect(page.locator(".meetings h2")).to_have_text(re.compile(r"^Next\s+in 5 min$"))


def test_the_clock_is_the_rooms(page: Page, server: Server) -> None:
    server.ask("/test/room", NOTHING | {"at": "2026-06-01T09:15:20+14:00"})
    expect(page.locator("time")).to_have_text("09:15")
    expect(page.locator(".clock")).to_contain_text("Monday, June 1")
    server.ask("/test/room", NOTHING | {"at": "2026-06-01T11:40:20+14:00"})  # somebody has set it: nothing else changes
    expect(page.locator("time")).to_have_text("11:40")
    server.ask("/test/room", NOTHING | {"at": ""})
    expect(page.locator(".clock")).to_have_text("–")
    server.ask("/test/room", NOTHING | {"at": "2026-10-25T02:59:58+03:00"})
    expect(page.locator("time")).to_have_text("03:00")  # two seconds later, by itself


def test_without_a_word_from_the_box_nothing_is_claimed(page: Page, server: Server) -> None:
    server.process.send_signal(signal.SIGSTOP)
    try:
        state(page, "stale", STALE_WITHIN)
        expect(page.locator(".word")).to_contain_text("Offline")
        expect(page.locator(".meetings")).to_have_count(0)
    finally:
        server.process.send_signal(signal.SIGCONT)
    state(page, "free")


WATCH = """() => {
  window.seen = [];
  const look = () => window.seen.push(document.querySelector("main").dataset.state);
  new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, childList: true });
}"""


def test_a_page_that_was_frozen_does_not_play_back_what_it_missed(page: Page, server: Server) -> None:
    page.evaluate(WATCH)
    session = page.context.new_cdp_session(page)
    with stopped(session):
        for room in (BOOKED, SOON, NOTHING, BOOKED, {"phase": "in_call"}):
            server.ask("/test/room", room)
            page.wait_for_timeout(700)
    state(page, "in_use")
    after = itertools.dropwhile("free".__eq__, page.evaluate("window.seen"))  # as it was: the minute may have turned
    assert set(after) <= {"stale", "in_use"}


@contextmanager
def stopped(session: Any) -> Iterator[None]:  # a CDP session
    """The page's scripts stand still, as while a browser has frozen it; what it is sent waits."""
    session.send("Debugger.enable")
    session.send("Debugger.pause")
    yield
    session.send("Debugger.resume")
    session.send("Debugger.disable")


def test_two_displays_show_the_same(page: Page, server: Server, browser: Browser) -> None:
    with opened(browser, server, "7") as other:
        server.ask("/test/room", BOOKED)
        for one in (page, other):
            state(one, "booked")


def test_a_page_of_an_older_box_loads_itself_again(browser: Browser) -> None:
    with door(box="old") as old:
        page = browser.new_page()
        page.goto(f"{old.url}/panel/door")
        old.ask("/test/room", NOTHING)
        state(page, "free")
        page.evaluate("document.documentElement.dataset.before = ''")
    with door(box="new", listen=old.address) as new:
        new.ask("/test/room", NOTHING)
        expect(page.locator("html[data-before]")).to_have_count(0, timeout=15000)
        state(page, "free")
        page.close()


@pytest.mark.parametrize("room", [NOTHING, SOON, BOOKED, {"known": False}], ids=["free", "soon", "booked", "unknown"])
@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
def test_everybody_can_read_it(page: Page, server: Server, room: dict[str, Any]) -> None:
    server.ask("/test/room", room)
    page.wait_for_timeout(300)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")
    assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "ru", "pl", "es"])
def test_every_word_fits(browser: Browser, code: str, size: str) -> None:
    with door(code) as server, opened(browser, server, size) as page:
        for room in (NOTHING, SOON, BOOKED, BOOKED | {"phase": "in_call"}, {"link": "down"}):
            server.ask("/test/room", room)
            page.wait_for_timeout(200)
            assert page.evaluate(OVERFLOWS) == []


OVERFLOWS = """() => [...document.querySelectorAll(".word, .until, .meetings h2, .meetings p:not(.title), .clock")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth + 1
    || each.getBoundingClientRect().bottom > innerHeight)
  .map((each) => `${each.className}: ${each.textContent}`)"""


def test_letters_are_as_tall_as_three_metres_need(browser: Browser, server: Server) -> None:
    """A capital of 17.5 mm on a screen of 10.1 inches, whose page was told so."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, screen={"width": 1280, "height": 800})
    server.ask("/test/room", NOTHING)
    page.goto(f"{server.url}/panel/door?inches=10.1")
    state(page, "free")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.word')).fontSize)")
    pixels = (1280**2 + 800**2) ** 0.5 / (10.1 * 25.4)
    assert 0.7 * size / pixels >= 17.5 - 0.1
    page.close()


@pytest.mark.parametrize(("name", "size"), [("free", "10"), ("soon", "7"), ("booked", "10"), ("in_use", "phone")])
def test_the_docs_show_it(browser: Browser, name: str, size: str) -> None:
    now = MEETS | {"title": "Планёрка"}
    booked: dict[str, Any] = {"now": now, "next": COMES, "today": [now, COMES]}
    rooms: dict[str, dict[str, Any]] = {"free": {"next": COMES, "today": [COMES]}, "soon": SOON, "booked": booked}
    room = rooms.get(name, booked | {"phase": "in_call"}) | {"at": "2026-11-27T14:05:00+03:00"}
    with door("ru" if name == "in_use" else "en") as server, opened(browser, server, size) as page:
        server.ask("/test/room", room)
        state(page, name)
        expect(page.locator("time")).to_have_text("14:05")
        picture = DOCS / f"door-{name}.png"
        if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
            page.screenshot(path=picture)
        with Image.open(picture) as shown:
            assert shown.size == SIZES[size]


def test_it_is_small_and_soon_there(browser: Browser, server: Server) -> None:
    sizes: list[int] = []
    page = browser.new_page()
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(f"{server.url}/panel/door")
    page.locator(".word").wait_for()
    assert sum(sizes) < 150_000
    page.close()
