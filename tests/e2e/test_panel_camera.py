"""Fingers on panels that move cameras: real sockets, the real room, the simulated terminal."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
import trio

from appliance.panel.live.holds import LONGEST, SILENCE
from appliance.room.motion import STILL
from appliance.run.pages.status import LIVE, pages_of
from appliance.runtime.web.server import serve_web
from tests.e2e.test_far_end import in_call
from tests.e2e.world import JOHN, PATIENCE, ROOM, World, a_room
from tests.runtime.web.test_sockets import page as websocket
from tests.virtual_time import passes

BEAT = 0.2  # seconds, as pages have it
OWN = '[cameras.stage]\nline = "virtual"\nnumber = 2\nmodel = "evi-d70"\n'


class Panel:
    """A page's end of the live connection, which says that it is there each second."""

    def __init__(self, connection: Any) -> None:  # trio_websocket's
        self._connection = connection
        self._numbers = itertools.count(1)
        self.now = 0
        self.view: dict[str, Any] = {}
        self.held: dict[int, list[str]] = {}

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._beat)
            while True:
                message = json.loads(await self._connection.get_message())
                self.now = message.get("now", self.now)
                self.view |= message.get("view", {})
                if "held" in message:
                    self.held.setdefault(message["held"], []).append(message["why"])

    async def _beat(self) -> None:
        while True:
            await trio.sleep(1)
            await self.say({})

    async def say(self, message: dict[str, object]) -> None:
        await self._connection.send_message(json.dumps(message))

    async def hold(self, do: str, seconds: float, *, release: bool = True) -> str:
        """What the box says to a finger that is down for so long; without `release` it just says nothing more."""
        number = next(self._numbers)
        for seq in range(max(1, round(seconds / BEAT))):
            await self.say({"hold": number, "do": do, "seq": seq, "seen": self.now})
            await passes(BEAT)
        if release:
            await self.say({"hold": number})
        with trio.fail_after(PATIENCE):
            while number not in self.held:
                await passes(0.01)
        return self.held[number][0]


class Panels:
    """Opens panels of a room."""

    def __init__(self, world: World, nursery: trio.Nursery, address: tuple[str, int]) -> None:
        self.world = world
        self._nursery = nursery
        self._address = address

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Panel]:
        async with websocket(self._address, LIVE) as connection, trio.open_nursery() as nursery:
            panel = Panel(connection)
            nursery.start_soon(panel.run)
            with trio.fail_after(PATIENCE):
                while not panel.view:
                    await passes(0.01)
            yield panel
            nursery.cancel_scope.cancel()

    def methods(self) -> list[str]:
        return self.world.asked()


@asynccontextmanager
async def panels(cameras: str = "") -> AsyncIterator[Panels]:
    async with a_room(template=f"{ROOM}\n{cameras}" if cameras else ROOM) as world, trio.open_nursery() as nursery:
        pages = pages_of(world.appliance.parts)
        addresses = await nursery.start(partial(serve_web, pages.app, "127.0.0.1:0", sockets=pages.sockets))
        world.forget_sent()
        yield Panels(world, nursery, addresses[0])
        nursery.cancel_scope.cancel()


async def test_the_camera_moves_while_a_finger_is_down(clock: object) -> None:
    async with panels() as room, room.one() as panel:
        assert await panel.hold("camera right up", 2.0) == ""
        await room.world.until_sent("ptzStop")
        assert room.methods() == ["ptzRight", "ptzUp", "ptzStop"]
        await room.world.until(lambda state: state.camera is not None and state.camera.pan.current_value > 3)
        await passes(0.5)
        assert room.world.state.motion == STILL


async def test_silence_stops_it_within_a_second(clock: object) -> None:
    async with panels() as room, room.one() as panel:
        await panel.hold("camera left", 0.4, release=False)
        assert room.methods() == ["ptzLeft"]
        await passes(SILENCE + 0.1)
        await room.world.until_sent("ptzStop")
        await panel.say({"hold": 1, "do": "camera left", "seq": 9, "seen": panel.now})
        await passes(0.5)
        assert room.methods() == ["ptzLeft", "ptzStop"]
        assert panel.held[1] == ["", "Press again to go on"]


