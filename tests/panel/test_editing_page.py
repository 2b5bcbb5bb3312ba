"""The page of the configuration in a browser: a change with mistakes, kept, taken back, and made by two at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.demo.browser import Server, chromium, served
from tests.eventually import eventually
from tests.panel.editing_server import MORE
from tests.panel.test_door_page import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG, SHORT = "600", "4"  # seconds of a trial
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 412, "height": 915}
PATH = "/maintenance/configuration"
expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

Begin = Callable[..., Server]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Starts a box."""
    running = []

    def start(seconds: str = LONG, how: str = "") -> Server:
        running.append(served("127.0.0.1:0", "tests.panel.editing_server", str(tmp_path / "box"), seconds, how))
        return running[-1].__enter__()

    yield start
    for each in running:
        each.__exit__(None, None, None)


@contextmanager
def opened(browser: Browser, box: Server, query: str = "", size: Any = WIDE) -> Iterator[Page]:
    """A page; whatever the browser complains about fails the test."""
    page, complaints = browser.new_page(viewport=size), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{box.url}{PATH}{query}")
    expect(page.locator("#right")).not_to_have_text("")
    yield page
    page.close()
    # a slow machine may give a socket up, tests cut the box off, and a password in a form without a name gets a hint
    hints = ("WebSocket", "[DOM]", "ERR_FAILED")
    assert [said for said in complaints if not any(hint in said for hint in hints)] == []


def text(page: Page) -> Any:
    return page.locator("#text")


def says(box: Server) -> str:
    return str(box.ask("/test/file")["text"])


def change(page: Page, old: str, new: str) -> None:
    """Changes the text by typing, as it were."""
    text(page).fill(text(page).input_value().replace(old, new))


def apply(page: Page) -> None:
    expect(page.locator("#right")).to_have_text("No mistakes.")
    page.locator("#apply").click()


def test_a_mistake_is_shown_with_its_line_and_cannot_be_applied(browser: Browser, begin: Begin) -> None:
    with opened(browser, begin()) as page:
        change(page, "pin = 17", "pin = 99")
        mistake = page.locator("#mistakes li")
        expect(mistake).to_contain_text("buttons.call.pin")
        expect(page.locator("#apply")).to_be_disabled()
        mistake.get_by_role("button", name="Line 7").click()
        chosen = "[...[document.activeElement]].map(e => e.value.slice(e.selectionStart, e.selectionEnd))[0]"
        assert page.evaluate(chosen) == "pin = 99"
        change(page, "pin = 99", "pin = = 9")
        expect(page.locator("#no-form")).to_contain_text("not TOML")


