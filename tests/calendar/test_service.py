"""A room follows a calendar on a real web server, which changes, breaks, goes away and comes back."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from trio.testing import MockClock

from appliance.calendar.config import CalendarConfig
from appliance.calendar.reading import CalendarError
from appliance.room.meetings.calendar import Calendar, Entry
from appliance.room.state import RoomState
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from appliance.services.calendar import FILE, CalendarService
from appliance.services.store import RoomStore
from tests.calendar.ics import calendar, event
from tests.virtual_time import real

NOW = datetime(2025, 3, 25, 8, tzinfo=UTC)
NINE = datetime(2025, 3, 25, 9, tzinfo=UTC).timestamp()
HOUR = 3600.0


def meeting(title: str) -> bytes:
    return calendar(event("DTSTART:20250325T090000Z", "DURATION:PT1H", f"SUMMARY:{title}"))


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before a process of its own has read the calendar."""
    return MockClock(autojump_threshold=real(0.05))


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calendar is read in this process: that it has one of its own is the worker's test, and time waits for it."""
    from appliance.calendar.worker import entries  # noqa: PLC0415  # beside what it replaces

    async def read(contents: tuple[bytes, ...], begin: float, end: float) -> tuple[Entry, ...]:
        await trio.lowlevel.checkpoint()
        try:
            return tuple(entries(contents, begin, end))
        except ValueError:
            raise CalendarError("it is not a calendar") from None

    monkeypatch.setattr("appliance.services.calendar.read", read)


class Server:
    """A web server with one calendar."""

    def __init__(self) -> None:
        self.content = meeting("Review")
        self.status = 200
        self.asked: list[tuple[float, str]] = []  # when, and with which mark
        self.url = ""

    async def answer(self, request: Request) -> Response:
        self.asked.append((trio.current_time(), request.headers.get("if-none-match", "")))
        mark = f'"{hash(self.content)}"'
        if self.status == 200 and request.headers.get("if-none-match") == mark:
            return Response(status_code=304)
        return Response(self.content, self.status, headers={"ETag": mark})


class Room:
    def __init__(self, server: Server, store: RoomStore) -> None:
        self.server = server
        self.store = store

    async def until(self, condition: "object") -> RoomState:
        assert callable(condition)
        state = self.store.state
        with trio.fail_after(36 * HOUR):
            while not condition(state):
                state = await self.store.followed.newer_than(state)
        return state


@asynccontextmanager
async def a_calendar(folder: Path | None = None, **config: object) -> AsyncIterator[Room]:
    server, store = Server(), RoomStore()
    began = trio.current_time()

    def now() -> datetime:
        return datetime.fromtimestamp(NOW.timestamp() + trio.current_time() - began, UTC)

    async with trio.open_nursery() as nursery:
        app = web_app([Route("/room.ics", server.answer)])
        ((_, port), *_) = await nursery.start(partial(serve_web, app, "127.0.0.1:0"))
        server.url = f"http://127.0.0.1:{port}/room.ics"
        follower = CalendarService(CalendarConfig(ics=server.url, **config), store, now, folder)  # type: ignore[arg-type]  # of the test
        await nursery.start(lambda task_status: follower.run(task_status=task_status))
        yield Room(server, store)
        nursery.cancel_scope.cancel()


def titles(state: RoomState) -> list[str] | None:
    return None if state.calendar is None else [each.title for each in state.calendar.entries]


async def test_what_changes_is_read_and_what_does_not_is_not_sent_again(clock: object) -> None:
    async with a_calendar() as room:
        state = await room.until(lambda state: titles(state) == ["Review"])
        assert state.calendar is not None
        assert state.calendar.entries == (Entry(start=NINE, end=NINE + HOUR, title="Review"),)
        first = state.calendar.at
        await room.until(lambda state: state.calendar is not None and state.calendar.at > first)
        assert [bool(mark) for _, mark in room.server.asked] == [False, True]
        assert 12 * 60 <= room.server.asked[1][0] - room.server.asked[0][0] <= 18 * 60 + 5
        room.server.content = meeting("Review 2")
        await room.until(lambda state: titles(state) == ["Review 2"])


@pytest.mark.parametrize("trouble", ["gone", "broken", "refused"])
async def test_while_it_is_out_of_reach_the_room_knows_what_it_said_last(clock: object, trouble: str) -> None:
    async with a_calendar() as room:
        known = (await room.until(lambda state: titles(state) == ["Review"])).calendar
        if trouble == "broken":
            room.server.content = b"<html>Log in</html>"
        else:
            room.server.status = {"gone": 500, "refused": 401}[trouble]
        state = await room.until(lambda state: "calendar" in state.offline)
        assert state.calendar is known, "and since when is in `at`"
        room.server.status, room.server.content = 200, meeting("Again")
        state = await room.until(lambda state: "calendar" not in state.offline)
        assert titles(state) == ["Again"]


async def test_it_asks_more_and_more_seldom_while_nobody_answers(clock: object) -> None:
    async with a_calendar() as room:
        room.server.status = 500
        await room.until(lambda state: "calendar" in state.offline)
        await trio.sleep(4 * HOUR)
        times = [when for when, _ in room.server.asked]
        gaps = [later - sooner for sooner, later in pairwise(times[1:])]
        assert gaps[0] <= 30 * 2
        assert all(gap <= 15 * 60 + 35 for gap in gaps)
        assert len(times) < 40


async def test_it_is_known_over_a_restart(clock: object, tmp_path: Path) -> None:
    async with a_calendar(tmp_path) as room:
        await room.until(lambda state: titles(state) == ["Review"])
        while not (tmp_path / FILE).exists():  # noqa: ASYNC110  # written in a thread
            await trio.sleep(1)
    kept = json.loads((tmp_path / FILE).read_text())
    assert [each["title"] for each in kept["entries"]] == ["Review"]
    async with a_calendar(tmp_path) as room:
        assert titles(room.store.state) == ["Review"], "before anybody was asked"


@pytest.mark.parametrize("content", [b"", b"nonsense", b'{"entries": 3}'])
async def test_a_kept_file_that_is_broken_costs_nothing(clock: object, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    async with a_calendar(tmp_path) as room:
        await room.until(lambda state: titles(state) == ["Review"])


async def test_titles_may_be_nobodys_business(clock: object) -> None:
    async with a_calendar(titles=False) as room:
        assert (await room.until(lambda state: titles(state) == [""])).calendar is not None


async def test_days_that_were_too_far_away_are_read_in_time(clock: object) -> None:
    async with a_calendar() as room:
        room.server.content = calendar(event("DTSTART:20250404T090000Z", "DURATION:PT1H", "SUMMARY:Far"))
        await room.until(lambda state: titles(state) == [])
        await trio.sleep(3 * 24 * HOUR)
        assert titles(room.store.state) == ["Far"]


def test_a_calendar_is_a_value() -> None:
    one = Calendar(entries=(Entry(start=1, end=2),), at=time.time())
    assert hash(one)
