"""`offhook demo` as a process of its own."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import GRACE, Offhook, Page, offhook

pytestmark = pytest.mark.slow


@contextmanager
def demo(*options: str) -> Iterator[tuple[Offhook, Page]]:
    """The demo, once it has said where it is."""
    with Offhook("demo", "--listen", "127.0.0.1:0", *options) as process:
        port = process.says(r"^The room is at http://127\.0\.0\.1:(\d+)/ ", "out")[1]
        yield process, Page(int(port))


def linked(page: Page) -> Any:  # JSON
    """The hardware, once the room is linked to its terminal: the display then shows something else."""
    return page.until("/hardware", lambda _: page.get("/state")["link"]["phase"] == "up")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_shows_a_whole_room(number: signal.Signals) -> None:
    with demo() as (process, page):
        assert page.fetch("GET", "/")[1].startswith(b"<!doctype html>")
        hardware = linked(page)
        assert set(hardware["buttons"]) >= {"call", "hangup", "mute"}
        assert set(hardware["lamps"]) >= {"ringing", "in_call", "muted", "link"}
        assert "keypad" in hardware["keypads"]
        assert "speakerphone" in hardware["speakerphones"]
        assert Path(hardware["serial"]["joystick"]["path"]).is_char_device()
        assert page.fetch("GET", "/hardware/display.png")[1].startswith(b"\x89PNG")
        state = page.until("/terminal/state", lambda seen: seen["appState"] == 3)
        assert state["peers"]
        assert state["accounts"] == ["admin"]
        code, seconds = process.end(number)
        assert code == 0
        assert seconds < GRACE
        assert "Traceback" not in process.said["err"]


def test_a_press_on_the_page_calls() -> None:
    with demo() as (_, page):
        linked(page)
        page.post("/hardware/buttons/call", pressed=True)
        page.until("/terminal/state", lambda seen: seen["appState"] == 4)  # the finger stays: contacts bounce
        page.post("/hardware/buttons/call", pressed=False)


@pytest.mark.parametrize("code", ["en", "es", "pl", "ru"])
def test_it_speaks_the_language_that_is_asked_for(code: str) -> None:
    with demo("--language", code) as (_, page):
        assert f'<html lang="{code}">'.encode() in page.fetch("GET", "/")[1]


def test_it_has_the_display_that_is_asked_for() -> None:
    with demo("--display", "ssd1351") as (_, page):
        assert page.get("/hardware")["display"]["panel"] == "ssd1351-128x128"


def test_a_display_that_it_cannot_be_is_wrong_use() -> None:
    code, out, err = offhook("demo", "--display", "huge")
    assert (code, out) == (2, "")
    assert "there is no display `huge`; expected one of ssd1306-128x64, ssd1306-128x32, " in err


def test_a_language_that_it_does_not_speak_is_wrong_use() -> None:
    code, out, err = offhook("demo", "--language", "tlh")
    assert (code, out) == (2, "")
    assert "'tlh' is not one of" in err


def test_a_port_that_is_taken_is_wrong_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        code, out, err = offhook("demo", "--listen", address)
    assert (code, out) == (2, "")
    assert f"cannot listen on {address}: something else listens there already" in err


@pytest.mark.parametrize("listen", ["8080", "localhost:99999", "[::1:8080", "nowhere.invalid:80"])
def test_an_address_that_is_none_is_wrong_use(listen: str) -> None:
    code, out, err = offhook("demo", "--listen", listen)
    assert (code, out) == (2, "")
    assert listen in err
