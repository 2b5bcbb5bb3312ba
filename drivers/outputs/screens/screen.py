"""Switches a display on and off by its serial line, and believes it only when it says so itself.

A display that starts or goes to sleep may ignore its line for a while. So after each command it is asked how it is,
after a pause that grows with each try; after the last one without the right answer, it does not answer.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, Protocol

import structlog
import trio

from drivers.outputs.screens.config import ScreenConfig
from drivers.outputs.screens.makes import MAKES
from drivers.visca.config import SerialConfig
from drivers.visca.line.serial_port import SerialPort

log = structlog.get_logger()

MOST: Final = 1024  # bytes of an answer that are looked at: what a line says that is not connected is endless


class Line(Protocol):
    """An open serial line. DeviceLost: it is gone."""

    def send(self, data: bytes) -> bool:
        """Sends bytes; returns whether the line took them."""

    async def receive(self, deadline: float) -> bytes:
        """Returns received bytes, empty at `deadline`."""


OpenLine = Callable[[ScreenConfig], AbstractContextManager[Line]]


def serial_line(config: ScreenConfig) -> AbstractContextManager[Line]:
    """Opens the line of the machine. Raises DeviceMissing: when it cannot be."""
    return SerialPort(SerialConfig(port=config.line, baud=config.baud))


class Told(Protocol):
    """Hears, in the event loop, how the display is; None: nobody knows. `silent`: it does not answer."""

    def __call__(self, on: bool | None, *, silent: bool = False) -> None:  # noqa: FBT001  # a state
        """Must not raise."""


class Screen:
    """The display called `name`: `switch` says what is wanted, `run` sees to it."""

    def __init__(self, name: str, config: ScreenConfig, open_line: OpenLine = serial_line) -> None:
        self._name = name
        self._config = config
        self._protocol = MAKES[config.kind]
        self._open_line = open_line
        self._wanted: bool | None = None
        self._asked = trio.Event()

    def switch(self, *, on: bool) -> None:
        """Wants the display on or off; what was wanted before and is not done yet is given up."""
        self._wanted = on
        self._asked.set()

    async def run(self, told: Told, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Has the line until cancelled. Raises DeviceMissing: when it cannot be had. DeviceLost: when it is gone."""
        with self._open_line(self._config) as line:
            log.debug("screen_ready", screen=self._name)
            self._wanted, self._asked = None, trio.Event()
            task_status.started()
            told(await self._state(line))
            while True:
                await self._asked.wait()
                self._asked = trio.Event()
                await self._see_to_it(line, told)

    async def _see_to_it(self, line: Line, told: Told) -> None:
        wanted, state = self._wanted, None
        for pause in self._protocol.pauses:
            line.send((self._protocol.on if wanted else self._protocol.off)(self._config.number))
            with trio.move_on_after(pause):
                await self._asked.wait()
                return  # something else is wanted by now
            state = await self._state(line)
            if state is wanted:
                told(state)
                return
        log.warning("screen_silent", screen=self._name, wanted=wanted, says=state)
        told(state, silent=True)

    async def _state(self, line: Line) -> bool | None:
        """Asks the display how it is; None where it gives no answer that makes sense."""
        while await line.receive(trio.current_time()):
            pass  # what it has answered to the command
        line.send(self._protocol.asks(self._config.number))
        heard, deadline = b"", trio.current_time() + self._protocol.answers
        while data := await line.receive(deadline):
            heard = (heard + data)[-MOST:]
            if self._protocol.refuses.search(heard):
                return None
            if found := self._protocol.says.search(heard):
                return found[1] in self._protocol.is_on
        return None
