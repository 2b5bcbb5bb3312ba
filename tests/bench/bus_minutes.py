"""Bytes on the bus while a room goes on: what this firmware sends, and what luma's full frames of the same would be.

Time is virtual, and the buses are those of the drivers' tests, so that the numbers are the same on every machine.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import trio
from luma.core.framebuffer import full_frame
from luma.core.interface.serial import i2c
from luma.lcd.device import st7789
from luma.oled.device import ssd1306, ssd1322
from PIL import Image
from trio.testing import MockClock

from appliance.display.burnin import DisplayPolicy
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.services.outputs.display import DisplayService
from appliance.services.store import RoomStore
from appliance.terminal.messages.enums import ConferenceType
from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.oled import Oled, open_oled
from tests.drivers.oled.bus import FakeBus
from tests.drivers.oled.spi import Rectangles, SpiBus

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
LONG = Person("long@example.org", "Александра Константинопольская-Преображенская, " * 3)  # moves on every display
ANNA = Person("anna@example.org", "Anna Larsen")

PANELS = {
    "": OledConfig(),
    "_256x64": OledConfig(driver="ssd1322", spi="0.0", dc_pin=24),
    "_240x240": OledConfig(driver="st7789", spi="0.0", dc_pin=24),
}
"""By the end of a figure's name."""


class Cost(NamedTuple):
    """Bytes that were sent, and those of as many full frames of luma's as there were different pictures."""

    ours: int
    luma: int


Scene = Callable[[RoomStore], Awaitable[object]]


IDLE = RoomState(
    link=Link(LinkPhase.UP), phase=Phase.IDLE, mic_muted=False, audio_muted=False, video_muted=False, volume=0.5
)


def _room(store: RoomStore, phase: Phase, peer: Person, since: float | None = None) -> RoomState:
    call = Conversation(peer, ConferenceType.POINT_TO_POINT, since=since)
    return msgspec.structs.replace(store.state, phase=phase, conversation=call)


async def idle(_store: RoomStore) -> None:
    """Nothing happens until the display goes dark."""
    await trio.sleep(DisplayPolicy().off_after - 2)


async def in_a_call(store: RoomStore) -> None:
    """A call goes on for ten minutes."""
    store.followed.value = _room(store, Phase.IN_CALL, ANNA, trio.current_time())
    await trio.sleep(600)


async def dialling(store: RoomStore) -> None:
    """Somebody types a number of thirteen digits."""
    for digit in "8495123456789":
        store.followed.value = msgspec.structs.replace(store.state, number=store.state.number + digit)
        await trio.sleep(0.4)


async def scrolling(store: RoomStore) -> None:
    """The room calls somebody with a long name for half a minute."""
    store.followed.value = _room(store, Phase.CALLING, LONG)
    await trio.sleep(30)


SCENES: dict[str, Scene] = {"idle": idle, "call": in_a_call, "dialling": dialling, "scrolling": scrolling}


def cost(scene: Scene, config: OledConfig) -> Cost:
    """Plays a scene on a display."""
    return trio.run(_cost, scene, config, clock=MockClock(autojump_threshold=0))


async def _cost(scene: Scene, config: OledConfig) -> Cost:
    bus, pictures, store = Bus(config), Pictures(), RoomStore()
    store.followed.value = IDLE
    service = DisplayService(
        lambda: pictures.watched(config, bus),
        store,
        DisplayPolicy(),
        name="Neptune",
        address=lambda: "192.168.10.25",
        clock=lambda: MORNING + timedelta(seconds=trio.current_time()),
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(service.run)
        await trio.sleep(DisplayPolicy().off_after + 60)
        store.touch()  # wakes it
        await trio.sleep(1)
        before, pictures.count = bus.carried(), 0
        await scene(store)
        ours = bus.carried() - before
        nursery.cancel_scope.cancel()
    return Cost(ours, pictures.count * luma_frame(config))


class Bus:
    """The bus that a display is on."""

    def __init__(self, config: OledConfig) -> None:
        self._i2c = FakeBus() if config.spi is None else None
        self._spi = SpiBus(Rectangles(config.driver)) if config.spi else None

    def connect(self, config: OledConfig) -> Any:
        """Opens the display as the firmware does."""
        return panel(config, i2c(bus=self._i2c)) if self._spi is None else self._spi.connect(config)

    def carried(self) -> int:
        """Returns the bytes on it so far."""
        return self._spi.carried() if self._spi else self._i2c.carried if self._i2c else 0


class Pictures:
    """Counts the pictures that differ from the one before."""

    def __init__(self) -> None:
        self.count = 0
        self._last = b""

    def watched(self, config: OledConfig, bus: Bus) -> AbstractAsyncContextManager[Oled]:
        """Opens the display, and watches what is shown on it."""
        opened = open_oled(config, bus.connect, in_thread=False)
        return _Watched(opened, self._see)

    def _see(self, image: Image.Image) -> None:
        self.count += image.tobytes() != self._last
        self._last = image.tobytes()


class _Watched(AbstractAsyncContextManager[Oled]):
    def __init__(self, opened: AbstractAsyncContextManager[Oled], see: Callable[[Image.Image], None]) -> None:
        self._opened = opened
        self._see = see

    async def __aenter__(self) -> Oled:
        oled = await self._opened.__aenter__()
        show = oled.show

        async def shown(image: Image.Image) -> None:
            self._see(image)
            await show(image)

        oled.show = shown  # type: ignore[method-assign]  # to see what it is shown
        return oled

    async def __aexit__(self, *about: object) -> bool | None:
        return await self._opened.__aexit__(*about)  # type: ignore[arg-type]  # whatever it is


class _Counted:
    """What luma sends to, which counts the bytes; on I2C an address and a control byte are before each transfer."""

    def __init__(self, framing: int) -> None:
        self.bytes = 0
        self._framing = framing

    def command(self, *codes: int) -> None:
        self.bytes += len(codes) + self._framing

    def data(self, data: Sequence[int]) -> None:
        self.bytes += len(data) + self._framing

    def cleanup(self) -> None:
        """Does nothing: there is no file."""


def luma_frame(config: OledConfig) -> int:
    """Returns the bytes of one full frame, as luma sends it."""
    serial = _Counted(2 if config.spi is None else 0)
    device = _LUMA[config.driver](serial)
    device.persist = True
    serial.bytes = 0
    device.display(Image.new(device.mode, device.size))
    return serial.bytes


_LUMA: dict[str, Callable[[Any], Any]] = {
    "ssd1306": ssd1306,
    "ssd1322": lambda serial: ssd1322(serial, framebuffer=full_frame()),
    "st7789": lambda serial: st7789(serial, backlight=None, gpio=_NoPins()),
}


class _NoPins:
    """What luma wants for a backlight."""

    OUT = LOW = HIGH = 0

    def setup(self, *_: object) -> None: ...
    def output(self, *_: object) -> None: ...
    def cleanup(self, *_: object) -> None: ...
    def setwarnings(self, *_: object) -> None: ...
    def setmode(self, *_: object) -> None: ...
