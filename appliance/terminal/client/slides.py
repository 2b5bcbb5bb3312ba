"""Slides: the list of them, and showing them.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.slides import (
    AddSlide,
    GetSlideShow,
    MoveSlide,
    RemoveSlide,
    ShowFirstSlide,
    ShowLastSlide,
    ShowNextSlide,
    ShowPreviousSlide,
    ShowSlide,
    SlideShowReply,
    StartSlideShow,
    StopSlideShow,
)


class Slides(CommandGroup):
    """Slides: the list of them, and showing them."""

    async def info(self) -> SlideShowReply:
        """Asks for the slides and whether they are shown.

        Method `getSlideShowInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetSlideShow(), SlideShowReply)

    async def add(self, file_id: int | str) -> None:
        """Adds a file of the HTTP server to the slides.

        `file_id`: A file on the terminal's HTTP server.

        Method `addSlide`; for administrator and user. May be followed by: slideAdded, slideShowAvailabilityChanged.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AddSlide(file_id=file_id), Reply)

    async def remove(self, index: int, *, delete_file: bool | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Removes a slide.

        `index`: From 0.
        `delete_file`: Whether the file is deleted, too; it is where this is left out.

        Method `removeSlide`; for administrator and user. May be followed by: slideRemoved,
        slideShowAvailabilityChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RemoveSlide(index=index, delete_file=delete_file), Reply)

    async def move(self, from_index: int, to_index: int) -> None:
        """Moves a slide to another place.

        `from_index`: From 0.
        `to_index`: From 0.

        Method `setSlidePosition`; for administrator and user. May be followed by: slidePositionsChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(MoveSlide(from_index=from_index, to_index=to_index), Reply)

    async def start(self, title: str, *, start_index: int | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Begins to show the slides.

        `start_index`: The first slide to show; 0 where it is left out.

        Method `startSlideShow`; for administrator and user. May be followed by: slideUploaded, mySlideShowStarted,
        videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartSlideShow(title=title, start_index=start_index), Reply)

    async def stop(self) -> None:
        """Ends the show.

        Method `stopSlideShow`; for administrator and user. May be followed by: mySlideShowStopped,
        videoMatrixChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopSlideShow(), Reply)

    async def show(self, index: int) -> None:
        """Shows one slide.

        `index`: From 0.

        Method `showSlide`; for administrator and user. May be followed by: currentSlideIndexChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowSlide(index=index), Reply)

    async def next(self) -> None:
        """Shows the next slide.

        Method `showNextSlide`; for administrator and user. May be followed by: currentSlideIndexChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowNextSlide(), Reply)

    async def previous(self) -> None:
        """Shows the slide before.

        Method `showPrevSlide`; for administrator and user. May be followed by: currentSlideIndexChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowPreviousSlide(), Reply)

    async def first(self) -> None:
        """Shows the first slide.

        Method `showFirstSlide`; for administrator and user. May be followed by: currentSlideIndexChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowFirstSlide(), Reply)

    async def last(self) -> None:
        """Shows the last slide.

        Method `showLastSlide`; for administrator and user. May be followed by: currentSlideIndexChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ShowLastSlide(), Reply)
