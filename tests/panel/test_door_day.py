"""A day at a door that may be touched, in a browser: what it shows and offers from the morning to the evening."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server, chromium, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(sys.prefix) / "node/node_modules/axe-core/axe.min.js"
DOCS = Path(__file__).parent.parent.parent / "docs/pictures"
SIZES = {"10": (1280, 800), "7": (800, 480), "phone": (412, 915)}
INCHES = {"10": 10.1, "7": 7, "phone": 6.5}
STANDUP = {"title": "Планёрка", "starts": "2026-11-27T10:00:00+03:00", "minutes": 30, "owner": "anna"}
REVIEW = {"title": "Design review", "starts": "2026-11-27T14:00:00+03:00", "minutes": 60, "owner": "john"}
WORKSHOP = {"title": "Workshop", "starts": "2026-11-27T15:40:00+03:00", "minutes": 80}
DAY = [STANDUP, REVIEW, WORKSHOP]


def at(clock: str) -> str:
    return f"2026-11-27T{clock}:00+03:00"


@contextmanager
def door(code: str = "en") -> Iterator[Server]:
    with served("127.0.0.1:0", "tests.panel.door_server", code) as server:
        yield server


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
    page.goto(f"{server.url}/panel/door?inches={INCHES[size]}")
    yield page
    page.close()
    assert complaints == []


class Door:
    """The page, and the day behind it."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self._server = server

    def day(self, clock: str, **told: object) -> None:
        self._server.ask("/test/day", {"at": at(clock), **told})
        expect(self.page.locator("time")).to_have_text(clock)

    def shows(self, state: str, word: str, until: str = "") -> None:
        expect(self.page.locator("main")).to_have_attribute("data-state", state)
        expect(self.page.locator(".word")).to_contain_text(word)
        expect(self.page.locator(".until")).to_have_text(until)

    def offers(self, *buttons: str) -> None:
        expect(self.page.locator(".controls button")).to_have_text([re.compile(rf"^\s*{each}\s*$") for each in buttons])

    def touch(self, words: str) -> None:
        self.page.get_by_role("button", name=re.compile(rf"^{re.escape(words)}")).click()

    def picture(self, name: str, size: str) -> None:
        path = DOCS / f"{name}.png"
        if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
            self.page.screenshot(path=path)
        with Image.open(path) as shown:
            assert shown.size == SIZES[size]

    def axe(self) -> None:
        if AXE.exists():
            self.page.evaluate(AXE.read_text())
            found = self.page.evaluate("axe.run()")
            assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


OVERFLOWS = """() => [...document.querySelectorAll(".word, .until, h2, .hours, .clock, button, .said")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > innerWidth + 1
    || each.getBoundingClientRect().bottom > innerHeight)
  .map((each) => `${each.className}: ${each.textContent}`)"""


def test_from_the_morning_to_the_evening(browser: Browser) -> None:
    with door() as server, opened(browser, server) as page:
        shown = Door(page, server)
        shown.day("08:30", meetings=DAY, phase="idle")
        shown.shows("free", "Free", "until 10:00")
        shown.offers("15 minuntil 08:45", "30 minuntil 09:00", "60 minuntil 09:30")
        expect(page.locator(".said")).to_have_text("The calendar is not changed")
        shown.axe()
        shown.day("09:52")
        shown.shows("soon", "Soon", "from 10:00")
        shown.offers("8 minuntil 10:00", "Check infrom 10:00", "Releasefrom 10:00")
        shown.day("10:02")
        shown.shows("check_in", "Check in", "until 10:30")
        shown.offers("Check in", "Release")
        shown.picture("door-check-in", "10")
        shown.axe()
        shown.touch("Check in")
        shown.shows("booked", "Booked", "until 10:30")
        shown.offers(r"\+15 minuntil 10:45", r"\+30 minuntil 11:00", "End")
        shown.day("10:05", phase="in_call")
        shown.shows("in_use", "In use", "until 10:30")
        shown.touch("+15 min")
        shown.shows("in_use", "In use", "until 10:45")
        shown.day("10:40", phase="idle")
        shown.touch("End")
        shown.shows("free", "Free", "until 14:00")
        expect(page.locator(".released h2")).to_have_count(0)  # it is over in the calendar as well
        shown.day("14:10")
        shown.shows("free", "Free", "until 15:40")
        expect(page.locator(".released .title")).to_have_text("Design review")
        expect(page.locator(".strip .released")).to_have_count(1)
        shown.offers("15 minuntil 14:25", "30 minuntil 14:40", "60 minuntil 15:10")
        shown.picture("door-released", "10")
        shown.day("15:05")
        shown.touch("35 min")
        shown.shows("booked", "Booked", "until 15:40")
        expect(page.locator(".meetings .title").first).to_have_text("Booked here")
        shown.offers("End")
        shown.picture("door-local", "10")
        shown.day("15:10")
        shown.touch("End")
        shown.shows("free", "Free", "until 15:40")
        shown.day("20:30")
        shown.shows("free", "Free")
        shown.axe()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "ru", "pl", "es"])
def test_every_word_fits(browser: Browser, code: str, size: str) -> None:
    with door(code) as server, opened(browser, server, size) as page:
        shown = Door(page, server)
        for clock, phase in (("08:30", "idle"), ("09:52", "idle"), ("10:02", "idle"), ("10:03", "in_call")):
            shown.day(clock, phase=phase, meetings=DAY)
            page.wait_for_timeout(200)
            assert page.evaluate(OVERFLOWS) == [], clock


@pytest.mark.parametrize(
    ("name", "size", "clock", "code"),
    [
        ("door-book-now", "10", "13:20", "en"),
        ("door-controls", "7", "10:02", "en"),
        ("door-controls-ru", "phone", "10:02", "ru"),
    ],
)
def test_the_docs_show_it(browser: Browser, name: str, size: str, clock: str, code: str) -> None:
    with door(code) as server, opened(browser, server, size) as page:
        shown = Door(page, server)
        shown.day(clock, phase="idle", meetings=DAY)
        expect(page.locator(".controls button").first).to_be_visible()
        shown.picture(name, size)


def test_a_press_is_asked_until_the_room_has_changed_and_a_refusal_is_said(browser: Browser) -> None:
    with door() as server, opened(browser, server) as page:
        shown = Door(page, server)
        shown.day("08:30", phase="idle", meetings=DAY)
        page.evaluate("""() => {
          window.states = [];
          new MutationObserver(() => window.states.push(document.querySelector(".said")?.textContent))
            .observe(document.body, { subtree: true, childList: true, characterData: true });
        }""")
        shown.touch("15 min")
        shown.shows("booked", "Booked", "until 08:45")
        assert "One moment…" in page.evaluate("window.states")
