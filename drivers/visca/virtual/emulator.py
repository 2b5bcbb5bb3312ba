"""A camera that is not there: it moves as one would, seen through its VISCA."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

import trio

from drivers.errors import DeviceLost
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.config import SerialConfig
from drivers.visca.line.serial_port import SerialPort
from drivers.visca.model.actions import Action, Drive, DriveTo
from drivers.visca.model.models import Model
from drivers.visca.model.profile import Position
from drivers.visca.virtual.fake import VirtualSerial

SPEED = 0.25
"""Part of each axis' range in a second, at the highest speed."""
HOME = Position(0.5, 0.5, 0.0)


class _Axis:
    """One axis: where it was when it was told last, how fast it has gone since, and where it ends."""

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
    """Pan, tilt and zoom that take their time; `clock` in seconds. What each drive asks for, `act` is told."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._axes = {"pan": _Axis(0.5), "tilt": _Axis(0.5), "zoom": _Axis(0.0)}

    def position(self) -> Position:
        """Where it is now."""
        now = self._clock()
        return Position(*(axis.at(now) for axis in self._axes.values()))

    def act(self, action: Action) -> None:
        """Do what a controller asks."""
        if isinstance(action, Drive):
            self._drive("pan", action.pan, action.pan_speed)
            self._drive("tilt", action.tilt, action.tilt_speed)
            self._drive("zoom", action.zoom, action.zoom_speed)
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
    """A line with a camera at its far end, for `DrivenCamera`: `head` is what it moves."""
    with VirtualSerial() as line:
        config = SerialConfig(port=line.path, model=model)
        camera = ViscaCamera(config, head.position, open_port=lambda _config: nullcontext(FarEnd(line)))
        async with trio.open_nursery() as nursery:
            await nursery.start(camera.run, head.act)
            with SerialPort(config) as port:
                yield port
            nursery.cancel_scope.cancel()


class FarEnd:
    """The far end of a virtual line, for a camera to be there: a port for `ViscaCamera`."""

    def __init__(self, line: VirtualSerial) -> None:
        self._line = line

    async def receive(self, deadline: float) -> bytes:
        """What has come, nothing at `deadline`. DeviceLost: the line was unplugged."""
        while (end := self._line.far_end) is not None:
            if data := self._line.read():
                return data
            with trio.move_on_at(deadline) as waiting:
                await trio.lowlevel.wait_readable(end)
            if waiting.cancelled_caught:
                return b""
        raise DeviceLost("the virtual line was unplugged")

    def send(self, data: bytes) -> bool:
        """Send at once or not at all."""
        return self._line.write(data) == len(data)
