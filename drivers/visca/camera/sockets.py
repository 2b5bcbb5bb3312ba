"""The two sockets of a camera: commands that were acknowledged and are being executed."""

import math
from collections.abc import Iterable
from enum import Enum, auto

from drivers.visca.model.actions import DriveTo, Home
from drivers.visca.model.profile import Position

COUNT = 2
REACHED = 0.01
"""Fraction of the range within which a position counts as reached."""
NEAR = 0.05
"""The same for a camera that has come to rest: its steps may be coarse."""
AT_REST = 2.0
"""Seconds without a change of position after which a camera counts as at rest: some report theirs once a second."""
HOME_AT_REST = 0.5
"""The same on the way home once the camera has moved: where home is cannot be known, and controllers wait for it."""


class End(Enum):
    """How a move ended."""

    DONE = auto()  # the camera is at its target, or rests elsewhere after having moved
    NOTHING_HAPPENED = auto()  # the camera never moved


class Move:
    """A camera on its way to a position, judged by the positions it reports. Times are on the caller's clock.

    The target of Home is not known, as it is a setting of the camera: it is reached when the camera rests.
    """

    def __init__(self, action: DriveTo | Home, axes: list[str], seen: Position, now: float, timeout: float) -> None:
        self.axes = axes
        self._target = action if isinstance(action, DriveTo) else None
        self._seen = seen
        self._seen_at = now
        self._moved = False
        self._deadline = now + timeout

    def end(self, position: Position, now: float) -> End | None:
        """Returns how it has ended, None while the camera is on its way."""
        distance = _distance(self._target, position)
        if distance <= REACHED:
            return End.DONE
        if position != self._seen:
            self._seen, self._seen_at, self._moved = position, now, True
        patience = HOME_AT_REST if self._moved and self._target is None else AT_REST
        if now < min(self._deadline, self._seen_at + patience):
            return None
        return End.DONE if self._moved or distance <= NEAR or self._target is None else End.NOTHING_HAPPENED


def _distance(target: DriveTo | None, position: Position) -> float:
    if target is None:
        return math.inf
    axes = ((target.pan, position.pan), (target.tilt, position.tilt), (target.zoom, position.zoom))
    return max(math.inf if is_at is None else abs(is_at - to) for to, is_at in axes if to is not None)


class Sockets:
    """The moves by their sockets."""

    def __init__(self) -> None:
        self._moves: dict[int, Move] = {}

    @property
    def free(self) -> int | None:
        """The first free socket, None where both are occupied."""
        return next((socket for socket in range(1, COUNT + 1) if socket not in self._moves), None)

    @property
    def moves(self) -> list[tuple[int, Move]]:
        """The moves that are being executed, with their sockets."""
        return list(self._moves.items())

    def occupy(self, socket: int, move: Move) -> None:
        """Occupies a free socket with a move."""
        self._moves[socket] = move

    def release(self, socket: int) -> Move | None:
        """Empties a socket and returns its move, None where it was empty."""
        return self._moves.pop(socket, None)

    def release_axes(self, axes: Iterable[str]) -> list[int]:
        """Empties the sockets whose move uses any of these axes, and returns their numbers."""
        ended = [socket for socket, move in self._moves.items() if not set(axes).isdisjoint(move.axes)]
        return [socket for socket in ended if self.release(socket)]
