"""Slides as newer terminals keep them: sorting, and what is prepared for showing.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.slide_cache import (
    GetSlideCache,
    RemoveAllSlides,
    RemoveFromCache,
    SlideCacheReply,
    SortSlides,
    StopCaching,
)


class SlideCache(CommandGroup):
    """Slides as newer terminals keep them: sorting, and what is prepared for showing."""

    async def remove_all(self, *, from_server: bool) -> None:
        """Removes every slide from the list.

        `from_server`: Whether the files go as well.

        Method `removeAllSlides`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: allSlidesRemoved. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveAllSlides(from_server=from_server), Reply)

    async def sort(self) -> None:
        """Sorts the slides by the names of their files.

        Method `sortSlides`; for administrator and user. Newer terminals only; known from a client only. May be
        followed by: slidesSorted. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SortSlides(), Reply)

    async def state(self) -> SlideCacheReply:
        """Asks which slides are ready to be shown.

        Method `getSlideShowCache`; for administrator and user. Newer terminals only; known from a client only.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetSlideCache(), SlideCacheReply)

    async def remove(self, file_id: int | str) -> None:
        """Takes a slide out of those that are being prepared.

        `file_id`: A file on the terminal's HTTP server.

        Method `removeImageFromCachingQueue`; for administrator and user. Newer terminals only; known from a client
        only. May be followed by: imageRemovedFromCachingQueue. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveFromCache(file_id=file_id), Reply)

    async def stop(self) -> None:
        """Stops preparing slides.

        Method `stopCachingAllImages`; for administrator and user. Newer terminals only; known from a client only.
        May be followed by: allSlidesCachingStopped. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopCaching(), Reply)
