"""Real Chromium, and the server it looks at, for synchronous tests."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.cli.processes import PATIENCE

CALM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Server:
    """The test server in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process = process
        self.address = address
        self.url = f"http://{address}"

    def ask(self, path: str, body: object = None) -> Any:  # JSON
        """GET, or POST where there is a body."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.url + path, data, timeout=PATIENCE) as answer:  # noqa: S310  # our own server
            return json.load(answer)


@contextmanager
def served(listen: str = "127.0.0.1:0", module: str = "tests.demo.server", *more: str) -> Iterator[Server]:
    """Starts a test server, told where to listen and `more`, and ends it."""
    command = [sys.executable, "-m", module, listen, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines: Iterator[str] = (line.strip() for line in process.stdout)
            yield Server(process, next(line for line in lines if line.startswith("127.0.0.1:")))
        finally:
            process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as the machine has it; without it the test is skipped, or in CI fails."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("no Chromium: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CALM)
        yield browser
        browser.close()
