"""What one program that follows the room is told, in this order: how it is, then what changes and what happens.

State is followed: who reads slowly gets the latest, and nothing waits for him. Events are read from the memory that all
share (`recent`). Every item has an id that says how far the program has come with both, so that one which was
disconnected goes on where it was: `PROCESS.ROLE.REVISION.PLACE`. An id of another start of the firmware, or of another
role, stands for another count, and whoever shows it begins anew and is told so.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import msgspec
import trio

from appliance.access.roles import Caller
from appliance.api.following.recent import Recent
from appliance.api.looked import Looks, share_of
from appliance.runtime.first_of import first_of

SOONEST: Final = 0.05  # seconds between two looks: as often as pages are told
_ID: Final = re.compile(r"([0-9a-f]{8})\.([12])\.([0-9]{1,15})\.([0-9]{1,15})", re.ASCII)

Kind = Literal["view", "change", "happened", "lost"]
KINDS: Final[dict[Kind, str]] = {
    "view": "the room as `GET /view` answers it: the first item, unless the program goes on from an id",
    "change": "the same, but of `view` only the fields that are others now, each as a whole",
    "happened": "an event of the room: its kind, what happened, by whom, when, and an id of its own",
    "lost": "the program was too slow or away for too long: so many `events` are gone, `null` if nobody knows how many",
}


class Item(NamedTuple):
    """Something that is told; `data`: JSON."""

    kind: Kind
    id: str
    data: bytes


class Stream:
    """What one program is told. `after`: the id of the last item that it has; None where it has none."""

    def __init__(self, looks: Looks, recent: Recent, caller: Caller, after: str | None) -> None:
        self._looks = looks
        self._recent = recent
        self.caller = caller
        self._after = after
        self._value = looks.followed.value
        self._told_at = 0.0
        self._revision, self._place = self._resumed(after) or (0, recent.place)

    def begin(self) -> list[Item]:
        """Returns what is told at once."""
        if self._revision:
            return self._take()
        lost = [] if self._after is None else [self._item("lost", b'{"events":null}')]
        feed = self._looks.feed(self.caller)
        self._revision, self._told_at = feed.revision, trio.current_time()
        return [*lost, self._item("view", self._looks.seen(feed.since(0)))]

    async def news(self) -> list[Item]:
        """Returns what is new, as soon as there is anything."""
        while True:
            await first_of(
                lambda: self._looks.followed.newer_than(self._value), lambda: self._recent.newer_than(self._place)
            )
            await trio.sleep_until(self._told_at + SOONEST)
            if items := self._take():
                return items

    def _take(self) -> list[Item]:
        self._value, self._told_at = self._looks.followed.value, trio.current_time()
        return [*self._changed(), *self._happened()]

    def _changed(self) -> Iterator[Item]:
        feed = self._looks.feed(self.caller)
        if feed.revision != self._revision:
            fields, self._revision = feed.since(self._revision), feed.revision
            yield self._item("change", self._looks.seen(fields))

    def _happened(self) -> Iterator[Item]:
        lost, events = self._recent.since(self._place)
        if lost:
            self._place += lost
            yield self._item("lost", msgspec.json.encode({"events": lost}))
        for self._place, event in events:
            yield self._item("happened", msgspec.json.encode(event))

    def _item(self, kind: Kind, data: bytes) -> Item:
        return Item(kind, f"{self._looks.process}.{share_of(self.caller)}.{self._revision}.{self._place}", data)

    def _resumed(self, after: str | None) -> tuple[int, int] | None:
        """Returns the revision and the place of an id; None where it is of another count, or makes no sense."""
        found = _ID.fullmatch(after or "")
        if found is None or (found[1], int(found[2])) != (self._looks.process, share_of(self.caller)):
            return None
        revision, place = int(found[3]), int(found[4])
        known = 0 < revision <= self._looks.feed(self.caller).revision and place <= self._recent.place
        return (revision, place) if known else None