def test_a_change_is_shown_applied_and_kept(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        change(page, "[buttons.call]", "[keypads.keypad]\n[buttons.call]")
        expect(page.locator("#effect")).to_contain_text("keypad")
        expect(page.locator("#difference")).to_contain_text("+[keypads.keypad]")
        apply(page)
        expect(page.locator("#trial-says")).to_contain_text("on trial")
        assert "[keypads.keypad]" in says(box)
        page.locator("#keep").click()
        expect(page.locator("#state")).to_have_text("The change is kept.")
        expect(page.locator("#trial")).to_be_hidden()
        assert "FA6-secret" in says(box)
        assert [what for _, what in box.ask("/test/file")["audit"]] == ["configuration_apply", "configuration_keep"]
        expect(page.locator("#versions tbody tr")).to_have_count(2)
        page.locator("[data-version='1']").get_by_role("button").click()
        expect(page.locator("#difference")).to_contain_text("-[keypads.keypad]")
        apply(page)
        page.locator("#keep").click()
        expect(page.locator("#versions tbody tr")).to_have_count(3)
        assert says(box) == MORE


def test_nobody_keeps_it_and_it_returns_by_itself(browser: Browser, begin: Begin) -> None:
    box = begin(SHORT)
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        apply(page)
        expect(page.locator("#trial")).to_be_visible()
        expect(page.locator("#state")).to_have_text("The former configuration is in force again.")
        assert says(box) == MORE
        expect(text(page)).to_have_value(MORE.replace("FA6-secret", "(kept)").replace("BROKER-secret", "(kept)"))


def test_the_box_cannot_be_reached_and_returns(browser: Browser, begin: Begin) -> None:
    box = begin(SHORT)
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        apply(page)
        expect(page.locator("#trial")).to_be_visible()
        page.route(f"**{PATH}/*", lambda route: route.abort())
        expect(page.locator("#trial-says")).to_contain_text("returns to the former configuration by itself")
        expect(page.locator("#keep")).to_be_disabled()
        page.unroute(f"**{PATH}/*")
        expect(page.locator("#state")).to_have_text("The former configuration is in force again.")
        assert says(box) == MORE


@pytest.mark.parametrize("taken", [True, False])
def test_it_is_not_known_whether_it_was_taken(browser: Browser, begin: Begin, taken: bool) -> None:
    box = begin()

    def unknown(route: Route) -> None:
        if taken:
            route.fetch()
        route.fulfill(json={"became": "unknown", "says": "Nobody knows."})

    with opened(browser, box) as page:
        page.route(f"**{PATH}/apply", unknown)
        change(page, "Neptune", "Triton")
        apply(page)
        expect(page.locator("#state")).to_have_text("Nobody knows.")
        expect(page.locator("#trial")).to_be_visible(visible=taken)
        assert "Triton" in text(page).input_value()  # what was typed stays, whatever became of it


def test_the_answer_is_lost_and_the_change_is_on_trial(browser: Browser, begin: Begin) -> None:
    box = begin()

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    with opened(browser, box) as page:
        page.route(f"**{PATH}/apply", lost)
        change(page, "Neptune", "Triton")
        apply(page)
        expect(page.locator("#keep")).to_be_enabled()
        assert "Triton" in says(box)
        expect(text(page)).to_have_attribute("readonly", "")
        page.locator("#keep").click()
        expect(page.locator("#state")).to_have_text("The change is kept.")


def test_fields_that_are_changed_quickly_are_all_changed(browser: Browser, begin: Begin) -> None:
    with opened(browser, begin()) as page:

        def slow(route: Route) -> None:
            page.wait_for_timeout(300)  # a slow box
            route.continue_()

        page.route(f"**{PATH}/look", slow)
        page.locator("details[data-table='buttons.call'] summary").click()
        for key, value in (("pin", "22"), ("press", "mute"), ("held", "hang_up")):
            page.locator(f"[id='f buttons.call.{key}']").fill(value)
        page.locator("[id='f buttons.call.double']").type("dnd", delay=400)  # while answers come
        page.keyboard.press("Tab")
        for line in ("pin = 22", 'press = "mute"', 'held = "hang_up"', 'double = "dnd"'):
            expect(text(page)).to_have_value(re.compile(re.escape(line)))


def test_somebody_takes_it_back(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        apply(page)
        page.locator("#back").click()
        expect(page.locator("#state")).to_have_text("The former configuration is in force again.")
        assert says(box) == MORE


def test_without_the_link_it_cannot_be_kept(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        apply(page)
        expect(page.locator("#keep")).to_be_enabled()
        box.ask("/test/link", {"up": False})
        expect(page.locator("#keep")).to_be_disabled()
        expect(page.locator("#trial-link")).to_contain_text("cannot be kept")
        box.ask("/test/link", {"up": True})
        expect(page.locator("#keep")).to_be_enabled()


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_the_second_of_two_sees_what_the_first_has_done(browser: Browser, begin: Begin, choice: str) -> None:
    box = begin()
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        expect(page.locator("#right")).to_have_text("No mistakes.")
        box.ask("/test/write", {"text": MORE.replace("pin = 17", "pin = 27")})
        apply(page)
        expect(page.locator("#conflict pre")).to_contain_text("+pin = 27")
        assert "Triton" not in says(box)
        page.locator(f"#{choice}").click()
        if choice == "theirs":
            expect(text(page)).to_have_value(
                MORE.replace("pin = 17", "pin = 27").replace("FA6-secret", "(kept)").replace("BROKER-secret", "(kept)")
            )
            return
        expect(page.locator("#difference")).to_contain_text("-pin = 27\n+pin = 17")
        apply(page)
        eventually(lambda: "Triton" in says(box))


def test_the_form_changes_its_line_and_no_other(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        before = text(page).input_value()
        page.get_by_role("searchbox").fill("room")
        page.locator("details[data-table=room] summary").click()
        name = page.locator("details[data-table=room]").get_by_label("name", exact=False).first
        expect(name).to_have_value("Neptune")
        name.fill("Triton")
        name.press("Tab")
        expect(text(page)).to_have_value(before.replace("Neptune", "Triton"))
        assert "# on the door" in text(page).input_value()
        change(page, "Triton", "Pluto")
        expect(page.locator("details[data-table=room]").get_by_label("name", exact=False).first).to_have_value("Pluto")


def test_a_button_is_added_and_removed_by_the_form(browser: Browser, begin: Begin) -> None:
    with opened(browser, begin()) as page:
        page.locator("details[data-table='buttons.*'] summary").click()
        adding = page.locator("details[data-table='buttons.*']")
        adding.get_by_label("Name of another").fill("mute")
        adding.get_by_role("button").click()
        button = page.locator("details[data-table='buttons.mute']")
        for key, value in (("pin", "22"), ("press", "mute")):
            field = page.locator(f"[id='f buttons.mute.{key}']")
            field.fill(value)
            field.press("Tab")
            expect(text(page)).to_have_value(written(key, value))
        expect(page.locator("#right")).to_have_text("No mistakes.")
        expect(page.locator("#effect")).to_contain_text("button mute")
        button.get_by_role("button", name="Remove").click()
        expect(page.locator("#no-effect")).to_have_text("No service changes.")


def written(key: str, value: str) -> re.Pattern[str]:
    said = value if value.isdigit() else f'"{value}"'
    return re.compile(rf"\[buttons\.mute\][\s\S]*{key} = {said}")


def test_a_secret_is_replaced_and_shown_nowhere(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        assert not any(each in page.content() + text(page).input_value() for each in ("FA6", "BROKER"))
        page.locator("details[data-table=mqtt] summary").click()
        field = page.locator("[id='f mqtt.password']")
        expect(field).to_have_attribute("placeholder", "kept")
        field.fill("hunter22")
        field.press("Tab")
        expect(page.locator("#secrets")).to_contain_text("mqtt.password")
        assert "hunter22" not in text(page).input_value()
        apply(page)
        eventually(lambda: 'password = "hunter22"' in says(box))
        expect(page.locator("#trial")).to_be_visible()
        assert "hunter22" not in page.content() + text(page).input_value()


def test_without_a_deputy_it_can_be_read(browser: Browser, begin: Begin) -> None:
    with opened(browser, begin(LONG, "alone")) as page:
        expect(page.locator("#state")).to_contain_text("It can only be read here.")
        assert text(page).get_attribute("readonly") is not None
        assert 'pin = "(kept)"' in text(page).input_value()
        page.locator("details[data-table=room] summary").click()
        expect(page.locator("[id='f room.name']")).to_be_disabled()
        expect(page.locator("#apply")).to_be_disabled()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
def test_everybody_can_use_it(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        for name in ("room", "terminal", "buttons.call"):
            page.locator(f"details[data-table='{name}'] summary").click()
        change(page, "pin = 17", "pin = 99")
        expect(page.locator("#mistakes li")).to_have_count(1)
        page.evaluate(AXE.read_text())
        wrong(page)
        change(page, "pin = 99", "pin = 27")
        apply(page)
        expect(page.locator("#trial")).to_be_visible()
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            wrong(page)


def wrong(page: Page) -> None:
    found = page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_without_a_mouse(browser: Browser, begin: Begin) -> None:
    box = begin()
    with opened(browser, box) as page:
        change(page, "Neptune", "Triton")
        expect(page.locator("#apply")).to_be_enabled()
        page.locator("#apply").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#keep")).to_be_enabled()
        page.locator("#keep").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#state")).to_have_text("The change is kept.")


@pytest.mark.parametrize("code", ["en", "ru", "pl", "es"])
def test_it_fits_a_phone_in_any_language(browser: Browser, begin: Begin, code: str) -> None:
    with opened(browser, begin(), f"?lang={code}", PHONE) as page:
        page.locator("details[data-table='buttons.call'] summary").click()
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
