"""Something to be shown, and until when it is right."""

import math
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Shown(msgspec.Struct, Generic[T], frozen=True):
    """What lamps or pages show while the room stays as it is.

    `until`: the monotonic time (seconds) at which something else may be right though the room has not changed;
    whoever shows it looks again then. Infinite for what only a change of the room can change.
    """

    what: T
    until: float = math.inf
