"""Recognises held keys and chords among the keys of a keypad. No I/O and no clock of its own.

A key that is neither watched nor part of a chord is pressed and released as it moves. A key of a chord is pending: it
is reported only when it is released, when another key comes, or when its own hold time is over. If all keys of a chord
are down together for `TOGETHER`, the chord is reported instead, and its keys are swallowed until they are released.
"""

import math
from collections.abc import Mapping

import msgspec

from drivers.gpio.debounce import Kind
from drivers.keypad.key_events import KeyEvent

TOGETHER = 0.1
"""Seconds for which all keys of a chord must be down: fast typing overlaps by less."""


class Watched(msgspec.Struct, frozen=True):
    """How a key or a chord is watched that does more than type.

    `hold`: seconds after which it counts as held; None: never. `later`: seconds after which it does so once more, in
    ascending order. `typed`: its press counts only when it is released, so
    the next key ends it first; otherwise fast typing would come out of order. `release`: whether its release means
    anything; if not, its hold time is all that matters, and losing the key ends nothing.
    """

    hold: float | None = None
    typed: bool = False
    release: bool = True
    later: tuple[float, ...] = ()


class Gesture(msgspec.Struct, frozen=True):
    """A key or a chord, by its name, was pressed, held or released."""

    name: str
    kind: Kind


class Gestures:
    """Turns the key events of one keypad into gestures.

    Times are seconds of one monotonic clock. Whoever uses it calls `check` at `deadline`.
    """

    def __init__(self, watched: Mapping[str, Watched], chords: Mapping[frozenset[str], str]) -> None:
        """`watched`: by the name of the key or chord. `chords`: name by keys; no chord is part of another."""
        self._watched = watched
        self._chords = chords
        self._in_chords = frozenset().union(*chords)
        self._more_than_plain = self._in_chords | watched.keys() | set(chords.values())
        self._pending: dict[str, float] = {}  # keys that may become part of a chord, and when they went down
        self._begun: dict[str, float] = {}  # what was reported as pressed, and when it counts as held
        self._later: dict[str, list[float]] = {}  # when it does so once more
        self._swallowed: dict[str, str] = {}  # keys that are down as part of a chord, and its name

    @property
    def deadline(self) -> float:
        """The time at which to call `check`; infinite while there is nothing to wait for."""
        return min((*self._begun.values(), self._complete_at, *map(self._held_at, self._pending)), default=math.inf)

    @property
    def under_way(self) -> bool:
        """Whether any key is down whose release means something."""
        return bool(self._pending) or any(map(self._release_matters, self._begun))

    def key(self, event: KeyEvent, at: float) -> list[Gesture]:
        """Returns the gestures that a key event completes."""
        return self._down(event.symbol, at) if event.down else self._up(event.symbol)

    def check(self, now: float) -> list[Gesture]:
        """Returns the gestures that are due because time has passed."""
        did = self._completed() if self._complete_at <= now else []
        for name in [name for name in self._pending if self._held_at(name) <= now]:
            did += self._begin(name, self._pending.pop(name))
        for name in [name for name, deadline in self._begun.items() if deadline <= now]:
            later = self._later.get(name)
            self._begun[name] = later.pop(0) if later else math.inf
            did.append(Gesture(name, Kind.HELD))
        return did

    def forget(self) -> None:
        """Forgets all keys that are down, without reporting them as released."""
        self._pending.clear()
        self._begun.clear()
        self._swallowed.clear()

    def _down(self, name: str, at: float) -> list[Gesture]:
        begun = name in self._begun and self._release_matters(name)
        if name in self._pending or begun or name in self._swallowed:
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
        """Ends or reports the keys before `coming`, so that typed keys keep the order of their presses."""
        did = [gesture for name in [*self._begun] if self._is_typed(name) for gesture in self._end(name)]
        if not any(self._pending.keys() | {coming} <= keys for keys in self._chords):
            for name in [*self._pending]:
                did += self._typed(name)
        return did

    def _typed_until(self, last: str) -> list[Gesture]:
        """Reports a pending key that was released before a chord was complete, and those pressed before it."""
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
            self._later[name] = [at + each for each in self._watched.get(name, Watched()).later]
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
        """The time at which a pending key counts as held instead of as part of a chord."""
        return self._pending[name] + self._hold(name) if self._complete_at == math.inf else math.inf

    def _hold(self, name: str) -> float:
        hold = self._watched.get(name, Watched()).hold
        return math.inf if hold is None else hold

    def _release_matters(self, name: str) -> bool:
        return self._watched.get(name, Watched()).release

    def _is_typed(self, name: str) -> bool:
        return self._watched.get(name, Watched()).typed
