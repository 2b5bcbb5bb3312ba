"""Lines of a GPIO chip that are ours: requested, read, set, and their edges."""

import errno
import fcntl
import os
from collections.abc import Mapping, Sequence
from typing import Final

import trio

from drivers.gpio.kernel import abi

CONSUMER: Final = "offhook"
KEPT: Final = 256
"""Edges that the kernel keeps for a request: a contact that bounces for as long as the loop is late has few of them."""
AT_ONCE: Final = 64
"""Edges that are read at once: a line that hums may not keep the loop from everybody else."""


class LinesTaken(OSError):
    """Somebody else holds the line."""


class Lines:
    """One or several lines in one request, with one descriptor, from construction until `close`.

    Edges of the lines of one request come in the order in which they happened.
    OSError: the chip is gone. LinesTaken: the line is in use; the error names by whom.
    """

    def __init__(self, chip: int, lines: Sequence[int], flags: abi.Flags, *, levels: int | None = None) -> None:
        """`levels`: of outputs from the first moment, bit 0 being that of the first line."""
        self._lines = tuple(lines)
        wanted = abi.request(lines, abi.config(flags, levels=levels), consumer=CONSUMER, events=KEPT)
        try:
            reply = fcntl.ioctl(chip, abi.GET_LINE, wanted)
        except OSError as error:
            raise _told(chip, lines, error) from error
        self._descriptor = abi.descriptor(reply)
        os.set_blocking(self._descriptor, False)

    def close(self) -> None:
        """Gives the lines back. A second time it does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def configure(self, flags: abi.Flags, *, levels: int | None = None) -> None:
        """Changes what the lines are, without letting go of them."""
        fcntl.ioctl(self._descriptor, abi.SET_CONFIG, abi.config(flags, levels=levels))

    def level(self, line: int) -> bool:
        """Returns the level of a line now."""
        reply = fcntl.ioctl(self._descriptor, abi.GET_VALUES, abi.values(0, (1 << len(self._lines)) - 1))
        return bool(abi.levels(reply) >> self._lines.index(line) & 1)

    def drive(self, levels: Mapping[int, bool]) -> None:
        """Sets the levels of outputs, by their lines, at once; the other lines keep theirs."""
        places = {1 << self._lines.index(line): level for line, level in levels.items()}
        bits = sum(place for place, level in places.items() if level)
        fcntl.ioctl(self._descriptor, abi.SET_VALUES, abi.values(bits, sum(places)))

    async def until_edges(self) -> None:
        """Waits until there are edges to read, or the chip is gone."""
        await trio.lowlevel.wait_readable(self._descriptor)

    def edges(self) -> list[abi.LineEvent]:
        """Returns the edges that have happened since the last call, `AT_ONCE` at most. OSError: the chip is gone."""
        try:
            data = os.read(self._descriptor, AT_ONCE * abi.EVENT.size)
        except BlockingIOError:
            return []
        if not data:  # it would stay readable for ever
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return list(abi.line_events(data))


def _told(chip: int, lines: Sequence[int], error: OSError) -> OSError:
    """Returns an error that says which line is in use, and by whom."""
    if error.errno != errno.EBUSY:
        return error
    held = {line: abi.holder(fcntl.ioctl(chip, abi.GET_LINE_INFO, abi.wants_info(line))) for line in lines}
    return LinesTaken("; ".join(f"line {line} is in use by {by}" for line, by in held.items() if by) or str(error))
