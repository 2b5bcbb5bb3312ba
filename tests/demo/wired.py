"""Virtual hardware with the real drivers on it, writing down what they hear: an appliance without a room."""

import functools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import trio
from PIL import Image

from appliance.runtime.web.answers import Revision
from appliance.virtual.hardware import VirtualHardware, virtual_hardware
from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import ButtonConfig, LampConfig
from drivers.gpio.lamps import Lamps
from drivers.keypad.config import KeypadConfig
from drivers.keypad.keypad import Keypad
from drivers.outputs import patterns
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.config import SerialConfig
from drivers.visca.model.profile import Position
from tests.virtual_time import real

BUTTONS = {name: ButtonConfig(pin=pin) for name, pin in [("call", 17), ("hangup", 27), ("mute", 22)]}
LAMPS = {name: LampConfig(pin=pin) for name, pin in [("ringing", 5), ("in_call", 6), ("muted", 13), ("link", 19)]}


class Wired:
    """The drivers, and what they heard so far."""

    def __init__(self, hardware: VirtualHardware) -> None:
        self.hardware = hardware
        self.heard: list[str] = []
        self.heard_more = Revision()
        self.lamps = Lamps(LAMPS)
        self.phone = Speakerphone(SpeakerphoneConfig(), hardware.speakerphones["speakerphone"].open)
        self._picture = Image.new("1", (128, 64))

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs every driver; each that loses its device takes it again once it is there."""
        hardware = self.hardware
        line = SerialConfig(port=hardware.serials["joystick"].path)
        runs = [
            self.lamps.play,
            *(functools.partial(self.lamps.own, name, hardware.gpio.factory) for name in LAMPS),
            *(
                functools.partial(Button(name, config, hardware.gpio.factory).run, self._button)
                for name, config in BUTTONS.items()
            ),
            functools.partial(Keypad(KeypadConfig(), hardware.keypads["keypad"].open).run, self._hear),
            functools.partial(self.phone.run, self._hear),
            functools.partial(ViscaCamera(line, lambda: Position(0.5, 0.5, 0.0)).run, self._hear),
        ]
        async with trio.open_nursery() as nursery, hardware.display.open() as self.oled:
            for run in runs:
                await nursery.start(self._keep, run)
            task_status.started()
            await trio.sleep_forever()  # else the display would be closed before the others

    async def wait_for(self, count: int) -> None:
        """Waits until at least so many things have been heard."""
        while len(self.heard) < count:
            await self.heard_more.newer_than(self.heard_more.value)

    async def until_heard(self, *expected: str) -> None:
        """Waits until exactly this has been heard, in this order, since the last time."""
        with trio.fail_after(real(20)):
            await self.wait_for(len(expected))
        assert self.heard == list(expected)
        self.heard.clear()

    def light(self, name: str, pattern: patterns.Pattern = patterns.ON) -> None:
        """Lights a lamp as a service would."""
        self.lamps.set(name, pattern)

    async def draw(self) -> None:
        """Shows another picture on the display."""
        self._picture = self._picture.point(lambda pixel: 255 - pixel)
        await self.oled.show(self._picture)

    def _button(self, event: ButtonEvent) -> None:
        self._hear(f"{event.name} {event.kind}")

    def _hear(self, event: object) -> None:
        self.heard.append(str(event))
        self.heard_more.changed()

    async def _keep(self, run: Callable[..., Awaitable[None]], *, task_status: trio.TaskStatus[None]) -> None:
        while True:
            seen = self.hardware.revision.value
            try:
                await run(task_status=task_status)
            except DeviceLost:
                self._hear("DeviceLost")
            except DeviceMissing:
                pass  # still
            task_status = trio.TASK_STATUS_IGNORED
            await self.hardware.revision.newer_than(seen)


@contextmanager
def wired() -> Iterator[Wired]:
    """New hardware with drivers that are still to be run."""
    with virtual_hardware(BUTTONS, LAMPS) as hardware:
        yield Wired(hardware)
