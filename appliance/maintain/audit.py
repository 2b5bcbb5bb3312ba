"""Who did what to the box and to the room: what programs asked for, who logged in, and what maintainers did.

Something is noted in the event loop, which costs nothing but memory, and `services.box.audit` writes what was noted to
the card: that happens once a minute at most, so that a program that moves a camera all day does not wear the card out.
What a maintainer did is written at once (`soon`), since a restart may follow it. Until it is written, the same deed of
the same person again is one entry that counts how often.

Everything is bounded: an entry's words by their length, and what waits to be written by `MOST`. What did not fit any
more is counted, and the count is an entry itself.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, Protocol

import msgspec
import trio

RECENT: Final = 500  # entries that are shown, some 150 KB; the files have more
MOST: Final = 128  # different deeds that wait for the card
BATCH: Final = 60.0  # seconds between two writes
WHO, WHAT, ABOUT = 64, 64, 160  # characters
LOST: Final = "entries_lost"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A deed. `at`: when it was done first, Unix seconds; 0 where the time of day was not known.

    `by`: how whoever did it is known: `program`, `mqtt`, or as `access` says it. `what`: a word of ours or a method of
    the terminal; `about`: what it was done to. `times`: how often within a minute.
    """

    at: float
    who: str
    what: str
    by: str = ""
    about: str = ""
    times: int = 1


class Records(Protocol):
    """What others read of the audit."""

    def last(self, count: int) -> Sequence[Entry]:
        """Returns the last entries, the newest first."""


class Notes(Protocol):
    """What others write to the audit: a log-in, a refusal, an action."""

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Notes a deed. `soon`: it is written to the card at once."""


class Audit:
    """The last entries, and those that are not on the card yet."""

    def __init__(self, clock: Callable[[], datetime | None], changed: Callable[[], None] = lambda: None) -> None:
        """`clock`: the time of day, None while not known. `changed` is called when there is a new entry."""
        self._changed = changed
        self._clock = clock
        self._recent: deque[Entry] = deque(maxlen=RECENT)
        self._waiting: dict[tuple[str, str, str, str], Entry] = {}
        self._lost = 0
        self._noted = trio.Event()
        self._soon = trio.Event()

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Notes a deed. `soon`: it is written to the card at once."""
        entry = Entry(self._now(), _plain(who, WHO), _plain(what, WHAT), by[:WHO], _plain(about, ABOUT))
        key = entry.who, entry.what, entry.by, entry.about
        before = self._waiting.get(key)
        if before is not None:
            self._waiting[key] = msgspec.structs.replace(before, times=before.times + 1)
        elif len(self._waiting) < MOST:
            self._waiting[key] = entry
        else:
            self._lost += 1
        self._changed()
        self._noted.set()
        if soon:
            self._soon.set()

    def last(self, count: int = RECENT) -> tuple[Entry, ...]:
        """Returns the last entries, the newest first."""
        newest = [*reversed(self._waiting.values()), *reversed(self._recent)]
        return tuple(newest[:count])

    def remember(self, entries: Iterable[Entry]) -> None:
        """Takes what the card has from before; what has been noted since is newer."""
        noted = tuple(self._recent)
        self._recent.clear()
        self._recent.extend([*entries, *noted])
        self._changed()

    async def due(self, last: float) -> None:
        """Returns when something is to be written. `last`: when that was done before, monotonic seconds."""
        await self._noted.wait()
        with trio.move_on_at(last + BATCH):
            await self._soon.wait()

    def take(self) -> tuple[Entry, ...]:
        """Returns what is to be written, the oldest first; it waits no longer."""
        lost = (Entry(self._now(), "", LOST, times=self._lost),) if self._lost else ()
        taken = (*self._waiting.values(), *lost)
        self._waiting.clear()
        self._lost = 0
        self._recent.extend(taken)
        self._noted, self._soon = trio.Event(), trio.Event()
        return taken

    def _now(self) -> float:
        clock = self._clock()
        return 0.0 if clock is None else round(clock.timestamp(), 3)


def _plain(text: str, most: int) -> str:
    """Returns text that came from outside as one that breaks no line and no screen, at most so many characters long."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text[:most])
