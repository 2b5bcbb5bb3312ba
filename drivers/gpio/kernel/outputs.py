"""Outputs of one chip that change together: one request for all of them, and one system call for a change.

A line belongs to one request. Each output begins with a request of its own, so that a line that somebody else has costs
no other output. Those that are written together for the first time give theirs back and are requested again as one,
which sets their new levels at the same moment; from then on they stay together until one of them is closed.
Between the two requests a line is nobody's for some microseconds, which no lamp shows: who writes all outputs at once
has that only at the first change after one has come or gone.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final, Protocol

from drivers.gpio.kernel.abi import LINES_MAX, Flags
from drivers.gpio.kernel.lines import Lines

FEWEST: Final = 2
"""Outputs that are worth a request for several."""


class Output(Protocol):
    """A pin that can be part of a request for several."""

    @property
    def line(self) -> int:
        """Its offset in the chip."""

    def release(self) -> None:
        """Gives its line back, and stays an output."""

    def share(self, lines: Lines) -> None:
        """Takes part in a request for several lines."""

    def output_with_state(self, state: float) -> None:
        """Requests its line by itself, with this level."""


class Outputs:
    """The outputs of a chip that share a request. OSError: the chip is gone, or a line is somebody else's by now."""

    def __init__(self, chip: int) -> None:
        self._chip = chip
        self._levels: dict[Output, bool] = {}
        self._lines: Lines | None = None

    def __contains__(self, pin: Output) -> bool:
        return pin in self._levels

    def write(self, levels: Mapping[Output, bool]) -> None:
        """Sets the levels of outputs at once; those that are not with the others yet are from now on."""
        new = {**self._levels, **levels}
        if self._lines is None or len(new) > len(self._levels):
            self._gather(new)
        else:
            self._lines.drive({pin.line: level for pin, level in levels.items()})
            self._levels = new

    def leave(self, pin: Output) -> None:
        """Gives the line of an output back; the others keep their levels."""
        with suppress(OSError):  # who cannot be had any more is told so when it is written next
            self._gather({other: level for other, level in self._levels.items() if other is not pin})

    def _gather(self, levels: Mapping[Output, bool]) -> None:
        """Requests these outputs as one; where that fails, each by itself."""
        for pin in {**self._levels, **levels}:
            pin.release()
        self._levels, self._lines = {}, None
        try:
            if FEWEST <= len(levels) <= LINES_MAX:
                self._request(levels)
        finally:
            if self._lines is None:
                _alone(levels)

    def _request(self, levels: Mapping[Output, bool]) -> None:
        bits = sum(1 << place for place, level in enumerate(levels.values()) if level)
        self._lines = Lines(self._chip, [pin.line for pin in levels], Flags.OUTPUT, levels=bits)
        self._levels = dict(levels)
        for pin in levels:
            pin.share(self._lines)


def _alone(levels: Mapping[Output, bool]) -> None:
    for pin, level in levels.items():
        with suppress(OSError):  # as above
            pin.output_with_state(level)
