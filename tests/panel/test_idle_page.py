"""The panel of a room at rest, in a browser: that it can be read, used by everybody, and is quiet."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, expect

from tests.demo.browser import Server, chromium
from tests.eventually import eventually
from tests.panel.test_door_day import DAY, at
from tests.panel.test_door_day import door as door_that_is_touched
from tests.panel.test_door_page import AXE, DOCS, door

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = 60_000  # milliseconds


class Screen(NamedTuple):
    width: int
    height: int
    inches: float

    @property
    def millimetre(self) -> float:
        """Pixels of one."""
        return float((self.width**2 + self.height**2) ** 0.5 / (self.inches * 25.4))


SCREENS = {
    "5": Screen(800, 480, 5),
    "7": Screen(800, 480, 7),
    "7-fine": Screen(1024, 600, 7),
    "7-upright": Screen(720, 1280, 7),
    "10": Screen(1280, 800, 10.1),
    "13": Screen(1920, 1080, 13.3),
    "phone": Screen(412, 915, 6.5),
}
NOW = {
    "title": "Quarterly plan",
    "starts": -10,
    "minutes": 60,
    "owner": "anna@example.com",
    "peer_id": "200@example.com",
}
NEXT = {"title": "Design review", "starts": 52, "minutes": 30, "owner": "john@example.com"}
BOOKED: dict[str, Any] = {"now": NOW, "next": NEXT, "people": True, "at": "2026-11-27T10:20:10+03:00"}
FREE: dict[str, Any] = {"next": NEXT, "people": True, "at": "2026-11-27T10:20:10+03:00"}
SOON = FREE | {"next": NEXT | {"starts": 4}, "soon": True}


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
    """The panel on a screen; whatever the browser complains about fails the test."""
    screen = SCREENS[size]
    page, complaints = browser.new_page(viewport={"width": screen.width, "height": screen.height}), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/panel?inches={screen.inches}")
    expect(page.locator(".idle, .aside")).to_be_visible()
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    server.ask("/test/room", BOOKED)
    with opened(browser, server) as one:
        yield one


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def was_asked(server: Server, *words: str) -> None:
    eventually(lambda: len(server.ask("/test/asked")) >= len(words))
    asked = server.ask("/test/asked")
    assert len(asked) == len(words), asked
    for action, each in zip(asked, words, strict=True):
        assert each in action


LETTER = """line => {
  const letter = document.createRange();
  const text = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
  letter.setStart(text, 0);
  letter.setEnd(text, 1);
  const { x, y, width, height } = letter.getBoundingClientRect();
  const ground = line.closest(".state, .meeting");
  const top = Math.max(y, ground.getBoundingClientRect().top + 1);
  return [{ x, y: top, width, height: y + height - top }, getComputedStyle(ground).backgroundColor];
}"""


def capital(line: Locator) -> int:
    """How many rows of pixels the first letter or digit of a line has that have another colour than the ground."""
    box, ground = line.evaluate(LETTER)
    picture = Image.open(BytesIO(line.page.screenshot(clip=box))).convert("RGB")
    ink = ImageChops.difference(picture, Image.new("RGB", picture.size, ground)).convert("L")
    rows = [max(ink.crop((0, row, ink.width, row + 1)).tobytes()) for row in range(ink.height)]
    inked = [row >= max(rows) / 2 for row in rows]
    first = inked.index(True)
    return [*inked[first:], False].index(False)  # below it may be the next line


@pytest.mark.parametrize("size", ["7", "7-fine", "10", "13"])
@pytest.mark.parametrize(("room", "word"), [(BOOKED, "Booked"), (FREE, "Free"), (SOON, "Soon")])
def test_the_word_and_the_time_are_read_from_three_metres(
    browser: Browser, server: Server, size: str, room: dict[str, Any], word: str
) -> None:
    server.ask("/test/room", room)
    with opened(browser, server, size) as page:
        expect(page.locator(".word")).to_have_text(word)
        pixels = SCREENS[size].millimetre
        assert capital(page.locator(".word")) / pixels >= 17.3  # 17.5, but for the edge of the letter
        assert capital(page.locator(".until b")) / pixels >= 17.3
        assert capital(page.locator(".meeting .title").first) / pixels >= 5.6  # from 1 m


def test_booked_has_another_shape_than_soon_and_free(page: Page, server: Server) -> None:
    drawn = set[str | None]()
    for room, word in ((BOOKED, "Booked"), (FREE, "Free"), (SOON, "Soon"), ({"known": False}, "Unknown")):
        server.ask("/test/room", room)
        expect(page.locator(".word")).to_have_text(word)
        drawn.add(page.locator(".state .shape path").get_attribute("d"))
    assert len(drawn) == 4


def test_now_and_next(page: Page, server: Server) -> None:
    expect(page.locator(".meeting .title")).to_have_text(["Quarterly plan", "Design review"])
    expect(page.locator(".meeting h2").last).to_have_text("Next in 52 min")
    tap(page, "Join")
    was_asked(server, "200@example.com")


def test_somebody_checks_in(browser: Browser) -> None:
    with door_that_is_touched() as server:
        server.ask("/test/day", {"at": at("10:02"), "meetings": DAY, "phase": "idle"})
        with opened(browser, server) as page:
            expect(page.locator(".word")).to_have_text("Check in")
            tap(page, "Check in")
            expect(page.locator(".word")).to_have_text("Booked")
            expect(page.get_by_role("button", name="Check in")).to_have_count(0)


def test_do_not_disturb_has_an_end(page: Page, server: Server) -> None:
    tap(page, "Do not disturb")
    was_asked(server, "DoNotDisturb(on=True, minutes=60)")
    expect(page.locator(".quiet.on")).to_have_count(0)  # nobody has confirmed it
    server.ask("/test/room", BOOKED | {"undisturbed": 41.5})
    expect(page.locator(".quiet.on")).to_contain_text("42 min left")
    tap(page, "+30 min")
    tap(page, "Turn off")
    was_asked(server, "DoNotDisturb(on=True, minutes=72)", "DoNotDisturb(on=False, minutes=None)")


def test_favourites_are_called_by_one_touch(page: Page, server: Server) -> None:
    favourites = page.get_by_role("navigation", name="Favourites").get_by_role("button")
    expect(favourites).to_have_count(6)
    expect(favourites.nth(2)).to_have_text("John Smithbusy")
    favourites.nth(2).click()
    was_asked(server, "john@example.com")


def test_people_are_found_wherever_they_are(page: Page, server: Server) -> None:
    tap(page, "People")
    people = page.locator(".people .peers button")
    expect(people).to_have_count(9)
    expect(people.nth(6)).to_contain_text("missed 09:20")
    page.get_by_label("Name or ID").click()
    for letter in "jo":
        page.locator(".keyboard").get_by_role("button", name=letter, exact=True).click()
    expect(people.locator("bdi")).to_have_text(["María José Fernández de la Vega", "John Smith", "Johanna Lindqvist"])
    expect(page.get_by_role("button", name="Call", exact=True)).to_have_count(0)
    tap(page, "Clear")
    for key in "Q1@":
        page.keyboard.type(key)
    expect(page.get_by_text("Nobody found")).to_be_visible()
    tap(page, "Call")
    was_asked(server, "Q1@")


def test_numbers_are_typed_and_letters_lead_to_ids(page: Page, server: Server) -> None:
    tap(page, "Keypad")
    tap(page, "1")
    page.keyboard.type("a2#")
    was_asked(server, "'1'", "'2'", "'#'")  # a letter is no part of a number, nor of a password
    server.ask("/test/room", BOOKED | {"typed": "12#"})
    expect(page.get_by_label("Number")).to_have_text("12#")
    tap(page, "Back")
    was_asked(server, "Clear")
    server.ask("/test/room", BOOKED)
    expect(page.locator(".idle")).to_be_visible()
    tap(page, "Keypad")
    tap(page, "Keyboard")
    expect(page.locator(".keyboard")).to_be_visible()


def test_what_somebody_left_goes_home(page: Page) -> None:
    page.clock.install()
    page.reload()
    tap(page, "People")
    expect(page.locator(".people")).to_be_visible()
    page.clock.fast_forward(MINUTES + 1000)
    expect(page.locator(".idle")).to_be_visible()


def test_a_touch_on_a_dim_screen_acts(page: Page, server: Server) -> None:
    server.ask("/test/room", BOOKED | {"night": True})
    expect(page.locator(".night.dim")).to_be_attached()
    tap(page, "Do not disturb")
    expect(page.locator(".night")).to_have_count(0)
    was_asked(server, "DoNotDisturb")


def test_a_touch_on_a_dark_screen_wakes_it_and_does_nothing_else(page: Page, server: Server) -> None:
    page.evaluate("document.documentElement.dataset.dark = ''")
    server.ask("/test/room", BOOKED | {"night": True})
    dark = page.locator(".night.dark")
    expect(dark).to_be_visible()
    where = page.locator(".bar .quiet").bounding_box()
    assert where is not None
    page.mouse.click(where["x"] + 9, where["y"] + 9)
    expect(dark).to_have_count(0)
    was_asked(server)
    page.mouse.click(where["x"] + 9, where["y"] + 9)
    expect(dark).to_have_count(0)
    was_asked(server, "DoNotDisturb")


def test_a_call_lights_a_dark_screen(page: Page, server: Server) -> None:
    page.evaluate("document.documentElement.dataset.dark = ''")
    server.ask("/test/room", BOOKED | {"night": True})
    expect(page.locator(".night.dark")).to_be_visible()
    server.ask("/test/room", BOOKED | {"night": True, "phase": "ringing"})
    expect(page.locator(".night")).to_have_count(0)


def test_a_key_on_a_dark_screen_only_wakes(page: Page, server: Server) -> None:
    page.evaluate("document.documentElement.dataset.dark = ''")
    page.locator(".bar .quiet").focus()
    server.ask("/test/room", BOOKED | {"night": True})
    expect(page.locator(".night.dark")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".night")).to_have_count(0)
    was_asked(server)


WATCHED = """() => new Promise((done) => {
  let changes = 0;
  const other = (found) => found.type !== "characterData" || found.oldValue !== found.target.data;
  new MutationObserver((found) => (changes += found.filter(other).length)).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true, characterDataOldValue: true });
  setTimeout(() => done(changes + document.getAnimations().length), 3000);
})"""


def test_at_rest_nothing_moves(page: Page, server: Server) -> None:
    server.ask("/test/room", BOOKED)  # at ten seconds after the minute
    expect(page.locator(".clock time")).to_have_text("10:20")
    assert page.evaluate(WATCHED) == 0


def test_without_a_finger(page: Page, server: Server) -> None:
    page.keyboard.press("Tab")
    seen = list[str]()
    while (name := page.evaluate("document.activeElement.innerText")) and len(seen) < 20:
        seen.append(name.split("\n")[0].strip())
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"
        page.keyboard.press("Tab")
    assert seen[:2] == ["Join", "Reception"]
    assert seen[7:11] == ["People", "Keypad", "Do not disturb", "Microphone on"]
    page.get_by_role("button", name="People", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("anna")
    expect(page.get_by_label("Name or ID")).to_have_value("anna")
    page.keyboard.press("Escape")
    expect(page.locator(".idle")).to_be_visible()


AT_ONCE = """async ([name, key]) => {
  [...document.querySelectorAll(".bar button")].find((one) => one.innerText.trim() === name).click();
  await null;  // as long as a page has before the next key, where the machine is slow: no frame was drawn yet
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return document.activeElement.innerText.trim();
}"""


def test_a_page_hears_keys_as_soon_as_it_is_there(page: Page, server: Server) -> None:
    assert page.evaluate(AT_ONCE, ["People", "a"]) == "Back"
    page.keyboard.press("Escape")
    assert page.evaluate(AT_ONCE, ["Keypad", "7"]) == "Back"
    was_asked(server, "'7'")


def test_what_is_not_known_is_said_in_the_place_of_everything(page: Page, server: Server) -> None:
    server.ask("/test/room", BOOKED | {"link": "down"})
    expect(page.get_by_role("alert")).not_to_have_text("")
    expect(page.locator(".state, .bar")).to_have_count(0)


def test_the_clock_is_told_to_nobody(page: Page) -> None:
    live = page.locator("[role=status], [role=alert], [aria-live]")
    assert live.count() > 0
    for told in live.all_text_contents():
        assert "10:2" not in told
        assert "min" not in told


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, server: Server, scheme: Any) -> None:  # one of the browser's schemes
    page.emulate_media(color_scheme=scheme)
    for number, room in enumerate((BOOKED | {"undisturbed": 42}, FREE, SOON, {"known": False}, BOOKED, BOOKED, BOOKED)):
        server.ask("/test/room", room)
        expect(page.locator(".idle, .aside")).to_be_visible()
        if number == 4:
            tap(page, "People")
        if number == 5:
            page.get_by_label("Name or ID").click()
        if number == 6:
            tap(page, "Back")
            tap(page, "Keypad")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


PARTS = "main, fieldset, .idle, .aside, .state, .bar, .strip, .field, button, .word, .until"
CUT = f"""() => [...document.querySelectorAll("{PARTS}")]
  .filter((each) => each.clientWidth && (each.scrollWidth > each.clientWidth + 1 ||
    each.getBoundingClientRect().right > innerWidth + 1))
  .map((each) => `${{each.className}} ${{each.innerText}} ${{each.scrollWidth}} > ${{each.clientWidth}}`)"""
LOW = """() => [...document.querySelectorAll("fieldset")].map((each) => each.scrollHeight - each.clientHeight)"""
SMALL = """() => [...document.querySelectorAll("button")]
  .filter((each) => each.offsetParent && !each.closest(".keyboard") && each.getBoundingClientRect().height < 43)
  .map((each) => each.innerText)"""


@pytest.mark.parametrize("code", ["en", "ru", "pl", "es"])
def test_no_word_is_cut_off_in_any_language(browser: Browser, code: str) -> None:
    with door(code) as server:
        for size in SCREENS:
            server.ask("/test/room", BOOKED)
            with opened(browser, server, size) as page:
                cut = page.evaluate(CUT)
                low = page.evaluate(LOW)
                assert (size, cut, 0 if size == "phone" else max(low)) == (size, [], 0)
                for room, part in ((BOOKED | {"undisturbed": 42}, ".quiet.on"), (FREE, "[data-state=free].state")):
                    server.ask("/test/room", room)
                    expect(page.locator(part)).to_be_visible()
                    assert (size, page.evaluate(CUT), page.evaluate(SMALL)) == (size, [], [])
                page.locator(".bar button").first.click()
                page.locator(".field input").fill("an")
                expect(page.locator(".peers button").first).to_be_visible()
                assert (size, page.evaluate(CUT), page.evaluate(SMALL)) == (size, [], [])
                page.locator(".strip button").click()
                page.locator(".bar button").nth(1).click()
                expect(page.locator(".dial")).to_be_visible()
                assert (size, page.evaluate(CUT), page.evaluate(SMALL)) == (size, [], [])


PICTURES = {
    "idle": (BOOKED, "10", "light"),
    "idle-dark": (FREE, "10", "dark"),
    "idle-7": (SOON, "7", "light"),
    "idle-phone": (BOOKED, "phone", "light"),
    "dnd": (BOOKED | {"undisturbed": 42}, "10", "dark"),
    "people": (BOOKED, "10", "light"),
    "people-7": (BOOKED, "7", "dark"),
    "people-phone": (BOOKED, "phone", "dark"),
    "keypad": (FREE | {"typed": "104"}, "7", "light"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_docs_show_it(browser: Browser, server: Server, name: str) -> None:
    room, size, scheme = PICTURES[name]
    server.ask("/test/room", room)
    with opened(browser, server, size) as page:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the browser's schemes
        if name.startswith("people"):
            tap(page, "People")
        if name == "people-7":
            page.locator(".field input").fill("jo")
            expect(page.locator(".peers button")).to_have_count(3)
        picture = DOCS / f"panel-{name}.png"
        if os.environ.get("OFFHOOK_REWRITE_PICTURES"):
            page.evaluate("document.fonts.ready")
            page.screenshot(path=picture)
        with Image.open(picture) as shown:
            assert shown.size == SCREENS[size][:2]
