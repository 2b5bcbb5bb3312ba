"""The machine page in a browser: each deed, what is asked back before it, and what a page keeps of a passphrase."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from appliance.card.backup.sealed import unseal
from tests.demo.browser import Server, chromium, served
from tests.panel.machine_server import FACTS, PASSPHRASE
from tests.panel.test_door_page import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def box() -> Iterator[Server]:
    with served(module="tests.panel.machine_server") as server:
        yield server


@contextmanager
def opened(browser: Browser, box: Server) -> Iterator[Page]:
    """The page; whatever the browser complains about fails the test."""
    page, complaints = browser.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{box.url}/maintenance/machine")
    yield page
    page.close()
    assert [said for said in complaints if "WebSocket" not in said] == []  # a slow machine may give one up


def form(page: Page, deed: str) -> Locator:
    return page.locator(f"[data-deed={deed}]")


def press(page: Page, deed: str, says: str, label: str | None = None) -> None:
    """Presses the button of a deed, and waits for what the page says."""
    one = form(page, deed)
    (one.get_by_role("button", name=label) if label else one.locator("button")).click()
    expect(one.get_by_role("status")).to_contain_text(says)


def so_far(box: Server, *, talks: bool = False) -> Any:
    """What was asked of the deputy so far, and how the process was to end; and from now on somebody talks or not."""
    return box.ask("/test", {"talks": talks})


def test_the_firmware_is_restarted_when_nobody_talks_or_at_once(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        so_far(box, talks=True)
        press(page, "restart", "as soon as nobody is in a call")
        assert so_far(box, talks=True)["ended"] == [False]
        form(page, "restart").get_by_label("At once").check()
        press(page, "restart", "Somebody is in a call.")
        assert so_far(box, talks=True)["ended"] == [False]
        press(page, "restart", "The firmware restarts now.", "Yes, do it")
        assert so_far(box)["ended"] == [False, True]
    with opened(browser, box) as page:
        page.goto(f"{box.url}/maintenance/audit")
        expect(page.locator("#audit")).to_contain_text("restart")
        expect(page.locator("#audit")).to_contain_text("anna")


def test_the_box_is_restarted_by_a_second_press_and_in_a_call_by_a_third(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        press(page, "reboot", "The whole machine restarts.")
        so_far(box, talks=True)
        press(page, "reboot", "Somebody is in a call.", "Yes, do it")
        assert so_far(box, talks=True)["asked"] == []
        press(page, "reboot", "It begins now.", "Yes, do it")
        assert so_far(box)["asked"] == ["Reboot"]


def test_it_is_looked_for_updates(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        expect(page.locator("#version")).to_contain_text("0.1.0")
        press(page, "update", "asks its repository", "Look for a new version")
        press(page, "update", "installs what its repository has", "Install what is available")


def fill(page: Page, deed: str, **fields: str) -> None:
    for name, value in fields.items():
        form(page, deed).locator(f"[name={name}]").fill(value)


def test_a_backup_is_downloaded_and_its_passphrase_does_not_stay(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        fill(page, "backup", passphrase=PASSPHRASE, again="four random worlds")
        press(page, "backup", "are not the same")
        assert so_far(box)["asked"] == []
        fill(page, "backup", again=PASSPHRASE)
        with page.expect_download() as fetching:
            press(page, "backup", "has been downloaded")
        assert fetching.value.suggested_filename.endswith(".offhook")
        assert unseal(fetching.value.path().read_bytes(), PASSPHRASE) == (FACTS, b"archive")
        expect(form(page, "backup").locator("[name=passphrase]")).to_have_value("")


def test_a_short_passphrase_is_not_sent(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        fill(page, "backup", passphrase="four", again="four")
        form(page, "backup").get_by_role("button").click()
        expect(form(page, "backup").locator(":invalid").first).to_be_focused()
        assert so_far(box)["asked"] == []


def test_a_backup_is_restored_once_it_is_said_whose_it_is(browser: Browser, box: Server, tmp_path: Path) -> None:
    with opened(browser, box) as page:
        fill(page, "backup", passphrase=PASSPHRASE, again=PASSPHRASE)
        with page.expect_download() as fetching:
            form(page, "backup").get_by_role("button").click()
        form(page, "restore").locator("[name=file]").set_input_files(fetching.value.path())
        fill(page, "restore", passphrase="слова и пробелы %")
        press(page, "restore", "the room Saturn, of offhook-0815")
        assert so_far(box)["asked"] == ["Backup"]
        press(page, "restore", "It begins now.", "Yes, do it")
        told = so_far(box)
        assert told["asked"] == ["Backup", "Restore"]
        assert told["sent"][-1] == fetching.value.path().stat().st_size
        (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8" * 100_000)
        form(page, "restore").locator("[name=file]").set_input_files(tmp_path / "holiday.jpg")
        fill(page, "restore", passphrase=PASSPHRASE)
        press(page, "restore", "this is not a backup of offhook")


def test_a_reset_wants_the_name_of_the_room(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        expect(form(page, "reset").locator("label")).to_contain_text("type the name of the room: Neptune")
        fill(page, "reset", room="Saturn")
        press(page, "reset", "not the name of this room")
        assert so_far(box, talks=True)["asked"] == []
        fill(page, "reset", room="Neptune")
        press(page, "reset", "Somebody is in a call.")
        fill(page, "reset", room="Neptun")  # whoever changes something has agreed to nothing
        expect(form(page, "reset").get_by_role("button")).to_have_text("Factory reset")
        fill(page, "reset", room="Neptune")
        press(page, "reset", "Somebody is in a call.")
        press(page, "reset", "It begins now.", "Yes, do it")
        assert so_far(box)["asked"] == ["Reset"]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm is not there, or its registry")
def test_everybody_can_use_it_while_it_asks_back(browser: Browser, box: Server) -> None:
    with opened(browser, box) as page:
        page.locator("[data-deed=reboot] button").focus()
        page.keyboard.press("Enter")
        button = form(page, "reboot").get_by_role("button")
        expect(button).to_have_text("Yes, do it")
        expect(button).to_be_focused()
        page.evaluate(AXE.read_text())
        assert [wrong["id"] for wrong in page.evaluate("axe.run()")["violations"]] == []
        page.keyboard.press("Enter")
        expect(form(page, "reboot").get_by_role("status")).to_contain_text("It begins now.")
