"""What fingers hold down on pages: each hold begins once, goes on while its beats come, and ends whatever happens.

While a finger is down a page sends `{"hold": N, "do": WORDS, "seq": M, "seen": NOW}` every 200 ms, `M` counting from 0
and `NOW` being the last that it was told, and `{"hold": N}` when the finger goes up. `N` grows with each hold of a
page. The first beat begins the hold, and is answered `{"held": N, "why": WHY}`; so is a beat of a hold that is over.

A page can lose its network, its power or its mind with a finger down. So a hold ends

- when the page lets go, or is gone,
- after `SILENCE` seconds without a beat, which is more than Wi-Fi is away in a room where it works,
- after `LONGEST` seconds, whatever comes: nobody moves a camera for so long, but a wet screen may.

What has ended does not begin again: a beat that is late, or is sent a second time, has a number that is used up.
Nothing is held by two pages at once.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, Protocol

import msgspec
import trio

from appliance.language.text import NOTHING, Text
from appliance.panel.live.heard import Page
from appliance.panel.live.touch import is_fresh
from appliance.runtime.web.sockets import Socket, Talk

SILENCE: Final = 1.0  # seconds without a beat
LONGEST: Final = 30.0  # seconds
MOST: Final = 4  # holds of one page at once: fingers of a hand that make sense


class Holdable(Protocol):
    """Something that goes on from `begin` to `end`; things of one `name` are not held at the same time."""

    @property
    def name(self) -> str:
        """What it is, among all that can be held."""

    def begin(self) -> Text:
        """Begins; returns why not, or nothing."""

    def end(self) -> None:
        """Ends what has begun."""


class Beat(msgspec.Struct, frozen=True):
    """What a page says of a hold; without `do` it lets go."""

    hold: Annotated[int, msgspec.Meta(ge=1)]
    do: str = ""
    seq: int = 0
    seen: int = 0


class _Hold:
    def __init__(self, page: Page, number: int, thing: Holdable, now: float) -> None:
        self.page = page
        self.number = number
        self.thing = thing
        self._seq = 0
        self._begun_at = self._heard_at = now

    @property
    def ends_at(self) -> float:
        return min(self._heard_at + SILENCE, self._begun_at + LONGEST)

    def goes_on(self, seq: int, now: float) -> None:
        """Takes a beat, unless it is one that came before."""
        if seq > self._seq:
            self._seq, self._heard_at = seq, now


class Holds:
    """All holds of all pages. `find`: what some words are about, or why they may not be held."""

    def __init__(self, find: Callable[[str], Holdable | Text], now: Callable[[], float]) -> None:
        """`now`: monotonic seconds, those that pages are told."""
        self._find = find
        self._now = now
        self._held: dict[str, _Hold] = {}
        self._last: dict[Page, int] = {}  # number of a hold
        self._begun = trio.lowlevel.ParkingLot()

    def is_held(self, name: str) -> bool:
        """Returns whether some page holds this."""
        return name in self._held

    def hear(self, page: Page, said: bytes) -> Mapping[str, object] | None:
        """Takes a beat, or the end of a hold."""
        beat = msgspec.json.decode(said, type=Beat)
        self.end_overdue()
        hold = next((each for each in self._held.values() if each.page is page and each.number == beat.hold), None)
        if not beat.do:
            if hold is not None:
                self._end(hold)
            return None
        if hold is not None:
            hold.goes_on(beat.seq, self._now())
            return None
        return {"held": beat.hold, "why": page.say(self._begin(page, beat))}

    def left(self, page: Page) -> None:
        """Ends what a page holds that is gone."""
        self._last.pop(page, None)
        for hold in [each for each in self._held.values() if each.page is page]:
            self._end(hold)

    def end_overdue(self) -> None:
        """Ends what has not been heard of, or has gone on for too long."""
        for hold in [each for each in self._held.values() if self._now() >= each.ends_at]:
            self._end(hold)

    def watched(self, talk: Talk) -> Talk:
        """Returns a conversation during which holds end in time."""

        async def both(socket: Socket) -> None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._watch)
                await talk(socket)
                nursery.cancel_scope.cancel()

        return both

    async def _watch(self) -> None:
        while True:
            while not self._held:
                await self._begun.park()
            await trio.sleep_until(min(hold.ends_at for hold in self._held.values()))
            self.end_overdue()

    def _begin(self, page: Page, beat: Beat) -> Text:
        if not page.may_touch:
            return Text("touch.only_looks")
        late = beat.seq > 0 or beat.hold <= self._last.get(page, 0)
        self._last[page] = max(beat.hold, self._last.get(page, 0))
        if late:
            return Text("touch.hold_over")
        if not is_fresh(beat.seen / 1000, self._now()):
            return Text("touch.stale")
        thing = self._find(beat.do)
        why = thing if isinstance(thing, Text) else self._take(page, beat.hold, thing)
        if not why:
            page.did(beat.do)
        return why

    def _take(self, page: Page, number: int, thing: Holdable) -> Text:
        other = self._held.get(thing.name)
        if other is not None and other.page is not page:
            return Text("touch.used_by_screen")
        if other is not None:
            self._end(other)
        if sum(each.page is page for each in self._held.values()) >= MOST:
            return Text("touch.not_allowed")
        if why := thing.begin():
            return why
        self._held[thing.name] = _Hold(page, number, thing, self._now())
        self._begun.unpark_all()
        return NOTHING

    def _end(self, hold: _Hold) -> None:
        del self._held[hold.thing.name]
        hold.thing.end()
