"""What does not fit scrolls: wait, scroll to the end, wait, start again. A pure function of overflow and time."""

import math

import msgspec

from appliance.display.beat import beat

FRAME = 0.1  # seconds between two steps: ten pictures a second is what an I2C display takes without flicker
WAIT = 20  # frames at either end
STEP = 3  # pixels in a step along a line


class Position(msgspec.Struct, frozen=True):
    """Pixels scrolled, and seconds until that changes (None: never)."""

    offset: int
    changes_in: float | None


def position(overflow: int, elapsed: float, step: int = STEP) -> Position:
    """Where something stands that is `overflow` pixels too long, `elapsed` seconds after it came up."""
    if overflow <= 0:
        return Position(0, None)
    last = math.ceil(overflow / step)  # this many steps in all
    cycle = WAIT + last + WAIT
    now, frame_left = beat(elapsed, FRAME)
    taken = min(max(0, now % cycle - WAIT + 1), last)
    frames = 0 if 0 < taken < last else (WAIT if taken == 0 else cycle) - 1 - now % cycle
    return Position(min(taken * step, overflow), frames * FRAME + frame_left)
