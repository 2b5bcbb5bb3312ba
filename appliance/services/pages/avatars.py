"""Pictures of people, as the terminal has them, for pages: fetched once, made small, and written anew.

What comes from elsewhere is limited before anybody has to understand it: in bytes, in pixels, and in kind. At most
`AT_ONCE` are fetched at a time, whoever asks for how many.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import structlog
import trio

from appliance.room.people.peer_ids import whose
from appliance.services.pages.shrunk import NoPicture, shrunk
from appliance.terminal.errors import TerminalError

log = structlog.get_logger()

SIZE: Final = (128, 128)  # pixels at most
LARGEST: Final = 2**20  # bytes of what the terminal sends
WITHIN: Final = 3.0  # seconds
AT_ONCE: Final = 2
MOST: Final = 200  # people whose pictures are kept: a megabyte
GOOD_FOR: Final = 600.0  # seconds
AGAIN: Final = 60.0  # seconds until somebody is asked for again who has none

Fetch = Callable[[str], Awaitable[bytes]]
"""Returns somebody's picture as the terminal has it. Raises `TerminalError`."""


class _Kept(msgspec.Struct, frozen=True):
    """A picture, or that there is none, and until when that is taken for true (trio's clock)."""

    picture: bytes | None
    until: float


class Avatars:
    """Keeps the pictures of those who were asked for last."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._kept: dict[str, _Kept] = {}
        self._turn = trio.CapacityLimiter(AT_ONCE)

    async def of(self, peer_id: str) -> bytes | None:
        """Returns somebody's picture as JPEG; None where there is none, or the terminal does not send it in time."""
        key = whose(peer_id)
        async with self._turn:
            known = self._kept.pop(key, None)
            if known is None or trio.current_time() >= known.until:
                picture = await self._new(peer_id)
                known = _Kept(picture, trio.current_time() + (AGAIN if picture is None else GOOD_FOR))
            self._kept[key] = known
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return known.picture

    async def _new(self, peer_id: str) -> bytes | None:
        try:
            return await trio.to_thread.run_sync(shrunk, await self._fetch(peer_id), SIZE)
        except (TerminalError, NoPicture) as error:
            log.debug("no_avatar", reason=str(error))
            return None
