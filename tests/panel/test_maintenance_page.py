"""The maintenance pages in a browser, with the demo behind them: what they show follows the room, and everybody can."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from appliance.card.backup.sealed import header_of
from tests.demo.browser import Server, chromium
from tests.demo.test_whole_demo import demo
from tests.eventually import eventually
from tests.panel.test_door_page import AXE

__all__ = ["demo"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("", "/log", "/audit", "/parts", "/configuration", "/terminal", "/pictures", "/machine", "/support")
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 412, "height": 915}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@contextmanager
def opened(browser: Browser, demo: Server, path: str = "", size: Any = WIDE) -> Iterator[Page]:
    """A page; whatever the browser complains about fails the test."""
    page, complaints = browser.new_page(viewport=size), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{demo.url}/maintenance{path}")
    yield page
    page.close()
    assert [said for said in complaints if "WebSocket" not in said] == []  # a slow machine may give one up


def test_what_is_pulled_out_is_said_at_once(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        row = page.locator("[data-service=keypad]")
        expect(row).to_have_attribute("data-condition", "ready")
        demo.ask("/hardware/keypads/keypad", {"plugged": False})
        expect(row).to_have_attribute("data-condition", "offline")
        expect(row).to_contain_text("Plug it in again")
        demo.ask("/hardware/keypads/keypad", {"plugged": True})
        expect(row).to_have_attribute("data-condition", "ready")


def test_the_link_is_told_with_its_figures(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        expect(page.locator("#link")).to_contain_text("Administrator")
        expect(page.locator("#link")).to_contain_text("median")


def test_the_log_is_followed_and_filtered(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/log") as page:
        rows = page.locator("#lines tr")
        expect(rows.filter(has_text="link_up").first).to_be_visible()
        page.get_by_label("Level").select_option("warning")
        expect(rows.filter(has_text="link_up")).to_have_count(0)
        for plugged in (False, True):
            demo.ask("/hardware/keypads/keypad", {"plugged": plugged})
        expect(rows.filter(has_text="service_failed").first).to_contain_text("service=keypad")
        page.get_by_label("Text").first.fill("no such thing")
        expect(page.locator("#none")).to_be_visible()
        page.get_by_label("Text").first.fill("")
        expect(rows.filter(has_text="service_failed").first).to_be_visible()


def test_a_log_that_is_only_followed_keeps_nobody_logged_in(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/log") as page:
        said = list[bool]()

        def asked(made: Request) -> None:
            if "/log/lines?" in made.url:  # and not the browser's own, for an icon
                said.append("x-by-itself" in made.headers)

        page.on("request", asked)
        for plugged in (False, True):
            demo.ask("/hardware/keypads/keypad", {"plugged": plugged})
        expect(page.locator("#lines tr").filter(has_text="service_failed").first).to_be_visible()
        assert said
        assert all(said)
        with page.expect_request(lambda made: "/log/lines?" in made.url and "x-by-itself" not in made.headers):
            page.get_by_label("Text").first.fill("keypad")
        expect(page.locator("#lines tr").filter(has_text="link_up")).to_have_count(0)


def test_the_display_is_shown_and_the_wiring(browser: Browser, demo: Server) -> None:
    demo.ask("/hardware/buttons/mute", {"pressed": True})  # lights a display that is dark
    demo.ask("/hardware/buttons/mute", {"pressed": False})
    with opened(browser, demo, "/pictures") as page:
        for picture in (".glass", ".wiring"):
            expect(page.locator(picture)).to_have_js_property("complete", value=True)
            assert page.locator(picture).evaluate("picture => picture.naturalWidth") > 0


def test_a_relay_pulses_after_a_second_press_and_a_lamp_at_once(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/parts") as page:
        row = page.locator("[data-part='relay lights']")
        row.get_by_role("button").click()
        expect(row.get_by_role("status")).to_contain_text("This switches `relay lights` on for 1 s")
        assert not demo.ask("/hardware")["relays"]["lights"]
        expect(row.get_by_role("button")).to_have_text("Yes, do it")
        row.get_by_role("button").click()
        eventually(lambda: demo.ask("/hardware")["relays"]["lights"])
        eventually(lambda: not demo.ask("/hardware")["relays"]["lights"])
        lamp = page.locator("[data-part^=lamp]").first
        lamp.get_by_role("button").click()
        expect(lamp.get_by_role("status")).to_have_text("Confirmed: It shows “blink_fast” for 5 s.")
    with opened(browser, demo, "/audit") as page:
        expect(page.locator("#audit")).to_contain_text("relay lights")


def test_each_kind_of_part_is_tried_by_choice_and_says_what_it_confirmed(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/parts") as page:
        for part, way in (
            ("lamp muted", "on"),
            ("light door", "red"),
            ("bar sign", "blue"),
            ("display", "lit"),
            ("speakerphone", "mute"),
            ("camera back", "right"),
            ("terminal camera", "left"),
        ):
            row = page.locator(f"[data-part='{part}']")
            row.get_by_role("combobox").select_option(way)
            row.get_by_role("button").click()
            status = row.get_by_role("status")
            expect(status).to_have_attribute("data-became", re.compile("asks|confirmed"), timeout=15_000)
            if status.get_attribute("data-became") == "asks":  # a camera that nobody has moved has not told its place
                row.get_by_role("button").click()
            expect(status).to_contain_text("Confirmed:", timeout=15_000)
        assert demo.ask("/hardware")["lamps"]["muted"]


def test_a_key_is_pressed_for_who_is_sure_and_choosing_another_takes_that_back(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/parts") as page:
        row = page.locator("[data-part=keypad]")
        row.get_by_role("combobox").select_option("7")
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("status")).to_contain_text("as if somebody pressed `7`")
        expect(row.get_by_role("button")).to_have_accessible_name("Yes, do it: keypad")
        row.get_by_role("combobox").select_option("8")
        expect(row.get_by_role("button")).to_have_accessible_name("Try: keypad")
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("button")).to_have_accessible_name("Yes, do it: keypad")  # one that is too quick is none
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("status")).to_contain_text("Confirmed:")
        row.get_by_role("combobox").select_option("clear")
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("button")).to_have_accessible_name("Yes, do it: keypad")  # one that is too quick is none
        row.get_by_role("button").press("Enter")
        expect(row.get_by_role("status")).to_contain_text("Confirmed:")


def test_a_bundle_is_fetched_by_a_click(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/support") as page:
        with page.expect_download() as fetching:
            page.get_by_role("link", name="Download the support bundle").click()
        with zipfile.ZipFile(fetching.value.path()) as bundle:
            assert bundle.testzip() is None
            assert b"link_up" in bundle.read("log.txt")
            assert b"FA6" not in b"".join(map(bundle.read, bundle.namelist()))
    with opened(browser, demo, "/audit") as page:
        expect(page.locator("#audit")).to_contain_text("support_bundle")


def test_a_setting_of_the_terminal_is_set_and_confirmed(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/terminal") as page:
        row = page.locator("[data-setting=auto_answer]")
        value = row.locator("#value-auto_answer")
        expect(value).to_have_text("Off")
        row.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_have_text("Answers calls by itself: On")
        expect(value).to_have_text("On")
        expect(row.get_by_role("button", name="Answers calls by itself: Switch off")).to_be_focused()
        level = page.locator("[data-setting=loudspeaker_level]")
        level.get_by_role("spinbutton").fill("35")
        page.keyboard.press("Enter")
        expect(level.locator("#value-loudspeaker_level")).to_contain_text("35 %")
        assert demo.ask("/terminal/state")["settings"]["autoAccept"] is True
    with opened(browser, demo, "/audit") as page:
        expect(page.locator("#audit")).to_contain_text("loudspeaker_level: 35 %")


def test_what_the_box_refuses_is_said_in_its_words(browser: Browser, demo: Server) -> None:
    page = browser.new_page()
    for path, asked, where in (
        ("/terminal", "terminal/set", "[data-setting=auto_answer]"),
        ("/parts", "parts/try", "[data-part=display]"),
    ):
        page.route(f"**/maintenance/{asked}*", lambda route: route.fulfill(status=429, json={"error": "too many"}))
        page.goto(f"{demo.url}/maintenance{path}")
        page.locator(where).get_by_role("button").click()
        expect(page.get_by_role("status").filter(has_text="too many")).to_be_visible()
        page.route(f"**/maintenance/{asked}*", lambda route: route.abort())
        page.locator(where).get_by_role("button").click()
        expect(page.get_by_role("status").filter(has_text="does not answer")).to_be_visible()
    page.close()


def test_what_others_set_on_the_terminal_is_followed(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/terminal") as page, opened(browser, demo, "/terminal?lang=ru") as other:
        mirror = page.locator("[data-setting=self_view_mirror]")
        expect(mirror.locator("#value-self_view_mirror")).to_have_text("On")
        chosen = page.locator("#new-recording")
        chosen.select_option('"nobody"')
        mirror.get_by_role("button").click()
        expect(other.locator("#value-self_view_mirror")).to_have_text("Выключено")
        expect(chosen).to_have_value('"nobody"')  # what is chosen and not set yet stays
        mirror.get_by_role("button", name=": Switch on").click()
        expect(other.locator("#value-self_view_mirror")).to_have_text("Включено")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it(browser: Browser, demo: Server, path: str, scheme: Any) -> None:
    with opened(browser, demo, path) as page:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")
        assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"]] == []


def test_without_a_mouse(browser: Browser, demo: Server) -> None:
    with opened(browser, demo) as page:
        for path in PAGES:
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.getAttribute('href')") == f"/maintenance{path}"
            assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/maintenance{PAGES[-1]}")


CUT = """() => document.documentElement.scrollWidth - innerWidth"""


@pytest.mark.parametrize("code", ["en", "ru", "pl", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_it_fits_a_phone_in_any_language(browser: Browser, demo: Server, code: str, path: str) -> None:
    with opened(browser, demo, f"{path}?lang={code}", PHONE) as page:
        expect(page.locator("h1")).not_to_have_text("")
        assert page.evaluate(CUT) <= 0


def test_the_demo_has_a_file_that_can_be_changed(browser: Browser, demo: Server) -> None:
    """A relay that is added is there, in the running room, and is gone when nobody keeps it."""
    with opened(browser, demo, "/configuration") as page:
        text = page.locator("#text")
        expect(text).to_have_value(re.compile("relays.lights"))
        assert "FA6" not in text.input_value()
        text.fill(text.input_value() + "\n[relays.blinds]\npin = 3\n")
        expect(page.locator("#effect")).to_contain_text("relay blinds")
        page.locator("#apply").click()
        expect(page.locator("#trial")).to_be_visible()
        eventually(lambda: "blinds" in demo.ask("/hardware")["relays"])
        page.locator("#back").click()
        expect(page.locator("#state")).to_contain_text("former configuration")
        eventually(lambda: "blinds" not in demo.ask("/hardware")["relays"])


def test_the_demo_makes_a_backup_and_refuses_what_would_end_it(browser: Browser, demo: Server) -> None:
    with opened(browser, demo, "/machine") as page:
        backup = page.locator("[data-deed=backup]")
        for name in ("passphrase", "again"):
            backup.locator(f"[name={name}]").fill("four random words")
        with page.expect_download(timeout=60_000) as fetching:
            backup.locator("button").click()
        assert header_of(fetching.value.path().read_bytes()).facts.room == "Room 3 · Neptune"
        reboot = page.locator("[data-deed=reboot]")
        for says in ("The whole machine restarts.", "this is a demonstration"):
            reboot.locator("button").click()
            expect(reboot.get_by_role("status")).to_contain_text(says)
        expect(page.locator("[data-deed=restart] button")).to_be_disabled()
