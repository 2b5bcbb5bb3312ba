"""What somebody at the door may do: what its page is told of that, and what it asks for."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, get_args

import msgspec
import structlog

from appliance.language.text import NOTHING, Text
from appliance.panel.live.touch import Takes, is_fresh
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.meetings import BookingsAre
from appliance.room.meetings.bookings import Bookings
from appliance.room.meetings.door import EXTENDS, STARTS, Deed, decide, offers
from appliance.room.state import RoomState

log = structlog.get_logger()

_MINUTES: Final[dict[str, tuple[int, ...]]] = {"start": STARTS, "extend": EXTENDS}


class AtDoor(msgspec.Struct, frozen=True):
    """What may be asked for now. Times are milliseconds since 1970.

    `starts`, `extends`: minutes; `until` bounds both: what begins then is never covered. `waits`: when the meeting
    begins for which somebody is to check in. `frees`: when the one begins that may be released.
    """

    starts: tuple[int, ...] = ()
    extends: tuple[int, ...] = ()
    until: int | None = None
    waits: int | None = None
    frees: int | None = None
    check_in: bool = False
    end: bool = False


def at_door(state: RoomState, allow: Collection[Deed]) -> AtDoor:
    """Returns what the configuration allows of what makes sense in this state."""
    offered = offers(state)
    deeds = offered.deeds & frozenset(allow)
    return AtDoor(
        starts=STARTS if "start" in deeds else (),
        extends=EXTENDS if "extend" in deeds else (),
        until=_milliseconds(offered.until) if deeds & {"start", "extend"} else None,
        waits=_milliseconds(state.agenda.waiting[0].start) if state.agenda.waiting else None,
        frees=_milliseconds(offered.frees) if "release" in deeds else None,
        check_in="check_in" in deeds,
        end="end" in deeds,
    )


class DoorTouch:
    """Takes what pages at the door ask: `door DEED [MINUTES]`, as far as the configuration allows it."""

    def __init__(
        self,
        allow: Collection[Deed],
        state: Callable[[], RoomState],
        apply: Callable[[LocalEvent], None],
        clock: Callable[[], datetime | None],
        now: Callable[[], float],
    ) -> None:
        """`apply`: where what is decided goes. `clock`: the local time. `now`: monotonic seconds."""
        self._allow = frozenset(allow)
        self._state = state
        self._apply = apply
        self._clock = clock
        self._now = now

    def take(self, words: str, seen: float) -> Text:
        """Does what the words say, for somebody who saw the room at `seen`; returns why not, or nothing."""
        if not is_fresh(seen, self._now()):
            return Text("touch.stale")
        said = _read(words)
        if said is None or said[0] not in self._allow:
            return Text("touch.not_allowed")
        time = self._clock()
        if time is None:
            return Text("touch.no_clock")
        decided = decide(*said, self._state(), time.timestamp())
        if not isinstance(decided, Bookings):
            return decided
        log.info("decided_at_door", deed=said[0], minutes=said[1])
        self._apply(BookingsAre(decided))
        return NOTHING


class WithDoor:
    """Takes what the door takes, and leaves all else to `others`: on a panel the room can be checked in for, too."""

    def __init__(self, door: Takes, others: Takes) -> None:
        self._door = door
        self._others = others

    def take(self, words: str, seen: float) -> Text:
        """Does what the words say; returns why not, or nothing."""
        return (self._door if words.startswith("door ") else self._others).take(words, seen)


def _read(words: str) -> tuple[Deed, int] | None:
    """Returns a deed and its minutes, 0 where it has none; None where that is no deed."""
    match words.split(" "):
        case ["door", deed, digits] if digits in map(str, _MINUTES.get(deed, ())):
            return msgspec.convert(deed, Deed), int(digits)
        case ["door", deed] if deed in get_args(Deed) and deed not in _MINUTES:
            return msgspec.convert(deed, Deed), 0
        case _:
            return None


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)
