"""A serial line with TX and RX connected: every byte comes back, at every speed that VISCA devices use.

For each speed half a second's worth of bytes is sent at once. That no byte is lost shows the wires and the clock within
a few percent; the rate shows that the line really has the speed that it was set to, which a converter may ignore.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.language.text import Text
from drivers.visca.config import Baud, SerialConfig
from drivers.visca.line.serial_port import SerialPort

BAUDS: Final[tuple[Baud, ...]] = (9600, 19200, 38400, 57600, 115200)
BITS: Final = 10  # of a byte on the line, with start and stop bit
LONGEST: Final = 2048  # bytes; the kernel keeps 4096
TIME: Final = 0.5  # seconds of bytes
MARGIN: Final = 2.0  # seconds that they may be late
SLOWEST: Final = 75.0  # percent of the line's speed: a USB converter hands over every 16 ms
OWN: Final = ("/dev/serial0", "/dev/serial1")


class Loop(msgspec.Struct, frozen=True):
    """What came of one speed: bytes sent, bytes that came back right, seconds that it took."""

    baud: int
    sent: int
    right: int
    seconds: float

    @property
    def percent(self) -> float:
        """The rate in percent of the line's speed."""
        return 100 * self.right * BITS / self.baud / max(self.seconds, 1e-6)


async def serial_loop(bench: Bench) -> Finding:
    """Tries every line that was named, or each that a person connects."""
    lines = bench.options.lines or [each for each in bench.hardware.ports() if await _connected(bench, each)]
    if not lines:
        return skipped(Text("hwtest.no_loop"))
    return finding({line: await measured(line) for line in lines})


def finding(loops: Mapping[str, Sequence[Loop]]) -> Finding:
    """Returns what came of each line means; one on which nothing came back has no figures."""
    silent = [line for line, found in loops.items() if not any(loop.right for loop in found)]
    figures = [figure for line, found in loops.items() if line not in silent for figure in figures_of(line, found)]
    return failed(Text("hwtest.silent_line", line=", ".join(silent)), figures) if silent else judged(figures)


async def measured(line: str, bauds: Sequence[Baud] = BAUDS) -> list[Loop]:
    """Returns what came of each speed. Raises DeviceMissing: when the line cannot be opened; DeviceLost."""
    found = []
    for baud in bauds:
        with SerialPort(SerialConfig(port=line, baud=baud)) as port:
            found.append(await _looped(port, baud))
        if not found[-1].right:
            break  # nothing is connected, and the other speeds would only take their time
    return found


def figures_of(line: str, loops: Sequence[Loop]) -> list[Figure]:
    """Returns bytes that were lost or wrong, and the rate, at each speed."""
    figures = []
    for loop in loops:
        of = f"{line}, {loop.baud} baud"
        figures.append(Figure(Text("hwtest.bytes_wrong"), loop.sent - loop.right, of=of, most=0))
        figures.append(Figure(Text("hwtest.line_rate"), loop.percent, "%", of, least=SLOWEST))
    return figures


async def _looped(port: SerialPort, baud: int) -> Loop:
    sent = random.Random(baud).randbytes(min(LONGEST, int(baud / BITS * TIME)))  # noqa: S311  # a pattern, no secret
    began = trio.current_time()
    port.send(sent)
    heard = b""
    deadline = began + TIME + MARGIN
    while len(heard) < len(sent) and (data := await port.receive(deadline)):
        heard += data
    right = sum(one == other for one, other in zip(sent, heard, strict=False))
    return Loop(baud, len(sent), right, trio.current_time() - began)


async def _connected(bench: Bench, line: str) -> bool:
    own = line in OWN
    return await bench.ready(Text("hwtest.loop_header") if own else Text("hwtest.loop_usb", line=line))


STEP = Step("serial", Text("hwtest.serial"), serial_loop, limit=600, devices=True)
