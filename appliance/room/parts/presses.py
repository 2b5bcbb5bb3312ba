"""Presses of buttons that are not over."""

import math
from enum import StrEnum

import msgspec

from appliance.language.text import Text


class Stage(StrEnum):
    """How far the press of a button has come of which more may come."""

    TOGETHER = "together"  # it is down, and may be part of a chord
    PART = "part"  # it is part of a chord that was pressed: what it does by itself is not meant
    CHORD = "chord"  # the chord
    DOWN = "down"  # it is down; what it does was chosen by the state of the room as it went down
    HELD = "held"  # one of its holds is over; a longer one may come
    AGAIN = "again"  # it is up, and may be pressed a second time
    OVER = "over"  # it has done what it does, and means nothing until it is up


class Press(msgspec.Struct, frozen=True):
    """The press of a button, or a chord, of which more may come; times in monotonic seconds.

    `due`: when it is known what it is, if nothing else happens. `situation`: by which it was chosen what it does; empty
    where that does not depend on one. `chord`: which it is part of. `holds`: how many of its holds are over, where the
    last of them has not acted. `nth`: which hold of a chord comes next.
    """

    stage: Stage
    due: float = math.inf
    situation: str = ""
    chord: str = ""
    holds: int = 0
    nth: int = 0


class Running(msgspec.Struct, frozen=True):
    """A row of actions that a button has begun: which, its next step, and when that is due (monotonic seconds)."""

    gesture: str
    nth: int
    situation: str
    step: int
    at: float


class Confirming(msgspec.Struct, frozen=True):
    """What a button does only when it is confirmed: `text` says how, and until when (monotonic seconds) that counts."""

    button: str
    text: Text
    until: float
