"""A whole room in one event loop: appliance, virtual hardware, simulated terminal, real sockets and terminals."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import pytest
import trio

from appliance.config.load import parse
from appliance.room.parts.link import LinkPhase
from appliance.room.prompts import SETTLED
from appliance.room.state import Phase, RoomState
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import virtual_room
from appliance.run.tables.every import ROOM as TABLES
from appliance.run.tables.every import Table
from appliance.services.box.hotplug import Watch
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.option_types import Generation
from appliance.simulator.options import DOMAIN, SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from appliance.virtual.hardware import VirtualHardware
from tests.drivers.visca.carried import carry
from tests.virtual_time import passes

RECEPTION = f"100@{DOMAIN}"
JOHN = f"john.smith@{DOMAIN}"
ANNA = f"anna.petrova@{DOMAIN}"

ROOM = """
hardware = "virtual"
[room]
name = "Neptune"
contact = "{contact}"
{room}
[terminal]
host = "127.0.0.1"
web_port = {web}
{terminal}
[buttons.call]
pin = 17
press = "call"
[buttons.hangup]
pin = 27
press = "hang_up"
[buttons.mute]
pin = 22
press = "mute"
[buttons.left]
pin = 23
press = "camera left"
[lamps.ringing]
pin = 5
[lamps.in_call]
pin = 6
[lamps.muted]
pin = 13
[lamps.link]
pin = 19
[keypads.keypad]
[keypads.keypad.keys]
{keys}
[speakerphones.speakerphone]
[joysticks.joystick]
port = "virtual"
[display]
[panel]
listen = "127.0.0.1:0"
"""

GENERATION = ContextVar("generation", default=Generation.BOTH)
"""Which terminals the simulated one speaks like, where a test does not say so itself."""

PATIENCE = 600.0  # seconds of the mock clock: on a busy machine it may run ahead of what is still on its way


class World:
    """The room and both of its sides."""

    def __init__(self, simulator: Simulator, hardware: VirtualHardware, appliance: Appliance) -> None:
        self.simulator = simulator
        self.hardware = hardware
        self.appliance = appliance

    @property
    def state(self) -> RoomState:
        return self.appliance.store.state

    async def until(self, condition: Callable[[RoomState], bool]) -> RoomState:
        """The room's state, as soon as the condition holds."""
        with trio.fail_after(PATIENCE):
            state = self.state
            while not condition(state):
                state = await self.appliance.store.followed.newer_than(state)
            return state

    async def until_seen(self, condition: Callable[[RoomState], bool]) -> RoomState:
        """The room's state, as soon as the condition holds and a person has read what the display asks."""
        await self.until(condition)
        for prompt in filter(None, (self.state.prompt, self.state.camera_prompt)):
            assert prompt.shown_from is not None
            await passes(max(0.0, prompt.shown_from + SETTLED - trio.current_time()))
        return self.state

    async def until_phase(self, phase: Phase) -> RoomState:
        return await self.until(lambda state: state.phase is phase)

    async def until_terminal(self, condition: Callable[[Terminal], bool]) -> None:
        with trio.fail_after(PATIENCE):
            await self.simulator.until(condition)

    async def until_hardware(self, condition: Callable[[], bool]) -> None:
        """Returns as soon as lamps or display (which say when they change) make the condition true."""
        with trio.fail_after(PATIENCE):
            while not condition():
                await self.hardware.revision.newer_than(self.hardware.revision.value)

    async def until_sent(self, method: str, **fields: object) -> dict[str, Any]:
        """The command as the terminal received it, as soon as it has; people may be named with their instance."""

        def matches(command: dict[str, Any]) -> bool:
            named = {name: _plain(value) for name, value in command.items()}
            return command["method"] == method and fields.items() <= named.items()

        await self.until_terminal(lambda _: any(map(matches, self.sent())))
        return next(filter(matches, self.sent()))

    def sent(self) -> list[dict[str, Any]]:
        """What the appliance has asked of the terminal since the last `forget_sent`."""
        return list(self.simulator.terminal.received)

    def asked(self) -> list[str]:
        """The methods of everything sent that was not a mere read."""
        return [command["method"] for command in self.sent() if not is_read(command["method"])]

    def forget_sent(self) -> None:
        self.simulator.terminal.received.clear()

    def tap(self, button: str) -> None:
        self.hardware.gpio.press(button)
        self.hardware.gpio.release(button)

    async def press(self, button: str) -> None:
        """As a finger does: longer than the contact bounces."""
        self.hardware.gpio.press(button)
        await passes(0.1)
        self.hardware.gpio.release(button)
        await passes(0.1)

    def type(self, symbols: Iterable[str]) -> None:
        for symbol in symbols:
            self.hardware.keypads["keypad"].key(symbol)

    def lamp(self, name: str) -> bool:
        return self.hardware.gpio.lamp(name)

    def joystick(self, hexadecimal: str) -> None:
        carry(self.hardware.serials["joystick"], bytes.fromhex(hexadecimal))

    async def in_a_call(self, peer: str = RECEPTION) -> None:
        """Gets the room into a point-to-point call, placed by its button."""
        await self.press("call")
        await self.until_phase(Phase.CALLING)
        self.simulator.peer(peer).answer()
        await self.until_phase(Phase.IN_CALL)
        self.forget_sent()


def press_hook(world: World, *, off: bool) -> None:
    """A key of the terminal's own speakerphone, of which newer terminals tell nobody."""
    if GENERATION.get() is Generation.NEW:
        pytest.skip("newer terminals tell nobody of the keys of their own speakerphone")
    if off:
        world.simulator.press_hook_off()
    else:
        world.simulator.press_hang_up()


def _plain(value: object) -> object:
    """Somebody's id without the instance that newer terminals name."""
    return value.partition("/")[0] if isinstance(value, str) and "@" in value else value


def is_read(method: str) -> bool:
    return method == "auth" or method.startswith("get")


@asynccontextmanager
async def a_room(
    *,
    contact: str = RECEPTION,
    room: str = "",
    terminal: str = "",
    keys: str = "",
    options: Mapping[str, Any] = MappingProxyType({}),
    up: bool = True,
    watch: Watch | None = None,
    template: str = ROOM,
    tables: Iterable[Table] = TABLES,
) -> AsyncIterator[World]:
    """A room that is linked and idle (unless `up` is False); `room`, `terminal` and `keys` are lines for it.

    `template`: the lines around them. `watch`: who tells what is plugged in; without, the appliance finds out itself.
    """
    async with trio.open_nursery() as nursery:
        given = {"generation": GENERATION.get(), **options}
        simulator = await nursery.start(simulate, SimulatorOptions(control_port=None, **given))
        text = template.format(contact=contact, room=room, terminal=terminal, keys=keys, web=simulator.ports.web)
        config = parse(text, Path("room.toml"))
        with virtual_room(config) as (virtual, hardware):
            appliance = Appliance(config, msgspec.structs.replace(hardware, watch=watch), tables)
            world = World(simulator, virtual, appliance)
            await nursery.start(appliance.run)
            if up:
                await world.until(lambda state: state.link.phase is LinkPhase.UP)
                await world.until_phase(Phase.IDLE)
            yield world
            appliance.stop()
        nursery.cancel_scope.cancel()
