"""The conversation with a page that stays open: what it is shown, and that both sides are still there.

The box sends, each a JSON object in a message of its own:

- first `{"box": ID, "clock": CLOCK, "now": NOW, "view": {...}}`: everything. `ID` is another after an update: the page
  is not the box's any more, and loads itself again. `CLOCK`: the box's time of day as the minutes that its zone is
  east of UTC and milliseconds since 1970, `null` while it is not known. `NOW`: milliseconds of its monotonic clock.
- `{"clock": ..., "now": ..., "view": {...}}`: the fields of the view that are others now. There is no queue: a page
  that takes what it is sent slowly gets the latest.
- `{"clock": ..., "now": ...}` every `BEAT` seconds in which nothing else was sent.

The page sends any short message every `BEAT` seconds. Either side takes the other for gone after a few without one.
Browsers tell a page nothing of WebSocket's own pings, and a page that was frozen gets all at once what it has missed:
only a beat that both can see tells what is on the glass from what is so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Generic, TypeVar

import msgspec
import trio

from appliance.panel.feed import Feed
from appliance.runtime.followed import Followed
from appliance.runtime.web.sockets import Socket, SocketGone

BEAT: Final = 1.0  # seconds
SILENCE: Final = 3.0  # seconds without a message, after which a page is gone
SOONEST: Final = 0.05  # seconds between two messages of changes: more often no eye sees
FREQUENT: Final = 20  # messages of a page in a second

T = TypeVar("T")


class Live(Generic[T]):
    """Shows pages a value that is followed, by its feed."""

    def __init__(self, followed: Followed[T], feed: Feed[T], clock: Callable[[], datetime | None], box: str) -> None:
        """`clock`: the time of day where the box is, None while it is not known. `box`: see the module."""
        self._followed = followed
        self._feed = feed
        self._clock = clock
        self._box = box

    async def talk(self, socket: Socket) -> None:
        """Talks with one page until it has left."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_hear, socket, nursery.cancel_scope)
            try:
                await self._tell(socket)
            except SocketGone:
                nursery.cancel_scope.cancel()

    async def _tell(self, socket: Socket) -> None:
        value = self._followed.value
        self._feed.renew(value)
        told = self._feed.revision
        await socket.send(self._message(told=0, first=True))
        while True:
            sent_at = trio.current_time()
            while told == self._feed.revision and trio.current_time() < sent_at + BEAT:
                with trio.move_on_at(sent_at + BEAT):
                    value = await self._followed.newer_than(value)
                    self._feed.renew(value)
            await trio.sleep_until(sent_at + SOONEST)
            self._feed.renew(self._followed.value)
            message, told = self._message(told), self._feed.revision
            await socket.send(message)

    def _message(self, told: int, *, first: bool = False) -> str:
        clock = self._clock()
        head: dict[str, object] = {"box": self._box} if first else {}
        head |= {"clock": None if clock is None else _of(clock), "now": round(trio.current_time() * 1000)}
        text = msgspec.json.encode(head)[:-1]
        if told != self._feed.revision:
            text += b',"view":' + self._feed.since(told)
        return (text + b"}").decode()


def _of(clock: datetime) -> tuple[int, int]:
    offset = clock.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    return minutes, round(clock.timestamp() * 1000)


async def _hear(socket: Socket, scope: trio.CancelScope) -> None:
    """Ends the conversation when the page has left, has said nothing for `SILENCE`, or says far too much."""
    try:
        while True:
            with trio.fail_after(SILENCE):
                await socket.receive()
            await trio.sleep(1 / FREQUENT)  # more than that waits in the socket
    except (SocketGone, trio.TooSlowError):
        scope.cancel()
