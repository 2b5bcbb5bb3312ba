"""The room of the story: what hangs on its wall, and who its people are."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from unittest import mock

import trio

from appliance.config.load import parse
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import virtual_room
from appliance.simulator.option_types import Generation
from appliance.simulator.options import CONTACTS, DOMAIN, Contact, PlannedMeeting, SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from appliance.terminal.messages.enums import ConferenceType
from tests.e2e.day.wall import Wall
from tests.e2e.world import ANNA, JOHN, RECEPTION, World

MINUTE, HOUR = 60.0, 3600.0
BOARD = f"200@{DOMAIN}"
PASSWORD = "132"
PIN = "FA6"
DESIGN = "2718281828"

ROOM = f"""
hardware = "virtual"
[room]
name = "Neptune"
contact = "{RECEPTION}"
[terminal]
host = "127.0.0.1"
web_port = {{web}}
pin = "{PIN}"
on_takeover = "yield"
[buttons.call]
pin = 17
press = "call"
[buttons.hangup]
pin = 27
press = "hang_up"
[buttons.mute]
pin = 22
press = "mute"
[buttons.join]
pin = 23
press = "join next"
[lamps.ringing]
pin = 5
[lamps.calling]
pin = 24
[lamps.in_call]
pin = 6
[lamps.idle]
pin = 12
[lamps.muted]
pin = 13
[lamps.asked]
pin = 20
[lamps.podium]
pin = 21
[lamps.camera_asked]
pin = 25
[lamps.offline]
pin = 26
[lamps.link]
pin = 19
[lamps.error]
pin = 16
[keypads.keypad]
[keypads.keypad.keys]
"*" = "redial"
F1 = "call {BOARD}"
F3 = "camera allow"
F4 = "podium remark"
clear = "decline"
[speakerphones.speakerphone]
[far_end]
requests = "ask"
[display]
[panel]
listen = "127.0.0.1:0"
"""

ASKS = {"record": 1, "cameraRemoteControlAccess": 1}
"""Settings of the terminal: people are asked before somebody records the room or moves its camera."""
MEETINGS = (
    PlannedMeeting(id="3413915491", topic="Planning", owner=ANNA, starts_in=63 * MINUTE, duration=30 * MINUTE),
    PlannedMeeting(
        id=DESIGN,
        topic="Design review",
        owner=JOHN,
        starts_in=123 * MINUTE,
        duration=HOUR,
        type=ConferenceType.ROLE_BASED,
    ),
)
PEOPLE = (*CONTACTS, Contact(peer_id=BOARD, name="Board", conference_pin=PASSWORD))


class Room(World):
    """The room and both of its sides on that day; the box is switched on by the story."""

    def __init__(self, world: World, wall: Wall, nursery: trio.Nursery) -> None:
        super().__init__(world.simulator, world.hardware, world.appliance)
        self.wall = wall
        self._nursery = nursery

    async def switch_on(self) -> None:
        """Returns when each service of the box has had its chance."""
        await self._nursery.start(self.appliance.run)

    def switch_off(self) -> None:
        """As the system does when it goes down."""
        self.appliance.stop()


@asynccontextmanager
async def a_room(generation: Generation, text: str = ROOM) -> AsyncIterator[Room]:
    """The room with its terminal switched on, and its box not yet; `text`: its configuration."""
    wall = Wall()
    async with trio.open_nursery() as nursery:
        options = SimulatorOptions(
            control_port=None,
            generation=generation,
            pin=PIN,
            contacts=PEOPLE,
            meetings=MEETINGS,
            restart_time=40,
            connect_time=5,
            token_lifetime=8 * HOUR,
        )
        simulator: Simulator = await nursery.start(_terminal, options, wall)
        config = parse(text.format(web=simulator.ports.web), Path("room.toml"))
        with virtual_room(config) as (virtual, hardware), _in_its_time(wall):
            with simulator.changing() as terminal:
                terminal.settings.change(ASKS, logged_in=True)
            appliance = Appliance(config, hardware)
            appliance.parts.link._rng = appliance._supervisor._rng = random.Random(0)
            yield Room(World(simulator, virtual, appliance), wall, nursery)
        nursery.cancel_scope.cancel()


@contextmanager
def _in_its_time(wall: Wall) -> Iterator[None]:
    """Gives the box the clock on the wall, and lets it ask a silent terminal seldom: that is most of what it does."""
    with (
        mock.patch("appliance.run.parts.Clock", return_value=wall.box),
        mock.patch("appliance.terminal.liveness.QUIET", 15 * MINUTE),
    ):
        yield


async def _terminal(options: SimulatorOptions, wall: Wall, *, task_status: trio.TaskStatus[Simulator]) -> None:
    await simulate(options, wall_clock=wall.time, task_status=task_status)
