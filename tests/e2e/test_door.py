"""A day at the door of a whole room: what people do there, what they do inside, and what nobody does."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio

from appliance.room.meetings.bookings import Bookings
from appliance.room.state import Phase
from appliance.run.pages.door import DOOR_LIVE
from appliance.run.pages.status import pages_of
from appliance.runtime.web.server import serve_web
from appliance.services.bookings import FILE
from appliance.simulator.option_types import Generation
from tests.e2e.day.room import ROOM, Room, a_room
from tests.e2e.day.story import leave, time_is_known
from tests.e2e.day.wall import in_the_zone
from tests.e2e.world import ANNA, PATIENCE
from tests.runtime.web.test_sockets import page as websocket
from tests.virtual_time import passes

pytestmark = pytest.mark.generations(Generation.NEW)

DOOR = """
[panel.door]
allow = ["start", "check_in", "release", "extend", "end"]
release_after = 10
"""


class Door:
    """The display at the door, which is looked at for a moment at a time: a page's beats through a day take long."""

    def __init__(self, room: Room, address: tuple[str, int]) -> None:
        self.room = room
        self._address = address

    async def at(self, clock: str) -> dict[str, Any]:
        """What it shows when the clock on the wall says so."""
        await passes(self.room.wall.seconds_to(time.fromisoformat(clock)) + 0.5)
        return await self.shows()

    async def shows(self) -> dict[str, Any]:
        async with websocket(self._address, DOOR_LIVE) as connection:
            return await _view(connection)

    async def touch(self, words: str) -> str:
        """Why the box does not do it; empty where it does."""
        async with websocket(self._address, DOOR_LIVE) as connection:
            seen = json.loads(await connection.get_message())["now"]
            await connection.send_message(json.dumps({"do": words, "id": 1, "seen": seen}))
            with trio.fail_after(PATIENCE):
                while True:
                    message = json.loads(await connection.get_message())
                    if "did" in message:
                        return str(message["why"])


async def _view(connection: Any) -> dict[str, Any]:  # trio_websocket's
    with trio.fail_after(PATIENCE):
        view: dict[str, Any] = json.loads(await connection.get_message())["view"]
    return view


@asynccontextmanager
async def a_door() -> AsyncIterator[Door]:
    with in_the_zone():
        async with a_room(Generation.NEW, ROOM + DOOR) as room, trio.open_nursery() as nursery:
            await room.switch_on()
            pages = pages_of(room.appliance.parts)
            addresses = await nursery.start(partial(serve_web, pages.app, "127.0.0.1:0", sockets=pages.sockets))
            await room.until_phase(Phase.IDLE)
            yield Door(room, addresses[0])
            room.switch_off()
            nursery.cancel_scope.cancel()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the box keeps what has to outlive it."""
    with monkeypatch.context() as patch:
        patch.setenv("STATE_DIRECTORY", str(tmp_path))
        yield tmp_path


def now(view: dict[str, Any]) -> str | None:
    meeting = view["meetings"]["now"]
    return None if meeting is None else "the door's" if meeting["local"] else meeting["title"]


def minutes(view: dict[str, Any]) -> int:
    meeting = view["meetings"]["now"]
    return int(meeting["end"] - meeting["start"]) // 60_000


async def test_from_the_morning_to_the_evening(clock: object, folder: Path) -> None:
    async with a_door() as door:
        room = door.room
        view = await door.shows()
        assert (view["door"], view["at_door"]["starts"]) == ("unknown", [])
        assert await door.touch("door start 30") == "The time of day is not known"
        time_is_known(room)

        view = await door.at("08:30")
        assert (view["door"], view["at_door"]["starts"]) == ("free", [15, 30, 60])
        view = await door.at("08:51")
        assert (view["door"], view["at_door"]["check_in"]) == ("soon", True)
        view = await door.at("09:02")
        assert (view["door"], now(view)) == ("check_in", "Planning")

        await room.press("join")
        await room.until_phase(Phase.IN_CALL)
        view = await door.at("09:03")
        assert (view["door"], view["at_door"]["check_in"], view["at_door"]["end"]) == ("in_use", False, True)
        await passes(60 * 12)
        await room.press("hangup")
        await room.until_phase(Phase.IDLE)
        view = await door.at("09:20")
        assert (view["door"], now(view)) == ("booked", "Planning")
        assert await door.touch("door end") == ""
        assert (await door.at("09:21"))["door"] == "free"

        room.forget_sent()
        assert (await door.at("10:05"))["door"] == "check_in"
        view = await door.at("10:11")
        released = view["meetings"]["today"][-1]
        assert (view["door"], released["title"], released["released"] is None) == ("free", "Design review", False)
        assert [meeting.topic for meeting in room.state.meetings] == ["Planning", "Design review"]

        assert await door.touch("door start 30") == ""
        view = await door.at("10:12")
        assert (view["door"], now(view), minutes(view)) == ("booked", "the door's", 30)
        assert await door.touch("door extend 15") == ""
        assert minutes(await door.shows()) == 45
        assert await door.touch("door start 15") == "The room is booked"
        assert await door.touch("hang_up") == "No panel may do this"
        assert (await door.at("10:57"))["door"] == "free"
        view = await door.at("20:00")
        assert (view["door"], view["meetings"]["next"], len(view["meetings"]["today"])) == ("free", None, 3)
        assert room.asked() == []  # nothing of all that is the terminal's business
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=Bookings)
        assert (len(kept.local), [mark.confirmed for mark in kept.marks]) == (1, [True, False])


async def test_the_bookings_of_the_door_are_there_after_a_restart(clock: object, folder: Path) -> None:
    async with a_door() as door:
        time_is_known(door.room)
        await door.at("08:00")
        assert await door.touch("door start 60") == ""
        with trio.fail_after(PATIENCE):
            while not (folder / FILE).exists():
                await passes(0.1)
    async with a_door() as door:  # the same morning again
        time_is_known(door.room)
        view = await door.at("08:10")
        assert (view["door"], now(view), minutes(view)) == ("booked", "the door's", 60)


async def test_a_call_that_goes_on_keeps_the_room(clock: object) -> None:
    async with a_door() as door:
        time_is_known(door.room)
        await door.at("09:45")
        peer = door.room.simulator.peer(ANNA)
        peer.call()
        await door.room.until_phase(Phase.RINGING)
        await door.room.press("call")
        await door.room.until_phase(Phase.IN_CALL)
        view = await door.at("10:20")
        assert (view["door"], now(view)) == ("in_use", "Design review")
        leave(ANNA)(door.room)
        await door.room.until_phase(Phase.IDLE)
        assert (await door.at("10:30"))["door"] == "booked"
