"""What is sent instead of, or beside, the camera: a screen or window, a picture; and our own frames over HTTP."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, command, event


@command
class StartSharing(Command, frozen=True, kw_only=True):
    """Shows a screen or window to the others.

    capture_id: Which one: an id of `content_sources` of `getHardware`.
    """

    method: ClassVar[str] = "startCapture"

    capture_id: int


@command
class StopSharing(Command, frozen=True, kw_only=True):
    """Ends showing a screen or window."""

    method: ClassVar[str] = "stopCapture"


@command
class StartPicture(Command, frozen=True, kw_only=True):
    """Sends a picture (or an animation) instead of the camera.

    file_id: A file on the HTTP server.
    """

    method: ClassVar[str] = "startBroadcastPicture"

    file_id: FileId


@command
class StopPicture(Command, frozen=True, kw_only=True):
    """Sends the camera again."""

    method: ClassVar[str] = "stopBroadcastPicture"


class PictureReply(Reply, frozen=True, kw_only=True):
    """Reply to `getBroadcastPicture`."""

    file_name: str = ""
    file_id: FileId = ""


@command
class GetPicture(Command, frozen=True, kw_only=True):
    """Asks which picture is sent; refused where none is."""

    method: ClassVar[str] = "getBroadcastPicture"
    reply: ClassVar[type[Reply]] = PictureReply


class SelfieReply(Reply, frozen=True, kw_only=True):
    """Reply to `getBroadcastSelfie`.

    fps: Frames a second.
    """

    enabled: bool
    fps: float | None = None


@command
class GetSelfie(Command, frozen=True, kw_only=True):
    """Asks whether the terminal puts frames of its own camera on its HTTP server."""

    method: ClassVar[str] = "getBroadcastSelfie"
    reply: ClassVar[type[Reply]] = SelfieReply


@command
class SetSelfie(Command, frozen=True, kw_only=True):
    """Puts frames of the terminal's own camera on its HTTP server, or stops that.

    fps: Frames a second; only together with `enabled`.
    """

    method: ClassVar[str] = "setBroadcastSelfie"

    enabled: bool
    fps: float | msgspec.UnsetType = msgspec.UNSET


@event
class SharingStarted(Event, frozen=True, kw_only=True):
    """The terminal shows a screen or window."""

    event: ClassVar[str] = "dsStarted"

    capture_id: int
    name: str = ""


@event
class SharingStopped(Event, frozen=True, kw_only=True):
    """The terminal shows no screen or window any more."""

    event: ClassVar[str] = "dsStopped"

    capture_id: int


@event
class PictureChanged(Event, frozen=True, kw_only=True):
    """A picture is sent instead of the camera, or is not any more."""

    event: ClassVar[str] = "broadcastPictureStateChanged"

    running: bool
    file_name: str = ""
    file_id: FileId = ""


@event
class SelfieChanged(Event, frozen=True, kw_only=True):
    """Frames of the own camera go to the HTTP server, or do not any more.

    fps: Frames a second.
    """

    event: ClassVar[str] = "broadcastSelfieChanged"

    enabled: bool
    fps: float | None = None
