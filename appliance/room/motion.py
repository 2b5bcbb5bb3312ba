"""Movements of a camera: three axes with a sign each, and the commands that lead from one movement to another."""

from collections.abc import Mapping

from appliance.room.actions import Direction
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.devices import (
    PtzDown,
    PtzLeft,
    PtzRight,
    PtzStop,
    PtzUp,
    PtzZoomIn,
    PtzZoomOut,
)

Motion = tuple[int, int, int]


STILL: Motion = (0, 0, 0)


AXES = ("pan", "tilt", "zoom")


# direction -> axis (an index of AXES) and sign
DIRECTIONS: Mapping[Direction, tuple[int, int]] = {
    "left": (0, -1),
    "right": (0, 1),
    "down": (1, -1),
    "up": (1, 1),
    "out": (2, -1),
    "in": (2, 1),
}


_STARTS: tuple[Mapping[int, Command], ...] = (
    {-1: PtzLeft(), 1: PtzRight()},
    {-1: PtzDown(), 1: PtzUp()},
    {-1: PtzZoomOut(), 1: PtzZoomIn()},
)


def movement(before: Motion, wanted: Motion) -> tuple[Command, ...]:
    """Returns the commands from one movement to another. A stop is sent even when nothing is believed to move."""
    if wanted == STILL:
        return (PtzStop(),)
    if any(old and old != new for old, new in zip(before, wanted, strict=True)):
        return (PtzStop(), *_starts(STILL, wanted))
    return _starts(before, wanted)


def _starts(before: Motion, wanted: Motion) -> tuple[Command, ...]:
    axes = zip(_STARTS, before, wanted, strict=True)
    return tuple(commands[new] for commands, old, new in axes if new and new != old)
