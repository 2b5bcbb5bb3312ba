"""Slides: the list of them, and showing them."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, Wire, command, event


class Slide(Wire, frozen=True, kw_only=True):
    """One slide.

    index: From 0.
    url: Where the slide was put, while the show runs.
    """

    index: int = msgspec.field(name="idx")
    name: str = ""
    file_id: FileId = ""
    url: str = ""


class SlideShowReply(Reply, frozen=True, kw_only=True):
    """Reply to `getSlideShowInfo`.

    available: Whether a show can be started.
    title: While the show runs.
    current: The slide that is shown, while the show runs.
    """

    available: bool | None = None
    started: bool | None = None
    title: str = ""
    current: int | None = msgspec.field(name="currentSlideIdx", default=None)
    slides: tuple[Slide, ...] = ()


@command
class GetSlideShow(Command, frozen=True, kw_only=True):
    """Asks for the slides and whether they are shown."""

    method: ClassVar[str] = "getSlideShowInfo"
    reply: ClassVar[type[Reply]] = SlideShowReply


@command
class AddSlide(Command, frozen=True, kw_only=True):
    """Adds a file of the HTTP server to the slides."""

    method: ClassVar[str] = "addSlide"

    file_id: FileId


@command
class RemoveSlide(Command, frozen=True, kw_only=True):
    """Removes a slide.

    index: From 0.
    delete_file: Whether the file is deleted, too; it is where this is left out.
    """

    method: ClassVar[str] = "removeSlide"

    index: int = msgspec.field(name="idx")
    delete_file: bool | msgspec.UnsetType = msgspec.field(name="removeFromServer", default=msgspec.UNSET)


@command
class MoveSlide(Command, frozen=True, kw_only=True):
    """Moves a slide to another place.

    from_index: From 0.
    to_index: From 0.
    """

    method: ClassVar[str] = "setSlidePosition"

    from_index: int = msgspec.field(name="fromIdx")
    to_index: int = msgspec.field(name="toIdx")


@command
class StartSlideShow(Command, frozen=True, kw_only=True):
    """Begins to show the slides.

    start_index: The first slide to show; 0 where it is left out.
    """

    method: ClassVar[str] = "startSlideShow"

    title: str
    start_index: int | msgspec.UnsetType = msgspec.field(name="startingIdx", default=msgspec.UNSET)


@command
class StopSlideShow(Command, frozen=True, kw_only=True):
    """Ends the show."""

    method: ClassVar[str] = "stopSlideShow"


@command
class ShowSlide(Command, frozen=True, kw_only=True):
    """Shows one slide.

    index: From 0.
    """

    method: ClassVar[str] = "showSlide"

    index: int = msgspec.field(name="idx")


@command
class ShowNextSlide(Command, frozen=True, kw_only=True):
    """Shows the next slide."""

    method: ClassVar[str] = "showNextSlide"


@command
class ShowPreviousSlide(Command, frozen=True, kw_only=True):
    """Shows the slide before."""

    method: ClassVar[str] = "showPrevSlide"


@command
class ShowFirstSlide(Command, frozen=True, kw_only=True):
    """Shows the first slide."""

    method: ClassVar[str] = "showFirstSlide"


@command
class ShowLastSlide(Command, frozen=True, kw_only=True):
    """Shows the last slide."""

    method: ClassVar[str] = "showLastSlide"


@event
class SlideShowStarted(Event, frozen=True, kw_only=True):
    """A participant shows slides."""

    event: ClassVar[str] = "slideShowStarted"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    title: str = ""
    conf_id: str = ""


@event
class SlideShowStopped(Event, frozen=True, kw_only=True):
    """A participant's slides are over."""

    event: ClassVar[str] = "slideShowStopped"

    peer_id: str = ""
    conf_id: str = ""


@event
class OwnSlideShowStarted(Event, frozen=True, kw_only=True):
    """The terminal shows slides.

    current: From 0.
    """

    event: ClassVar[str] = "mySlideShowStarted"

    title: str = ""
    current: int = msgspec.field(name="currentSlideIndex", default=0)


@event
class OwnSlideShowStopped(Event, frozen=True, kw_only=True):
    """The terminal's slides are over."""

    event: ClassVar[str] = "mySlideShowStopped"


@event
class SlideShowRenamed(Event, frozen=True, kw_only=True):
    """The terminal's show has another title."""

    event: ClassVar[str] = "mySlideShowTitleChanged"

    title: str = msgspec.field(name="newTitle", default="")


@event
class SlideShowAvailable(Event, frozen=True, kw_only=True):
    """A show can be started now, or cannot."""

    event: ClassVar[str] = "slideShowAvailabilityChanged"

    available: bool


@event
class SlideAdded(Event, frozen=True, kw_only=True):
    """A slide was added.

    index: From 0.
    """

    event: ClassVar[str] = "slideAdded"

    index: int = msgspec.field(name="idx")
    name: str = ""
    file_id: FileId = ""


@event
class SlideRemoved(Event, frozen=True, kw_only=True):
    """A slide was removed.

    index: From 0.
    from_server: Whether the file is gone as well; newer terminals only.
    """

    event: ClassVar[str] = "slideRemoved"

    index: int = msgspec.field(name="idx")
    from_server: bool | None = msgspec.field(name="removedFromServer", default=None)


class SlideMove(Wire, frozen=True, kw_only=True):
    """Where a slide was and where it is now."""

    before: int = msgspec.field(name="prevIdx")
    after: int = msgspec.field(name="newIdx")


@event
class SlidesMoved(Event, frozen=True, kw_only=True):
    """Slides have other places."""

    event: ClassVar[str] = "slidePositionsChanged"

    moves: tuple[SlideMove, ...] = msgspec.field(name="slides", default=())


@event
class CurrentSlideChanged(Event, frozen=True, kw_only=True):
    """Another slide is shown.

    current: From 0.
    """

    event: ClassVar[str] = "currentSlideIndexChanged"

    current: int = msgspec.field(name="currentIdx")


@event
class SlideUploaded(Event, frozen=True, kw_only=True):
    """A slide was put where the others can see it.

    index: From 0.
    """

    event: ClassVar[str] = "slideUploaded"

    index: int = msgspec.field(name="idx")
    url: str = ""
