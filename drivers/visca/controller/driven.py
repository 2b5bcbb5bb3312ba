"""A VISCA camera that the appliance drives, on a serial line or the network."""

import math
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import structlog
import trio

from drivers.errors import DeviceLost
from drivers.visca.config import SerialConfig
from drivers.visca.controller.controller import Controller
from drivers.visca.controller.exchange import Heard
from drivers.visca.line.serial_port import SerialPort
from drivers.visca.model.actions import Drive, DriveTo, Home
from drivers.visca.model.profile import Profile
from drivers.visca.wire.layout import Message

log = structlog.get_logger()


class Line(Protocol):
    """The interface of a line, as `SerialPort`, `StreamPort` and `DatagramPort` have it."""

    async def receive(self) -> bytes:
        """Returns received bytes. Raises DeviceLost: when the line is gone."""

    def send(self, data: bytes) -> bool:
        """Sends at once or not at all; returns whether the bytes were sent."""


LAST_WORD_WITHIN = 0.1
"""Seconds for the last stop to leave a line before it is closed: 15 bytes at 2400 baud take 0.06."""

OpenLine = Callable[[], AbstractAsyncContextManager[Line]]


@asynccontextmanager
async def open_serial(config: SerialConfig) -> AsyncIterator[Line]:
    """Opens a serial line for `DrivenCamera`."""
    with SerialPort(config) as port:
        try:
            yield port
        finally:
            with trio.move_on_after(LAST_WORD_WITHIN, shield=True):
                await port.drain()


class DrivenCamera:
    """One camera. Requests made before `run`, or while the line is gone, are not executed later.

    Whoever moves it calls `stay` within each second, or the movement is stopped. When `run`
    ends, however it ends, the camera is sent a stop.
    """

    def __init__(
        self,
        open_line: OpenLine,
        profile: Profile,
        *,
        address: int = 1,
        chained: bool = False,
        heard: Callable[[Heard], None] = lambda _heard: None,
    ) -> None:
        """`chained`: a serial line, see `Controller`. `heard` is called for every reply."""
        self.controller = Controller(profile, clock=trio.current_time, address=address, chained=chained)
        self._open_line = open_line
        self._heard = heard
        self._line: Line | None = None
        self._waiting: trio.CancelScope | None = None
        self._lost: DeviceLost | None = None

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs until cancelled. Raises DeviceMissing: if the line cannot be opened. Raises DeviceLost: if it goes."""
        async with self._open_line() as line:
            self._line, self._lost = line, None
            self.controller.connected()
            try:
                self._write()
                task_status.started()
                while True:
                    await self._exchange(line)
            finally:
                self._last_word()
                self._line = None

    def begin_again(self) -> None:
        """Stops the camera and sets the line up again, as after a reconnect."""
        self.controller.connected()
        self._write()

    def drive(self, action: Drive) -> None:
        """Moves or stops the axes that `action` names."""
        self.controller.drive(action)
        self._write()

    def stay(self) -> None:
        """Keeps the current movement going for another second."""
        self.controller.stay()
        self._write()

    def stop(self) -> None:
        """Stops all axes before anything else."""
        self.controller.stop()
        self._write()

    def go(self, action: DriveTo | Home) -> bool:
        """Moves to a position; returns False if the queue is full. Raises ValueError: if VISCA cannot express it."""
        accepted = self.controller.go(action)
        self._write()
        return accepted

    def send(self, message: Message) -> bool:
        """Queues a command or inquiry; returns False where the queue is full."""
        accepted = self.controller.send(message)
        self._write()
        return accepted

    async def _exchange(self, line: Line) -> None:
        data = b""
        with trio.CancelScope(deadline=self.controller.deadline) as self._waiting:
            data = await line.receive()
        self._waiting = None
        if self._lost is not None:
            raise self._lost
        for heard in self.controller.feed(data):
            self._heard(heard)
        self._write()

    def _write(self) -> None:
        """Writes what is due, and moves the deadline of the pending `receive`."""
        if self._line is None:
            return
        try:
            if data := self.controller.due():
                self._line.send(data)
        except DeviceLost as error:  # for `run` to raise: whoever wants the camera to move can do nothing about it
            self._lost = error
        if self._waiting is not None:
            self._waiting.deadline = -math.inf if self._lost else self.controller.deadline

    def _last_word(self) -> None:
        if self.controller.moving:
            self.controller.stop()
            self._write()
