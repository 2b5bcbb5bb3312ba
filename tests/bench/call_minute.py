"""The bytes of a panel's connection in a minute of an ordinary call, in virtual time: the same on every machine."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import trio
from trio.testing import MockClock

from appliance.language.catalogue import ENGLISH
from appliance.panel.access import Access
from appliance.panel.live.connection import BEAT, Live
from appliance.panel.live.feed import Feed
from appliance.panel.view import Viewed
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.sockets import Socket
from tests.bench.figures import Samples

MINUTE = 60  # seconds
CALL = RoomState(
    link=Link(LinkPhase.UP),
    phase=Phase.IN_CALL,
    conversation=Conversation(Person("anna@example.com", "Anna Petrova"), since=0.0),
    mic_muted=False,
    audio_muted=False,
    video_muted=False,
    volume=0.5,
)
CHANGES: dict[int, dict[str, Any]] = {
    5: {"volume": 0.55},
    6: {"volume": 0.6},
    20: {"mic_muted": True},
    40: {"mic_muted": False},
    50: {"video_muted": True},
}
"""What people do in a minute, by its second."""


class Counted(Socket):
    """A page that takes everything and beats; `sent` counts the bytes, with those of the frames."""

    def __init__(self) -> None:
        self.about = {"type": "websocket", "client": ("127.0.0.1", 1), "scheme": "http", "headers": []}
        self.sent = 0

    async def send(self, text: str) -> None:
        """Counts."""
        size = len(text.encode())
        self.sent += size + (2 if size < 126 else 4)
        await trio.lowlevel.checkpoint()

    async def receive(self) -> str:
        """Returns a beat a second."""
        await trio.sleep(BEAT)
        return "{}"


async def minute() -> tuple[int, int]:
    """Returns the bytes of the minute, and of the whole view once."""
    followed, socket = Followed(CALL), Counted()
    began, at = trio.current_time(), datetime(2026, 11, 27, 12, tzinfo=UTC)
    feeds = [Feed(Viewed("Neptune", ENGLISH, titles=True, peers=True)) for _ in range(2)]

    def clock() -> datetime:
        return at + timedelta(seconds=trio.current_time() - began)

    live = Live(followed, feeds[0], clock, lambda: "box", ENGLISH, touched=feeds[1], hears={}, access=Access())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(live.talk, socket)
        await trio.sleep(0.5)
        first, socket.sent = socket.sent, 0
        for second in range(MINUTE):
            followed.value = msgspec.structs.replace(followed.value, **CHANGES.get(second, {}))
            await trio.sleep(1)
        nursery.cancel_scope.cancel()
    return socket.sent, first


def call_minute(samples: Samples) -> None:
    """Adds the bytes of a minute, and those of everything each second."""
    sent, whole = trio.run(minute, clock=MockClock(autojump_threshold=0))
    samples.setdefault("count_bytes_call_minute", []).append(sent)
    samples.setdefault("count_bytes_call_minute_whole", []).append(whole * MINUTE)
