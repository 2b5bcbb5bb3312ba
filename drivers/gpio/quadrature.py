"""Turns of a rotary encoder from the edges of its two contacts. No I/O and no clock of its own.

Clockwise, contact A closes first, then B closes, A opens, and B opens: one cycle of four steps. How many detents a
cycle has depends on the encoder: a detent counts when the knob has gone all the way from the one before it, so that a
contact that flutters between two detents counts nothing.

A busy machine hands over the edges of the two contacts in bursts, each contact's own in order, but one contact's after
the other's. Decoded in the order of their arrival they would be nonsense: A closes and opens, then B closes and opens.
The kernel stamps each edge when it happens. So the last edges are kept in the order of their stamps, and when one
arrives that belongs before others, all from there on are decoded again; the turns that this adds or takes back are the
result. Nothing waits for an edge that may still be on its way.
"""

from bisect import bisect_right
from collections.abc import Iterable
from enum import IntEnum

import msgspec

KEPT = 256
"""Edges that one which arrives late may still be put before: as many as the kernel keeps of one line."""

_PHASES = {(False, False): 0, (True, False): 1, (True, True): 2, (False, True): 3}
"""The steps of a cycle by which of the contacts A and B are closed."""


class Contact(IntEnum):
    """A contact of the encoder."""

    A = 0
    B = 1


class _Edge(msgspec.Struct, frozen=True):
    at: float
    contact: Contact
    closed: bool


class _Knob(msgspec.Struct, frozen=True):
    """Where the knob is: which contacts are closed, steps clockwise since the start, and detents counted of them."""

    closed: tuple[bool, bool]
    steps: int
    detents: int

    def after(self, edge: _Edge, steps_per_detent: int) -> "_Knob":
        """Returns where an edge leads; a level that was known already means that an edge was lost, and no step."""
        if self.closed[edge.contact] == edge.closed:
            return self
        closed = (edge.closed, self.closed[1]) if edge.contact is Contact.A else (self.closed[0], edge.closed)
        direction = 1 if (_PHASES[closed] - _PHASES[self.closed]) % 4 == 1 else -1
        steps = self.steps + direction
        arrived = steps - self.detents * steps_per_detent == direction * steps_per_detent
        return _Knob(closed, steps, self.detents + (direction if arrived else 0))


class Quadrature:
    """Counts the detents of one encoder that begins with the contacts `a` and `b` closed or open.

    `detents_per_cycle`: 1, 2 or 4; at 1 the knob rests with both contacts open, at 2 with both open or both closed.
    """

    def __init__(self, *, detents_per_cycle: int = 1, a: bool = False, b: bool = False) -> None:
        self._steps_per_detent = 4 // detents_per_cycle
        phase = _PHASES[a, b]
        self._before = _Knob((a, b), phase, phase // self._steps_per_detent)  # the edges kept
        self._now = self._before
        self._edges: list[_Edge] = []

    def edge(self, contact: Contact, at: float, *, closed: bool) -> int:
        """Takes an edge stamped `at` (seconds); returns the detents that it adds, negative counterclockwise."""
        edge, counted = _Edge(at, contact, closed), self._now.detents
        place = bisect_right(self._edges, at, key=lambda known: known.at)
        self._edges.insert(place, edge)
        is_last = place == len(self._edges) - 1
        self._now = self._now.after(edge, self._steps_per_detent) if is_last else self._decoded(self._edges)
        if len(self._edges) > KEPT:
            self._before = self._before.after(self._edges.pop(0), self._steps_per_detent)
        return self._now.detents - counted

    def _decoded(self, edges: Iterable[_Edge]) -> _Knob:
        knob = self._before
        for edge in edges:
            knob = knob.after(edge, self._steps_per_detent)
        return knob
