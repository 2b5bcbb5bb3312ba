"""The terminal itself: versions, performance, switching off."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import VideoCodec, VideoFormat
from appliance.terminal.messages.hardware import EchoTestChanged
from appliance.terminal.messages.parts import Person
from appliance.terminal.messages.server import Rights


class Version(Wire, frozen=True, kw_only=True):
    """Four numbers."""

    major: int = 0
    minor: int = 0
    revision: int = 0
    build: int = 0


class VideoQuality(Wire, frozen=True, kw_only=True):
    """What the system is good for, in words such as `UHD`.

    receive_call: In a call.
    receive_conference: In a conference, all together.
    """

    send: str = ""
    receive_call: str = msgspec.field(name="receiveP2P", default="")
    receive_conference: str = msgspec.field(name="receiveGroup", default="")


class VideoLevels(Wire, frozen=True, kw_only=True):
    """What the system is good for, as numbers.

    receive_call: In a call.
    receive_conference: In a conference, all together.
    bench: The rating of the whole.
    """

    send: float | None = None
    receive_call: float | None = msgspec.field(name="receiveP2P", default=None)
    receive_conference: float | None = msgspec.field(name="receiveGroup", default=None)
    bench: float | None = None


class SystemRating(Wire, frozen=True, kw_only=True):
    """What the system is good for."""

    quality: VideoQuality | None = msgspec.field(name="videoQuality", default=None)
    levels: VideoLevels | None = msgspec.field(name="videoContentLevels", default=None)


class BitrateLimits(Wire, frozen=True, kw_only=True):
    """Bandwidth in Kbit/s."""

    least: int | None = msgspec.field(name="min", default=None)
    most: int | None = msgspec.field(name="max", default=None)


class CameraInfo(Wire, frozen=True, kw_only=True):
    """What the camera delivers and what is sent; absent where there is no camera or it is in use elsewhere.

    camera_width: Pixels.
    camera_height: Pixels.
    camera_framerate: As the terminal counts it; 2400 stands for 24 frames a second in the manual's examples.
    send_width: Pixels.
    send_height: Pixels.
    """

    camera_width: int | None = None
    camera_height: int | None = None
    camera_framerate: float | None = None
    send_width: int | None = None
    send_height: int | None = None
    format: VideoFormat | None = None
    send_format: VideoCodec | None = None
    send_framerate: float | None = None
    stereo: bool | None = None


class Receiver(Wire, frozen=True, kw_only=True):
    """What comes from a participant.

    bitrate: Kbit/s.
    frame_rate: Frames a second.
    width: Pixels.
    height: Pixels.
    """

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    bitrate: int | None = None
    codec: VideoCodec | None = msgspec.field(name="streamFormat", default=None)
    frame_rate: float | None = None
    width: int | None = msgspec.field(name="resolutionWidth", default=None)
    height: int | None = msgspec.field(name="resolutionHeight", default=None)


class SystemInfoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getSystemInfo`.

    logged_in_as: Absent while nobody is logged in.
    program: The version of the program file.
    product: The version of the product.
    rights: Absent while nobody is logged in.
    bitrate_limits: Absent while nobody is logged in.
    receivers: While in a conference with others.
    key_expiration_date: Only where the licence ends some day.
    """

    also: ClassVar[dict[str, str]] = {"systemInfo": "systemRating"}  # the manual's list and its example differ

    logged_in_as: Person | None = msgspec.field(name="authInfo", default=None)
    program: Version | None = msgspec.field(name="fileInfo", default=None)
    product: Version | None = msgspec.field(name="productInfo", default=None)
    rights: Rights | None = msgspec.field(name="permissionsInfo", default=None)
    rating: SystemRating | None = msgspec.field(name="systemRating", default=None)
    bitrate_limits: BitrateLimits | None = None
    camera: CameraInfo | None = msgspec.field(name="cameraInfo", default=None)
    receivers: tuple[Receiver, ...] = ()
    key_expiration_date: Any = None


@command
class GetSystemInfo(Command, frozen=True, kw_only=True):
    """Asks for versions, rights, performance, camera and what comes from participants."""

    method: ClassVar[str] = "getSystemInfo"
    reply: ClassVar[type[Reply]] = SystemInfoReply


class RenderInfoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getRenderInfo`.

    version: Of OpenGL.
    render: The graphics hardware.
    vendor: Who made it; newer terminals only.
    """

    version: str = ""
    render: str = ""
    vendor: str = ""


@command
class GetRenderInfo(Command, frozen=True, kw_only=True):
    """Asks what draws the picture."""

    method: ClassVar[str] = "getRenderInfo"
    reply: ClassVar[type[Reply]] = RenderInfoReply


@command
class Shutdown(Command, frozen=True, kw_only=True):
    """Ends the terminal's program.

    for_all: Whether the conference ends for everybody; only as owner of a group conference.
    """

    method: ClassVar[str] = "shutdown"

    for_all: bool | msgspec.UnsetType = msgspec.UNSET


@command
class ShutdownSystem(Command, frozen=True, kw_only=True):
    """Switches the computer off."""

    method: ClassVar[str] = "shutdownSystem"


@command
class RebootSystem(Command, frozen=True, kw_only=True):
    """Restarts the computer."""

    method: ClassVar[str] = "rebootSystem"


@command
class SetSleepMode(Command, frozen=True, kw_only=True):
    """Sends the terminal to sleep or wakes it. Not in the manual: an older terminal refuses it.

    enabled: True: asleep.
    """

    method: ClassVar[str] = "setSleepMode"

    enabled: bool


@event
class SleepModeChanged(Event, frozen=True, kw_only=True):
    """The terminal fell asleep or woke. Newer terminals only."""

    event: ClassVar[str] = "sleepModeChanged"

    enabled: bool | None = None


@event
class ReceiversChanged(Event, frozen=True, kw_only=True):
    """What comes from participants has another format, size or rate."""

    event: ClassVar[str] = "receiversInfoUpdated"

    receivers: tuple[Receiver, ...] = ()
    conf_id: str = ""


@event
class SystemRatingChanged(Event, frozen=True, kw_only=True):
    """What the system is good for was measured anew."""

    event: ClassVar[str] = "onSystemRatingUpdated"
    or_else: ClassVar[type[Event] | None] = EchoTestChanged  # the manual prints its example under this name

    quality: VideoQuality = msgspec.field(name="videoQuality")
    levels: VideoLevels | None = msgspec.field(name="videoContentLevels", default=None)
