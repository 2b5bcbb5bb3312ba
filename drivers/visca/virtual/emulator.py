"""A simulated camera with pan, tilt and zoom, reached over VISCA."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

import trio

from drivers.errors import DeviceLost
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.config import SerialConfig
from drivers.visca.line.serial_port import SerialPort
from drivers.visca.model.actions import Action, Drive, DriveTo, PassOn
from drivers.visca.model.models import Model
from drivers.visca.model.profile import Position
from drivers.visca.virtual.fake import VirtualSerial

SPEED = 0.25
"""Fraction of each axis' range per second, at the highest speed."""
HOME = Position(0.5, 0.5, 0.0)


class _Axis:
    """One axis: its position at the last command, its speed since then, and where it stops."""

    def __init__(self, at: float) -> None:
        self._at = at
        self._since = 0.0
        self._speed = 0.0
        self._end = at

    def at(self, now: float) -> float:
        gone = self._speed * (now - self._since)
        there = self._at + gone
        return min(there, self._end) if self._speed > 0 else max(there, self._end) if self._speed < 0 else self._at

    def go(self, end: float, speed: float, now: float) -> None:
        self._at, self._since = self.at(now), now
        self._end = end
        self._speed = speed if end > self._at else -speed if end < self._at else 0.0


class Head:
    """A simulated pan-tilt-zoom head that moves at a finite speed; `clock` in seconds."""

    def __init__(self, clock: Callable[[], float], tilt: float = 0.5) -> None:
        """`tilt`: where that axis begins."""
        self._clock = clock
        self._axes = {"pan": _Axis(0.5), "tilt": _Axis(tilt), "zoom": _Axis(0.0)}

    def position(self) -> Position:
        """Returns the current position."""
        now = self._clock()
        return Position(*(axis.at(now) for axis in self._axes.values()))

    def act(self, action: Action) -> None:
        """Executes an action of a controller."""
        if isinstance(action, Drive):
            self._drive("pan", action.pan, action.pan_speed)
            self._drive("tilt", action.tilt, action.tilt_speed)
            self._drive("zoom", action.zoom, action.zoom_speed)
            return
        if isinstance(action, PassOn):
            return
        place = action if isinstance(action, DriveTo) else HOME
        for name, end in (("pan", place.pan), ("tilt", place.tilt), ("zoom", place.zoom)):
            if end is not None:
                self._axes[name].go(end, SPEED, self._clock())

    def _drive(self, name: str, way: int | None, speed: float | None) -> None:
        if way is None:
            return
        axis, now = self._axes[name], self._clock()
        axis.go(axis.at(now) if way == 0 else float(way > 0), SPEED * (0.5 if speed is None else speed), now)


@asynccontextmanager
async def emulated(head: Head, model: Model) -> AsyncIterator[SerialPort]:
    """Opens a line with a simulated camera at its far end, for `DrivenCamera`; `head` is what it moves."""
    with VirtualSerial() as line:
        config = SerialConfig(port=line.path, model=model)
        camera = ViscaCamera(config, head.position, open_port=lambda _config: nullcontext(FarEnd(line)))
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run, head.act)
            with SerialPort(config) as port:
                yield port
            nursery.cancel_scope.cancel()


class FarEnd:
    """The far end of a virtual line, as a port for `ViscaCamera`."""

    def __init__(self, line: VirtualSerial) -> None:
        self._line = line

    async def receive(self, deadline: float) -> bytes:
        """Returns received bytes, empty at `deadline`. Raises DeviceLost: when the line is unplugged."""
        while (end := self._line.far_end) is not None:
            if data := self._line.read():
                return data
            with trio.move_on_at(deadline) as waiting:
                await trio.lowlevel.wait_readable(end)
            if waiting.cancelled_caught:
                return b""
        raise DeviceLost("the virtual line was unplugged")

    def send(self, data: bytes) -> bool:
        """Sends at once or not at all; returns whether the bytes were sent."""
        return self._line.write(data) == len(data)
