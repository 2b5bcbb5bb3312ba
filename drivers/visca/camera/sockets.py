"""The two sockets of a camera: commands that were acknowledged and are being executed."""

import math
from collections.abc import Iterable

from drivers.visca.model.actions import DriveTo
from drivers.visca.model.profile import Position

COUNT = 2
REACHED = 0.01
"""Fraction of the range within which a position counts as reached."""
NEAR = 0.05
"""The same for a camera that has come to rest: its steps may be coarse."""
AT_REST = 2.0
"""Seconds without a change of position after which the camera counts as at rest."""


class Move:
    """A camera on its way to a position, judged by the positions it reports. Times are on the caller's clock."""

    def __init__(self, target: DriveTo, seen: Position, now: float, timeout: float) -> None:
        self.target = target
        self._seen = seen
        self._seen_at = now
        self._deadline = now + timeout

    @property
    def axes(self) -> list[str]:
        """The axes that move."""
        asked = {"pan": self.target.pan, "tilt": self.target.tilt, "zoom": self.target.zoom}
        return [axis for axis, part in asked.items() if part is not None]

    def arrived(self, position: Position, now: float) -> bool | None:
        """Returns True when it has arrived, False when it will not, None while it is on its way."""
        distance = _distance(self.target, position)
        if distance <= REACHED:
            return True
        if position != self._seen:
            self._seen, self._seen_at = position, now
        over = now >= min(self._deadline, self._seen_at + AT_REST)
        return distance <= NEAR if over else None


def _distance(target: DriveTo, position: Position) -> float:
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
    def moves(self) -> list[Move]:
        """The moves that are being executed."""
        return list(self._moves.values())

    def hold(self, socket: int, move: Move) -> None:
        """Occupies a free socket with a move."""
        self._moves[socket] = move

    def release(self, socket: int) -> Move | None:
        """Empties a socket and returns its move, None where it was empty."""
        return self._moves.pop(socket, None)

    def release_axes(self, axes: Iterable[str]) -> list[int]:
        """Empties the sockets whose move uses any of these axes, and returns their numbers."""
        ended = [socket for socket, move in self._moves.items() if not set(axes).isdisjoint(move.axes)]
        return [socket for socket in ended if self.release(socket)]

    def release_ended(self, position: Position, now: float) -> dict[int, bool]:
        """Empties the sockets whose move has ended, and returns for each whether it arrived."""
        results = {socket: move.arrived(position, now) for socket, move in self._moves.items()}
        return {socket: arrived for socket, arrived in results.items() if arrived is not None and self.release(socket)}