async def test_a_panel_that_goes_away_stops_it_at_once(clock: object) -> None:
    async with panels() as room:
        async with room.one() as panel:
            await panel.hold("camera left", 0.2, release=False)
            assert room.world.state.motion == (-1, 0, 0)
            left = trio.current_time()
        await room.world.until(lambda state: state.motion == STILL)
        assert trio.current_time() - left < SILENCE
        await room.world.until_sent("ptzStop")


async def test_nobody_holds_it_for_ever(clock: object) -> None:
    async with panels() as room, room.one() as panel:
        began = trio.current_time()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(panel.hold, "camera left", LONGEST + 5)
            await room.world.until(lambda state: state.motion != STILL)
            await room.world.until(lambda state: state.motion == STILL)
            assert trio.current_time() - began == pytest.approx(LONGEST, abs=1)
        assert room.methods() == ["ptzLeft", "ptzStop"]


async def test_two_panels_one_camera(clock: object) -> None:
    async with panels() as room, room.one() as first, room.one() as second, trio.open_nursery() as nursery:
        nursery.start_soon(first.hold, "camera left", 2.0)
        await room.world.until(lambda state: state.motion != STILL)
        assert await second.hold("camera right", 0.4) == "In use by another screen"
        await room.world.until(lambda state: state.motion == STILL)
        assert await second.hold("camera right", 0.4) == ""
        await room.world.until(lambda state: state.motion == STILL)
        assert [method for method in room.methods() if method != "ptzStop"] == ["ptzLeft", "ptzRight"]


async def test_a_joystick_that_moves_it_keeps_it(clock: object) -> None:
    async with panels() as room, room.one() as panel:
        room.world.joystick("81 01 06 01 05 05 02 03 FF")
        await room.world.until_sent("ptzRight")
        assert await panel.hold("camera left", 0.4) == "In use by a controller in the room"
        await passes(1)
        assert room.methods() == ["ptzRight"]


async def test_a_stop_does_not_wait_for_a_link_that_stalls(clock: object) -> None:
    """A movement that the terminal has not answered does not keep the stop back."""
    async with panels() as room, room.one() as panel:
        room.world.simulator.faults.mute_replies(60)
        await panel.hold("camera left", 0.4)
        await room.world.until_terminal(lambda _: "ptzStop" in room.methods())


async def test_a_camera_of_the_box_is_moved_as_well(clock: object) -> None:
    async with panels(OWN) as room, room.one() as panel:
        assert await panel.hold("camera left of stage", 0.6) == ""
        await room.world.until(lambda state: state.local_motion.get("stage") == STILL)
        assert room.methods() == []
        assert await panel.hold("camera left of cellar", 0.4) == "No panel may do this"


async def test_a_joystick_that_moves_a_camera_of_the_box_keeps_it(clock: object) -> None:
    async with panels(OWN) as room, room.one() as panel:
        cameras = room.world.appliance.parts.local_cameras
        room.world.joystick("82 01 06 01 05 05 02 03 FF")
        with trio.fail_after(PATIENCE):
            while not cameras.moves("stage"):
                await passes(0.05)
        assert await panel.hold("camera left of stage", 0.4) == "In use by a controller in the room"
        assert cameras.moves("stage")


async def test_the_other_sides_camera_is_asked_for_and_moved(clock: object) -> None:
    async with panels() as room, room.one() as panel:
        await in_call(room.world)
        room.world.forget_sent()
        assert await panel.hold("camera left of far_end", 0.6) == ""
        await room.world.until_sent("requestParticipantCameraControl", callId=JOHN)
        await room.world.until(lambda state: state.local_motion["far_end"] == STILL)
