"""The pictures of docs/maintenance.md: taken by this run, when somebody asks for it.

    OFFHOOK_REWRITE_PICTURES=1 .venv/bin/python -m pytest tests/panel/test_maintenance_pictures.py

They are of the demo, on a morning of its own. Else none is taken, but it is looked at whether they still show the
pages: beside each is kept what stands on its page (headings, labels, buttons, heads of tables; not the way to other
pages), in `pictured/NAME.txt`. That is the same with any fonts, on a slow machine, and whatever figures the page tells;
what only looks different is not found. Whoever rewrites looks at each.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from appliance.access.limits import EACH
from tests.cli.processes import PATIENCE
from tests.demo.browser import Server, chromium, served
from tests.eventually import eventually
from tests.panel.conftest import made_pair
from tests.panel.test_door_page import DOCS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

KEPT: Final = Path(__file__).parent / "pictured"
SIZE: Final = {"width": 1280, "height": 800}
REWRITE: Final = "OFFHOOK_REWRITE_PICTURES"
STANDS: Final = """() => {
  const found = document.querySelectorAll("h1, h2, h3, th, label, legend, summary, button, dt, a[download]");
  const seen = [...found].filter((one) => one.checkVisibility());
  return seen.map((one) => `${one.localName}: ${one.textContent.trim().replace(/\\s+/g, " ")}`);
}"""


class Shown(NamedTuple):
    """A picture: of which page, what has to be there first, and what somebody does there before it is taken."""

    path: str
    words: str
    does: Callable[[Page], None] = lambda _page: None


def tried(page: Page) -> None:
    """Somebody wants to switch a relay, and is asked whether they mean it."""
    page.locator("[data-part='relay lights']").get_by_role("button").click()
    expect(page.locator("[data-part='relay lights']").get_by_role("button")).to_have_text("Yes, do it")


def seen(page: Page) -> None:
    for picture in (".glass", ".wiring"):
        expect(page.locator(picture)).to_have_js_property("complete", value=True)


def followed(page: Page) -> None:
    expect(page.locator("#lines tr").filter(has_text="link_up").first).to_be_visible()


def settled(page: Page) -> None:
    """The terminal has told its settings."""
    expect(page.locator("main")).to_contain_text("English")


def drafted(page: Page) -> None:
    """Somebody adds a relay, and has not applied that yet."""
    page.locator("details[data-table='relays.lights'] summary").click()
    text = page.locator("#text")
    text.fill(text.input_value().replace("[presence.door]", "[relays.blinds]\npin = 3\n\n[presence.door]"))
    expect(page.locator("#effect")).to_contain_text("relay blinds")
    page.get_by_role("searchbox").fill("relay")
    text.evaluate(
        "text => text.scrollTo(0, text.scrollHeight * text.value.indexOf('[relays') / text.value.length - 99)"
    )


def asked(page: Page) -> None:
    """Somebody wants to restart the box, and has read what that does."""
    page.locator("[data-deed=reboot] button").click()
    expect(page.locator("[data-deed=reboot] button")).to_have_text("Yes, do it")
    page.evaluate("document.querySelector('#restore-title').scrollIntoView()")


PICTURES: Final = {
    "health": Shown("", "median"),
    "log": Shown("/log", "Level", followed),
    "parts": Shown("/parts", "lights", tried),
    "terminal": Shown("/terminal", "Language", settled),
    "configuration": Shown("/configuration", "[relays.lights]", drafted),
    "wiring": Shown("/pictures", "", seen),
    "audit": Shown("/audit", "relay lights"),
    "machine": Shown("/machine", "Restart the firmware", asked),
    "support": Shown("/support", "Download"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Where it is. Somebody has tried a relay before, which the audit tells."""
    command = [sys.executable, "-m", "tests.panel.pictured_demo", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TZ": "UTC"}) as process:
        try:
            assert process.stdout is not None
            server = Server(process, process.stdout.readline().strip().removeprefix("http://").rstrip("/"))
            eventually(lambda: server.ask("/state")["link"]["phase"] == "up")
            assert server.ask("/maintenance/parts/try", {"part": "relay lights", "sure": True})["became"] == "confirmed"
            server.ask("/hardware/buttons/mute", {"pressed": True})  # lights the display
            server.ask("/hardware/buttons/mute", {"pressed": False})
            yield server.url
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A box that one has to log in to."""
    folder = tmp_path_factory.mktemp("box")
    pair = made_pair(folder / "machine")
    shutil.copy(pair.certificate, folder / "certificate.pem")
    shutil.copy(pair.key, folder / "key.pem")
    with served("127.0.0.1:0", "tests.panel.login_server", str(folder)) as server:
        yield f"https://{server.address}"


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=SIZE, ignore_https_errors=True, locale="en-GB").new_page()  # type: ignore[arg-type]  # a size is a table of numbers
    page.goto(address)
    return page


def stands(page: Page) -> str:
    """What stands on a page, a line each, with any figure for a figure."""
    lines: list[str] = page.evaluate(STANDS)
    return "".join(f"{line}\n" for line in dict.fromkeys(re.sub(r"[0-9]+", "0", line) for line in lines))


def check(page: Page, name: str) -> None:
    """Takes the picture, if somebody wants that; else sees whether it is one of this page."""
    picture, kept = DOCS / f"{name}.png", KEPT / f"{name}.txt"
    if os.environ.get(REWRITE):
        page.screenshot(path=picture)
        KEPT.mkdir(exist_ok=True)
        kept.write_text(stands(page))
    assert stands(page) == kept.read_text(), f"{picture.name} is of another page; {REWRITE}=1 takes it anew"
    with Image.open(picture) as shown:
        assert shown.size == (SIZE["width"], SIZE["height"])
    page.context.close()


@pytest.mark.parametrize("name", PICTURES)
def test_a_page(browser: Browser, demo: str, name: str) -> None:
    shown = PICTURES[name]
    page = opened(browser, f"{demo}/maintenance{shown.path}")
    expect(page.locator("main")).to_contain_text(shown.words)
    shown.does(page)
    check(page, f"maintenance-{name}")


def test_the_log_in(browser: Browser, box: str) -> None:
    page = opened(browser, f"{box}/login")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    check(page, "maintenance-login")


def test_the_pause_of_somebody_who_guesses(browser: Browser, box: str) -> None:
    page = opened(browser, f"{box}/login")
    answered: Any = page.request.post(f"{box}/test/password", data={})
    assert answered.ok
    for number in range(EACH.free + 1):
        page.get_by_label("Password", exact=True).fill(f"guess {number}")
        with page.expect_response(lambda answer: "/login" in answer.url):
            page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("Too many wrong passwords. Try again in 0:")
    check(page, "maintenance-pause")


def test_the_docs_show_each() -> None:
    text = "".join(path.read_text() for path in (DOCS.parent).glob("*.md"))
    kept = {path.stem for path in KEPT.glob("*.txt")}
    assert {path.stem for path in DOCS.glob("maintenance-*.png")} == kept
    assert [name for name in sorted(kept) if f"pictures/{name}.png" not in text] == []
