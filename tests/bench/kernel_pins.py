"""Presses on the kernel's own lines: a stand-in for the chip, through which the driver's own code runs.

What the stand-in makes readable is the descriptor of a line, as a kernel does at an edge; the clock of a press begins
right before. What a real chip's interrupt costs is not in it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import trio
from trio_websocket import WebSocketConnection
from wsproto.events import TextMessage

from appliance.terminal.messages.devices import SetMicMute
from drivers.gpio.kernel.abi import EVENT, Flags
from drivers.gpio.kernel.factory import KernelFactory
from drivers.gpio.kernel.lines import AT_ONCE, Lines
from tests.bench.far_end import FarEnd
from tests.bench.frames import frame
from tests.drivers.gpio.kernel.chip import KernelChip, Requested
from tests.drivers.gpio.kernel.stand_in import stand_in

FLOOR_LINE = 26  # which no device of the room is connected to


class TimedChip(KernelChip):
    """A chip that knows when (nanoseconds) it last made a descriptor readable."""

    edge_at = 0

    def emit(self, requested: Requested, event: bytes) -> None:
        self.edge_at = time.perf_counter_ns()
        super().emit(requested, event)


class KernelPins(msgspec.Struct):
    """The chip, and the pins that drivers have of it."""

    chip: TimedChip
    factory: KernelFactory


@contextmanager
def kernel_pins() -> Iterator[KernelPins]:
    """Pins of a chip in memory."""
    chip = TimedChip()
    with TemporaryDirectory() as folder, stand_in(chip, Path(folder)):
        factory = KernelFactory(0)
        try:
            yield KernelPins(chip, factory)
        finally:
            factory.close()


class KernelPresses:
    """A press of the button on `line`, and the least that a press can be."""

    def __init__(self, pins: KernelPins, line: int, far_end: FarEnd, bare: WebSocketConnection) -> None:
        self._chip = pins.chip
        self._line = line
        self._far_end = far_end
        self._bare = bare
        self._floor = Lines(
            pins.factory.descriptor, [FLOOR_LINE], Flags.INPUT | Flags.BIAS_PULL_UP | Flags.EDGE_FALLING
        )

    async def press(self) -> int:
        """Nanoseconds from an edge on the button's line until its command is at the server."""
        took = await self._pulled(self._line)
        self._chip.pull(self._line, high=True)
        return took

    async def line_to_frame(self) -> dict[str, int]:
        """A press."""
        return {"line_to_frame": await self.press()}

    async def bare_line_to_frame(self) -> dict[str, int]:
        """An edge on a line whose descriptor wakes a task that does nothing but send."""
        took = await self._pulled(FLOOR_LINE)
        self._chip.pull(FLOOR_LINE, high=True)
        return {"bare_line_to_frame": took}

    async def serve_line(self) -> None:
        """Writes a frame to the socket at each edge, until cancelled."""
        text = frame(SetMicMute(mute=True))
        stream = self._bare._stream
        assert isinstance(stream, trio.SocketStream)
        line, socket = self._floor._descriptor, stream.socket.fileno()
        while True:
            await trio.lowlevel.wait_readable(line)
            os.read(line, AT_ONCE * EVENT.size)
            os.write(socket, self._bare._wsproto.send(TextMessage(data=text)))

    async def _pulled(self, line: int) -> int:
        arrival = self._far_end.expect(SetMicMute.method)
        self._chip.pull(line, high=False)
        return await arrival.number() - self._chip.edge_at
