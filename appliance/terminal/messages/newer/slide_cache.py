"""Slides as newer terminals keep them: sorting, and what is prepared for showing."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, command, event


@command
class RemoveAllSlides(Command, frozen=True, kw_only=True):
    """Removes every slide from the list.

    from_server: Whether the files go as well.
    """

    method: ClassVar[str] = "removeAllSlides"

    from_server: bool = msgspec.field(name="removeFromServer")


@command
class SortSlides(Command, frozen=True, kw_only=True):
    """Sorts the slides by the names of their files."""

    method: ClassVar[str] = "sortSlides"


class SlideCacheReply(Reply, frozen=True, kw_only=True):
    """Reply to `getSlideShowCache`."""

    queue: Any = msgspec.field(name="imagesQueueForCaching", default=None)
    cached: Any = msgspec.field(name="cachedSlides", default=None)
    running: bool | None = msgspec.field(name="isImagesCachingRunning", default=None)
    current: Any = msgspec.field(name="currentlyCachingImage", default=None)


@command
class GetSlideCache(Command, frozen=True, kw_only=True):
    """Asks which slides are ready to be shown."""

    method: ClassVar[str] = "getSlideShowCache"
    reply: ClassVar[type[Reply]] = SlideCacheReply


@command
class RemoveFromCache(Command, frozen=True, kw_only=True):
    """Takes a slide out of those that are being prepared."""

    method: ClassVar[str] = "removeImageFromCachingQueue"

    file_id: FileId


@command
class StopCaching(Command, frozen=True, kw_only=True):
    """Stops preparing slides."""

    method: ClassVar[str] = "stopCachingAllImages"


@event
class CachingStopped(Event, frozen=True, kw_only=True):
    """No slides are being prepared any more."""

    event: ClassVar[str] = "allSlidesCachingStopped"


@event
class AllSlidesRemoved(Event, frozen=True, kw_only=True):
    """The list of slides is empty.

    from_server: Whether the files are gone as well.
    """

    event: ClassVar[str] = "allSlidesRemoved"

    from_server: bool | None = msgspec.field(name="removedFromServer", default=None)


@event
class SlideShowCleared(Event, frozen=True, kw_only=True):
    """The slide show was cleared."""

    event: ClassVar[str] = "slideShowCleared"


@event
class SlideMoved(Event, frozen=True, kw_only=True):
    """A slide has another place in the list."""

    event: ClassVar[str] = "slidePositionChanged"

    before: int | None = msgspec.field(name="prevIdx", default=None)
    now: int | None = msgspec.field(name="newIdx", default=None)
    name: str = ""
    file_id: FileId | None = None


@event
class SlidesSorted(Event, frozen=True, kw_only=True):
    """The slides are in another order."""

    event: ClassVar[str] = "slidesSorted"

    slides: Any = None


@event
class SlidesPartlySorted(Event, frozen=True, kw_only=True):
    """A part of the slides is in another order."""

    event: ClassVar[str] = "slidesChunkSorted"


@event
class SlideCached(Event, frozen=True, kw_only=True):
    """A slide is ready to be shown."""

    event: ClassVar[str] = "slideCached"

    name: str = ""
    file_id: FileId | None = None


@event
class SlideCachingStarted(Event, frozen=True, kw_only=True):
    """A slide is being prepared."""

    event: ClassVar[str] = "slideCachingStarted"

    name: str = ""
    file_id: FileId | None = None


@event
class ImageQueued(Event, frozen=True, kw_only=True):
    """A slide waits to be prepared."""

    event: ClassVar[str] = "imageAddedToCachingQueue"

    name: str = ""
    file_id: FileId | None = None


@event
class ImageUnqueued(Event, frozen=True, kw_only=True):
    """A slide no longer waits to be prepared."""

    event: ClassVar[str] = "imageRemovedFromCachingQueue"

    name: str = ""
    file_id: FileId | None = None
