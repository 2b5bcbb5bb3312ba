"""What nearly every part of the terminal is built with: its options, its clocks, and how it sends events."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from appliance.simulator.options import SimulatorOptions


class Emit(Protocol):
    """Sends an event to every authorised session, or to those that its owner chose; names as on the wire."""

    def __call__(self, event: str, /, **fields: object) -> None:
        """Sends one event."""


class Context(msgspec.Struct, frozen=True):
    """`now` returns monotonic seconds, `wall_clock` Unix seconds."""

    options: SimulatorOptions
    now: Callable[[], float]
    wall_clock: Callable[[], float]
    emit: Emit
