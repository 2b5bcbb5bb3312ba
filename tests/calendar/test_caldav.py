"""A real CalDAV server: Radicale, in a process of its own."""

import importlib.util
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trio

from appliance.calendar.reading import CalendarError, read
from appliance.calendar.source import Place, _calendars, ask
from appliance.runtime.fetch import Ask, fetch
from tests.calendar.ics import BERLIN, calendar, event
from tests.cli.processes import Page
from tests.eventually import eventually

BEGIN = datetime(2025, 3, 24, tzinfo=UTC).timestamp()
WEEK = 7 * 86_400.0
USER = ("room", "open sesame")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an empty calendar."""
    if importlib.util.find_spec("radicale") is None:
        pytest.skip("radicale is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "users").write_text(":".join(USER) + "\n")
    settings = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(tmp_path / "users"),
        "auth-htpasswd-encryption": "plain",
        "storage-filesystem-folder": str(tmp_path / "storage"),
        "logging-level": "error",
    }
    command = [sys.executable, "-m", "radicale", "--config", ""]
    process = subprocess.Popen([*command, *(f"--{name}={value}" for name, value in settings.items())])
    try:
        eventually(lambda: answers(port))
        yield f"http://127.0.0.1:{port}/room/calendar/"
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        return Page(port).fetch("GET", "/.web/")[0] > 0
    except OSError:
        return False


async def put(server: str, name: str, content: bytes) -> None:
    headers = {"Content-Type": "text/calendar"}
    answer = await fetch(f"{server}{name}.ics", Ask("PUT", headers, content, USER), within=20)
    assert answer.status == 201, answer


@pytest.mark.slow
async def test_the_meetings_of_these_days(server: str) -> None:
    assert (await fetch(server, Ask("MKCALENDAR", user=USER), within=20)).status == 201
    lines = ("DTSTART;TZID=Europe/Berlin:20250301T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "SUMMARY:Weekly")
    await put(server, "weekly", calendar(BERLIN, event(*lines, uid="weekly")))
    await put(server, "past", calendar(event("DTSTART:20240101T090000Z", "DURATION:PT1H", uid="past")))
    await put(server, "once", calendar(event("DTSTART:20250325T090000Z", "DURATION:PT1H", "SUMMARY:Once", uid="once")))
    told = await ask(Place(server, caldav=True, user=USER), "", BEGIN, BEGIN + WEEK)
    assert told is not None
    assert len(told.contents) == 2, "the server leaves out the past"
    found = await read(told.contents, BEGIN, BEGIN + WEEK)
    assert [(each.title, datetime.fromtimestamp(each.start, UTC).isoformat()) for each in found] == [
        ("Once", "2025-03-25T09:00:00+00:00"),
        ("Weekly", "2025-03-29T08:00:00+00:00"),
    ]


@pytest.mark.slow
async def test_who_may_not_read_it(server: str) -> None:
    with pytest.raises(CalendarError, match="401: it does not know user and password"):
        await ask(Place(server, caldav=True, user=("room", "wrong")), "", BEGIN, BEGIN + WEEK)
    with pytest.raises(CalendarError, match="the server answers 40"):
        await ask(Place(server, caldav=True, user=USER), "", BEGIN, BEGIN + WEEK)  # there is no calendar yet


@pytest.mark.parametrize("body", [b"", b"<a", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"\xff\xfe"])
def test_answers_that_are_none(body: bytes) -> None:
    with pytest.raises(CalendarError):
        list(_calendars(body))


async def test_a_server_that_is_not_there() -> None:
    await trio.lowlevel.checkpoint()
    assert "example" not in repr(Place("https://cal.example.com/secret"))
