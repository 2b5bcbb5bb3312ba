"""A call on the panel, in a browser: the conference, its owner, what is asked of the room, and what is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.demo.browser import Server, chromium, served
from tests.demo.test_whole_demo import demo
from tests.eventually import eventually
from tests.panel.test_door_page import AXE, DOCS, SIZES
from tests.panel.test_panel_page import phase, tap

__all__ = ["demo"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOO_SMALL = """() => [...document.querySelectorAll("button")]
  .map((each) => each.getBoundingClientRect())
  .filter((each) => Math.min(each.width, each.height) < 40 || each.right > innerWidth + 1).length"""
JOHN = "/terminal/peers/john.smith@meet.example.com"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@contextmanager
def told(code: str = "en", hang_up: str = "press") -> Iterator[Server]:
    with served("127.0.0.1:0", "tests.panel.call_server", code, hang_up) as server:
        yield server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with told() as one:
        yield one


@contextmanager
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    """The panel; whatever the browser complains about fails the test."""
    complaints = list[str]()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/panel")
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    room(server, "idle")
    with opened(browser, server) as one:
        phase(one, "idle")
        yield one


def room(server: Server, story: str, count: int = 0) -> None:
    server.ask("/test/room", {"story": story, "count": count})


def asked(server: Server, *words: str) -> None:
    eventually(lambda: server.ask("/test/asked") == list(words))


def test_the_owner_mutes_removes_and_invites(page: Page, server: Server) -> None:
    room(server, "ours")
    tap(page, "Participants (3)")
    rows = page.locator(".participants li")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("bdi")).to_have_text("Boris Ray")
    expect(rows.nth(0).get_by_role("img", name="microphone on")).to_be_visible()
    expect(rows.nth(1).get_by_role("img", name="records us")).to_be_visible()
    tap(page, "Mute all")
    tap(page, "Mute Anna Larsen")
    expect(page.get_by_role("button", name="Mute Boris")).to_be_disabled()
    tap(page, "Remove Anna Larsen")
    asked(server, "mute_all", "mute_one anna@example.org")
    tap(page, "Remove Anna Larsen: Sure? Press again")
    tap(page, "Invite")
    page.locator(".field input").click()
    for letter in "carl":
        page.locator(".keyboard").get_by_role("button", name=letter, exact=True).click()
    page.locator(".people li button").first.click()
    last = ("remove anna@example.org", "invite carl@example.org")
    asked(server, "mute_all", "mute_one anna@example.org", *last)


def test_the_owner_leaves_or_ends_it_for_all(page: Page, server: Server) -> None:
    room(server, "ours")
    tap(page, "Leave")
    tap(page, "End for all")
    asked(server, "hang_up leave")
    tap(page, "End for all: Sure? Press again")
    asked(server, "hang_up leave", "hang_up all")


def test_whoever_does_not_own_it_only_sees_who_is_there(page: Page, server: Server) -> None:
    room(server, "theirs")
    tap(page, "Participants (3)")
    expect(page.locator(".participants li")).to_have_count(2)
    expect(page.locator(".participants button")).to_have_count(0)
    expect(page.get_by_role("button", name="Invite")).to_have_count(0)
    tap(page, "Hang up")
    asked(server, "hang_up")


def test_of_500_as_many_are_shown_as_somebody_reads(page: Page, server: Server) -> None:
    room(server, "theirs", 498)
    tap(page, "Participants (501)")
    expect(page.locator(".participants li")).to_have_count(50)
    expect(page.locator(".participants bdi").nth(6)).to_have_text("<b>Gus</b>")
    tap(page, "Show more (450)")
    expect(page.locator(".participants li")).to_have_count(100)


def test_the_podium_of_a_lecture(page: Page, server: Server) -> None:
    room(server, "listens")
    tap(page, "Ask for the podium")
    tap(page, "Make a remark")
    asked(server, "podium ask", "podium remark")
    room(server, "asked")
    expect(page.locator(".podium p")).to_have_text("The podium is asked for…")
    room(server, "remark")
    expect(page.locator(".podium p")).to_contain_text("Our remark: 1:2")
    tap(page, "End the remark")
    asked(server, "podium leave")


def test_what_is_asked_is_answered_once_it_was_seen(page: Page, server: Server) -> None:
    room(server, "camera")
    ask = page.locator(".asks")
    expect(ask).to_contain_text("Anna Larsen wants to move our camera")
    tap(page, "Allow")
    asked(server, "camera allow")
    room(server, "second")
    expect(ask).to_contain_text("Carl Ober is calling, too")
    tap(page, "Answer, end this call")
    asked(server, "accept")


def test_layouts_and_content(page: Page, server: Server) -> None:
    room(server, "theirs")
    tap(page, "Layout")
    tap(page, "All of one size")
    tap(page, "Show content")
    asked(server, "layout equal", "content on")
    room(server, "older")
    expect(page.get_by_role("button", name="Layout")).to_have_count(0)


def test_what_is_written_is_shown_as_text(page: Page, server: Server) -> None:
    room(server, "ours")
    tap(page, "Chat")
    lines = ["Anna Larsen Can you see the slides?", "Neptune Yes", "Neptune <i>thanks</i>"]
    expect(page.locator(".chat li")).to_have_text(lines)


def test_the_waiting_room(page: Page, server: Server) -> None:
    room(server, "waits")
    phase(page, "waiting_room")
    tap(page, "Hang up")
    asked(server, "hang_up")


def test_where_so_configured_a_call_is_ended_by_holding_the_button(browser: Browser) -> None:
    with told(hang_up="hold") as server:
        room(server, "theirs")
        with opened(browser, server) as page:
            button = page.locator("button.held")
            button.click()
            button.hover()
            page.mouse.down()
            asked(server, "hang_up")
            page.mouse.up()
            button.focus()
            page.keyboard.press("Enter")
            page.keyboard.press("Enter", delay=1300)
            asked(server, "hang_up", "hang_up")


def test_a_conference_with_a_terminal(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        phase(page, "idle")
        demo.ask(f"{JOHN}/call", {"confType": 1, "title": "Plan"})
        phase(page, "ringing")
        tap(page, "Answer")
        phase(page, "in_call")
        tap(page, "Participants (2)")
        row = page.locator(".participants li")
        expect(row.locator("bdi")).to_have_text("John Smith")
        expect(row.locator("img")).to_have_js_property("naturalWidth", 128)
        expect(row.get_by_role("img", name="microphone on")).to_be_visible()
        demo.ask(f"{JOHN}/mute", {"device": "mic", "mute": True})
        expect(row.get_by_role("img", name="microphone off")).to_be_visible()
        demo.ask(f"{JOHN}/say", {"text": "Good morning", "toAll": True})
        tap(page, "Chat ●")
        expect(page.locator(".chat li")).to_have_text(["John Smith Good morning"])
        demo.ask(f"{JOHN}/askToRecord", {})
        tap(page, "Accept")
        expect(page.locator(".recorded")).to_be_visible()
        tap(page, "Hang up")
        phase(page, "idle")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, server: Server, scheme: Any) -> None:  # one of the browser's schemes
    page.emulate_media(color_scheme=scheme)
    for story, tab in (("ours", "Participants (3)"), ("ours", "Layout"), ("camera", "Keypad"), ("remark", "Keypad")):
        room(server, story)
        tap(page, tab)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []
        tap(page, tab)


@pytest.mark.parametrize("size", SIZES)
def test_everything_can_be_touched(page: Page, server: Server, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    room(server, "ours")
    tap(page, "Participants (3)")
    assert page.evaluate(TOO_SMALL) == 0


@pytest.mark.parametrize(
    ("name", "story", "size", "scheme"),
    [("conference", "ours", "10", "light"), ("lecture", "remark", "7", "dark"), ("rings", "rings", "7", "light")],
)
def test_the_docs_show_it(page: Page, server: Server, name: str, story: str, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    room(server, story, 4)
    if story == "ours":
        tap(page, "Participants (7)")
    if story == "rings":
        expect(page.locator("img")).to_have_js_property("naturalWidth", 128)
    else:
        expect(page.locator(".long")).to_contain_text("12:3")
    picture = DOCS / f"panel-call-{name}.png"
    if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
        page.screenshot(path=picture)
    with Image.open(picture) as shown:
        assert shown.size == SIZES[size]
