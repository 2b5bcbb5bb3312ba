"""The conversation with a page that stays open: what it is shown, what it asks, and that both sides are still there.

The box sends, each a JSON object in a message of its own:

- first `{"box": ID, "touch": TOUCH, "clock": CLOCK, "now": NOW, "view": {...}}`: everything. `ID` is another after an
  update, and in another language: the page is not the box's any more, and loads itself again. `TOUCH`: whether the page
  may ask for anything. `CLOCK`: the box's time of day as the minutes that its zone is east of UTC and milliseconds
  since 1970, `null` while it is not known. `NOW`: milliseconds of its monotonic clock.
- `{"clock": ..., "now": ..., "view": {...}}`: the fields of the view that are others now. There is no queue: a page
  that takes what it is sent slowly gets the latest.
- `{"clock": ..., "now": ...}` every `BEAT` seconds in which nothing else was sent.
- `{"did": N, "why": WHY}`: what the page asked for with this number was taken, or was not, in words.

The page sends `{}` every `BEAT` seconds, and what is heard by kind (`appliance.panel.live.heard`), above all
`{"do": ACTION, "id": N, "seen": NOW}`, `NOW` being the last that it was told. Either side takes the other for gone
after a few seconds without a word. Browsers tell a page nothing of WebSocket's own pings, and a page that was frozen
gets all at once what it has missed: only a beat that both can see tells what is on the glass from what is so.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final, Generic, TypeVar

import msgspec
import trio

from appliance.access.roles import Caller
from appliance.language.catalogue import Language
from appliance.panel.access import Access
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Hears, Page, heard
from appliance.runtime.followed import Followed
from appliance.runtime.web.sockets import Socket, SocketGone

BEAT: Final = 1.0  # seconds
SILENCE: Final = 3.0  # seconds without a message, after which a page is gone
SOONEST: Final = 0.05  # seconds between two messages of changes: more often no eye sees
FREQUENT: Final = 20  # messages of a page in a second; further ones wait in its socket
BURST: Final = 10  # messages of a page at once: a beat must not delay the touch behind it

T = TypeVar("T")


class Live(Generic[T]):
    """Shows pages a value that is followed: to those that may touch by one feed, to all others by another."""

    def __init__(
        self,
        followed: Followed[T],
        shown: Feed[T],
        clock: Callable[[], datetime | None],
        box: Callable[[], str],
        language: Language,
        *,
        touched: Feed[T],
        hears: Mapping[str, Hears],
        access: Access,
        did: Callable[[Caller, str], None] = lambda _caller, _words: None,
    ) -> None:
        """`clock`: the time of day where the box is, None while it is not known. `box`: see the module.

        `hears`: who hears what pages say, by kind. `did` is told who had what done, in the words of actions.
        """
        self._followed = followed
        self._shown = shown
        self._clock = clock
        self._box = box
        self._say = language.say
        self._touched = touched
        self._hears = hears
        self._access = access
        self._did = did

    async def talk(self, socket: Socket) -> None:
        """Talks with one page until it has left; one that may not look loads itself again, and is led elsewhere."""
        if not self._access.may_look(socket.about):
            await socket.send(self._message(b"", {"box": "", "touch": False}))
            return
        caller = self._access.caller(socket.about)
        did = partial(self._did, caller) if caller is not None else lambda _words: None
        page = Page(self._say, may_touch=self._access.may_touch(socket.about), did=did)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._hear, socket, page, nursery.cancel_scope)
                try:
                    await self._tell(socket, self._touched if page.may_touch else self._shown, may_touch=page.may_touch)
                except SocketGone:
                    nursery.cancel_scope.cancel()
        finally:
            for hears in self._hears.values():
                hears.left(page)

    async def _tell(self, socket: Socket, feed: Feed[T], *, may_touch: bool) -> None:
        value = self._followed.value
        feed.renew(value)
        told = feed.revision
        box = self._box()
        await socket.send(self._message(feed.since(0), {"box": box, "touch": may_touch}))
        while True:
            sent_at = trio.current_time()
            while told == feed.revision and trio.current_time() < sent_at + BEAT:
                with trio.move_on_at(sent_at + BEAT):
                    value = await self._followed.newer_than(value)
                    feed.renew(value)
            if trio.current_time() < sent_at + SOONEST:  # else at once: each turn of the loop may draw a display first
                await trio.sleep_until(sent_at + SOONEST)
                feed.renew(self._followed.value)
            changed, told = feed.since(told) if told != feed.revision else b"", feed.revision
            other = {} if self._box() == box else {"box": self._box()}
            await socket.send(self._message(changed, other))

    def _message(self, view: bytes, about: Mapping[str, object]) -> str:
        clock = self._clock()
        now = {"clock": None if clock is None else _of(clock), "now": round(trio.current_time() * 1000)}
        head = msgspec.json.encode({**about, **now})[:-1]
        return (head + (b',"view":' + view if view else b"") + b"}").decode()

    async def _hear(self, socket: Socket, page: Page, scope: trio.CancelScope) -> None:
        """Ends the conversation when the page has left, has said nothing for `SILENCE`, or makes no sense."""
        with suppress(SocketGone, trio.TooSlowError, msgspec.MsgspecError):
            heard_until = 0.0  # the time that all its messages so far should have taken
            while True:
                with trio.fail_after(SILENCE):
                    said = await socket.receive()
                answer = heard(self._hears, page, said.encode())
                if answer is not None:
                    await socket.send(msgspec.json.encode(answer).decode())
                heard_until = max(heard_until, trio.current_time()) + 1 / FREQUENT
                await trio.sleep_until(heard_until - BURST / FREQUENT)
        scope.cancel()


def _of(clock: datetime) -> tuple[int, int]:
    offset = clock.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    return minutes, round(clock.timestamp() * 1000)
