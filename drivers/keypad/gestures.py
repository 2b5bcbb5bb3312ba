"""Keys that do more than type: held down, or pressed together. No I/O and no clock of its own."""

import math
from collections.abc import Mapping

import msgspec

from drivers.gpio.debounce import Kind
from drivers.keypad.reader import KeyEvent

TOGETHER = 0.1
"""Seconds for which all keys of a chord must be down: fast typing overlaps by less."""


class Watched(msgspec.Struct, frozen=True):
    """What there is to know about a key or a chord that does more than type.

    `hold`: seconds after which it counts as held; None: never. `typed`: its press counts only when it is let go, so
    that the next key has to end it first, or what is typed fast would come out of order.
    """

    hold: float | None = None
    typed: bool = False


class Gesture(msgspec.Struct, frozen=True):
    """A key or a chord, by its name, did something."""

    name: str
    kind: Kind


class Gestures:
    """Makes gestures of the keys of one keypad.

    A key that is neither watched nor part of a chord is pressed and released as it moves. A key of a chord says nothing
    before it is let go, another key comes, its own hold time is over, or the chord is complete; then the chord speaks
    in its place. Times are seconds on any one clock that never runs back; call `check` at `deadline`.
    """

    def __init__(self, watched: Mapping[str, Watched], chords: Mapping[frozenset[str], str]) -> None:
        """`watched` by the name of the key or chord; `chords`: their keys, none of them within another, and names."""
        self._watched = watched
        self._chords = chords
        self._in_chords = frozenset().union(*chords)
        self._more_than_plain = self._in_chords | watched.keys() | set(chords.values())
        self._pending: dict[str, float] = {}  # keys that may yet be part of a chord, and since when they are down
        self._begun: dict[str, float] = {}  # what is pressed, and when it counts as held
        self._swallowed: dict[str, str] = {}  # keys that are down for a chord, and which

    @property
    def deadline(self) -> float:
        """When to `check`; infinite while there is nothing to wait for."""
        return min((*self._begun.values(), self._complete_at, *map(self._held_at, self._pending)), default=math.inf)

    @property
    def under_way(self) -> bool:
        """Whether anything is down that means something when it is let go."""
        return bool(self._begun or self._pending)

    def key(self, event: KeyEvent, at: float) -> list[Gesture]:
        """What a key that moved means."""
        return self._down(event.symbol, at) if event.down else self._up(event.symbol)

    def check(self, now: float) -> list[Gesture]:
        """What the time that has gone by means."""
        did = self._completed() if self._complete_at <= now else []
        for name in [name for name in self._pending if self._held_at(name) <= now]:
            did += self._begin(name, self._pending.pop(name))
        for name in [name for name, deadline in self._begun.items() if deadline <= now]:
            self._begun[name] = math.inf
            did.append(Gesture(name, Kind.HELD))
        return did

    def forget(self) -> None:
        """Nothing is known to be down any more, and nothing comes of what was."""
        self._pending.clear()
        self._begun.clear()
        self._swallowed.clear()

    def _down(self, name: str, at: float) -> list[Gesture]:
        if name in self._pending or name in self._begun or name in self._swallowed:
            return []  # a second key of the same meaning
        did = self._settled(name)
        if name not in self._in_chords:
            return did + self._begin(name, at)
        self._pending[name] = at
        return did

    def _up(self, name: str) -> list[Gesture]:
        if name not in self._more_than_plain:
            return [Gesture(name, Kind.RELEASED)]
        if name in self._pending:
            return self._typed_until(name)
        name = self._swallowed.pop(name, name)
        return self._end(name) if name in self._begun else []

    def _settled(self, coming: str) -> list[Gesture]:
        """What the next key leaves of those that are down: what is typed comes in the order of its presses."""
        did = [gesture for name in [*self._begun] if self._is_typed(name) for gesture in self._end(name)]
        if not any(self._pending.keys() | {coming} <= keys for keys in self._chords):
            for name in [*self._pending]:
                did += self._typed(name)
        return did

    def _typed_until(self, last: str) -> list[Gesture]:
        """A key that was no part of a chord after all, and those pressed before it."""
        did: list[Gesture] = []
        for name in [*self._pending]:
            did += self._typed(name)
            if name == last:
                break
        return did + (self._end(last) if last in self._begun else [])

    def _typed(self, name: str) -> list[Gesture]:
        did = self._begin(name, self._pending.pop(name))
        return did + self._end(name) if self._is_typed(name) else did

    def _begin(self, name: str, at: float) -> list[Gesture]:
        if name in self._more_than_plain:
            self._begun[name] = at + self._hold(name)
        return [Gesture(name, Kind.PRESSED)]

    def _end(self, name: str) -> list[Gesture]:
        del self._begun[name]
        return [Gesture(name, Kind.RELEASED)]

    def _completed(self) -> list[Gesture]:
        name, at = self._chords[frozenset(self._pending)], self._complete_at
        self._swallowed |= dict.fromkeys(self._pending, name)
        self._pending.clear()
        return self._begin(name, at)

    @property
    def _complete_at(self) -> float:
        complete = frozenset(self._pending) in self._chords
        return max(self._pending.values()) + TOGETHER if complete else math.inf

    def _held_at(self, name: str) -> float:
        """When a key that waits for its chord counts as held instead."""
        return self._pending[name] + self._hold(name) if self._complete_at == math.inf else math.inf

    def _hold(self, name: str) -> float:
        hold = self._watched.get(name, Watched()).hold
        return math.inf if hold is None else hold

    def _is_typed(self, name: str) -> bool:
        return self._watched.get(name, Watched()).typed
