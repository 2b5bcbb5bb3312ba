"""The status page in a real browser, while programs share the session of a real room."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.processes import Offhook, offhook, simulated
from tests.cli.rooms import PIN, configuration, running
from tests.demo.browser import chromium

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_says_who_is_here_and_who_did_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with (
        simulated("--pin", PIN) as terminal,
        running(configuration(tmp_path, terminal.web_port)) as room,
        chromium() as browser,
    ):
        room.process.says(r"\blink_up\b")
        room.process.says(r"\bshared\b")
        page = browser.new_page(viewport={"width": 400, "height": 800})
        page.goto(f"http://127.0.0.1:{room.port}/")
        expect(page.locator("table.list")).to_have_count(0)
        way = ("--web-port", str(terminal.web_port))
        with Offhook("terminal", "watch", *way) as watching:
            room.process.says(rf"\bprogram_let_in\b.*process {watching.pid}\b")
            assert offhook("terminal", "call", "setMicMute", "mute:=true", *way)[0] == 0
            page.reload()
            here, deeds = page.locator("table.list").all()
            expect(here.locator("tbody tr")).to_have_text(re.compile(f"process {watching.pid}.*Administrator"))
            expect(deeds.locator("tbody tr")).to_have_text(re.compile(r"process \d+setMicMute0:00:\d\d ago"))
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
