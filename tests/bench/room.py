"""A whole room for the benchmark: the appliance on virtual hardware, with a clock on its glass and on its socket."""

import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import msgspec
import trio

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.display.view import View
from appliance.room.parts.link import LinkPhase
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import openers, virtual_room
from appliance.run.process import panel
from appliance.run.tables.every import ROOM
from appliance.run.tables.sharing import shared
from appliance.services.box.surroundings import Clock
from appliance.services.inputs.buttons import ButtonService
from appliance.virtual.hardware import VirtualHardware
from drivers.oled.config import OledConfig
from drivers.oled.fake import VirtualOled
from drivers.oled.oled import Oled
from tests.bench.far_end import HOST
from tests.bench.kernel_pins import KernelPins, kernel_pins
from tests.bench.patience import patience

OpenDisplay = Callable[[OledConfig], AbstractAsyncContextManager[Oled]]

MUTE_LINE = 22
CONFIG = """
hardware = "virtual"

[room]
name = "Room 3 · Neptune"
contact = "100@meet.example.com"

[terminal]
host = "127.0.0.1"
web_port = {port}

[buttons.call]
pin = 17
press = "call"
debounce = 0
[buttons.hangup]
pin = 27
press = "hang_up"
debounce = 0
[buttons.mute_on]
pin = 22
press = "mute on"
debounce = 0

[lamps.ringing]
pin = 5
[lamps.in_call]
pin = 6
[lamps.muted]
pin = 13
[lamps.link]
pin = 19

[encoders.volume]
a = 20
b = 21

[keypads.keypad]
[speakerphones.speakerphone]
[joysticks.joystick]
port = "virtual"
[display]

[panel]
listen = "127.0.0.1:{page}"
"""


class Glass:
    """When the picture changed last."""

    def __init__(self) -> None:
        self._changed = trio.Event()
        self.at = 0

    def changed(self) -> None:
        """Told by the virtual display, in the event loop; the first change after `watch` counts."""
        if not self._changed.is_set():
            self.at = time.perf_counter_ns()
            self._changed.set()

    def watch(self) -> None:
        """From now on the next change counts."""
        self._changed = trio.Event()

    async def next_change(self) -> int:
        """When (nanoseconds) the picture changed after `watch`."""
        with trio.fail_after(patience(5)):
            await self._changed.wait()
        return self.at


class BenchRoom(msgspec.Struct):
    """A room linked to the bare server; `read_at` is when bytes of the terminal were read last (nanoseconds).

    Its buttons, lamps and encoder are on `pins`. The button `mute_on` is there a second time, on a mock pin of
    `virtual`. `page` is the port of its page.
    """

    config: Config
    appliance: Appliance
    virtual: VirtualHardware
    pins: KernelPins
    glass: Glass
    page: int
    read_at: int = 0

    @property
    def mic_muted(self) -> bool:
        """As the terminal said last."""
        return bool(self.appliance.store.state.mic_muted)

    def view(self, *, mic_muted: bool) -> View:
        """What the display is asked to show now, but for the microphone."""
        state = msgspec.structs.replace(self.appliance.store.state, mic_muted=mic_muted)
        now = trio.current_time()
        return View(state=state, room=self.config.room.name, address="127.0.0.1", now=now, clock=Clock()())

    async def linked(self) -> None:
        """Waits until the link is up: on a machine that stood still it may have been given up meanwhile."""
        followed = self.appliance.store.followed
        with trio.fail_after(patience(30)):
            while (state := followed.value).link.phase is not LinkPhase.UP:
                await followed.newer_than(state)

    def note_reads(self) -> None:
        """Takes the time whenever the appliance has read from the terminal's socket."""
        session = self.appliance.parts.link.session
        assert session is not None
        stream = session._websocket._stream
        receive_some = stream.receive_some

        async def noted(max_bytes: int | None = None) -> bytes | bytearray:
            data = await receive_some(max_bytes)
            self.read_at = time.perf_counter_ns()
            return data

        stream.receive_some = noted  # type: ignore[method-assign]  # no other way to see the moment


@asynccontextmanager
async def bench_room(port: int, display: OpenDisplay | None = None, *, more: str = "") -> AsyncIterator[BenchRoom]:
    """The room, running and linked to the terminal whose web port is `port`; `display` in the place of its own.

    `more`: of its configuration.
    """
    page = free_port()
    config = parse(CONFIG.format(port=port, page=page) + more, Path("bench.toml"))
    glass = Glass()
    with virtual_room(config) as (plain, _), kernel_pins() as pins:
        virtual = msgspec.structs.replace(plain, display=VirtualOled(glass.changed))
        hardware = msgspec.structs.replace(openers(virtual), pins=lambda: pins.factory)
        if display is not None:
            hardware = msgspec.structs.replace(hardware, display=display)
        appliance = Appliance(config, hardware, (*ROOM, shared, panel))
        room = BenchRoom(config, appliance, virtual, pins, glass, page)
        async with trio.open_nursery() as nursery:
            await nursery.start(appliance.run)
            async with trio.open_nursery() as beside:
                await beside.start(_mock_button(room).run)
                await room.linked()
                room.note_reads()
                yield room
                beside.cancel_scope.cancel()
            appliance.stop()


def _mock_button(room: BenchRoom) -> ButtonService:
    config = room.config.buttons["mute_on"].hardware()
    return ButtonService("mute_on", config, lambda: room.virtual.gpio.factory, room.appliance.parts.controller.put)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])
