"""Microphone, loudspeaker, camera mute; settings; the terminal's own pan-tilt-zoom camera."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event


class MuteReply(Reply, frozen=True, kw_only=True):
    """Reply to the three `get…Mute`."""

    mute: bool


@command
class GetMicMute(Command, frozen=True, kw_only=True):
    """Asks whether the microphone is muted."""

    method: ClassVar[str] = "getMicMute"
    reply: ClassVar[type[Reply]] = MuteReply


@command
class GetAudioMute(Command, frozen=True, kw_only=True):
    """Asks whether the loudspeaker is muted."""

    method: ClassVar[str] = "getAudioMute"
    reply: ClassVar[type[Reply]] = MuteReply


@command
class GetVideoMute(Command, frozen=True, kw_only=True):
    """Asks whether the camera is muted."""

    method: ClassVar[str] = "getVideoMute"
    reply: ClassVar[type[Reply]] = MuteReply


@command
class SetMicMute(Command, frozen=True, kw_only=True):
    """Mutes or unmutes the microphone."""

    method: ClassVar[str] = "setMicMute"

    mute: bool


@command
class SetAudioMute(Command, frozen=True, kw_only=True):
    """Mutes or unmutes the loudspeaker."""

    method: ClassVar[str] = "setAudioMute"

    mute: bool


@command
class SetVideoMute(Command, frozen=True, kw_only=True):
    """Mutes or unmutes the camera."""

    method: ClassVar[str] = "setVideoMute"

    mute: bool


class Setting(Wire, frozen=True, kw_only=True):
    """One setting by name; values are booleans, numbers or text."""

    name: str
    value: Any = None


PIN_CHANGES = "changeuserauthpinafterconf"  # names are compared without regard to case
LANGUAGE = "language"


def switched_on(value: object) -> bool:
    """Returns whether the value of a setting, which may be a number or text, is true."""
    return value is True or value == 1 or (isinstance(value, str) and value.casefold() in {"true", "1"})


class SettingsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getSettings`."""

    settings: tuple[Setting, ...] = ()

    @property
    def pin_changes(self) -> bool:
        """Whether the terminal gives the user a new PIN after each call."""
        return any(each.name.casefold() == PIN_CHANGES and switched_on(each.value) for each in self.settings)

    @property
    def language(self) -> str:
        """The code of the language on the terminal's screen; empty where it is not told."""
        told = (each.value for each in self.settings if each.name.casefold() == LANGUAGE)
        return next((value for value in told if isinstance(value, str)), "")


@command
class GetSettings(Command, frozen=True, kw_only=True):
    """Asks for the settings; the user's own only while logged in."""

    method: ClassVar[str] = "getSettings"
    reply: ClassVar[type[Reply]] = SettingsReply


@command
class SetSettings(Command, frozen=True, kw_only=True):
    """Sets settings by wire name, for example `{"audioPlayLevel": 0.55}` (levels 0 to 1)."""

    method: ClassVar[str] = "setSettings"

    settings: dict[str, Any]


class Axis(Wire, frozen=True, kw_only=True):
    """One axis of the camera, in the terminal's own units; only `support` is always there.

    is_continuous_type: Newer terminals only.
    inverted: Newer terminals only.
    """

    support: bool = False
    min_value: float = 0
    max_value: float = 0
    current_value: float = 0
    def_value: float = 0
    step: float = 1
    is_continuous_type: bool | None = None
    inverted: bool | None = None


class PtzReply(Reply, frozen=True, kw_only=True):
    """Reply to `getPtzControls`.

    camera_name: The camera in use; newer terminals only.
    """

    pan: Axis = Axis()
    tilt: Axis = Axis()
    zoom: Axis = Axis()
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")


@command
class GetPtzControls(Command, frozen=True, kw_only=True):
    """Asks what the camera can do and where it looks."""

    method: ClassVar[str] = "getPtzControls"
    reply: ClassVar[type[Reply]] = PtzReply


@command
class PtzLeft(Command, frozen=True, kw_only=True):
    """Starts panning left."""

    method: ClassVar[str] = "ptzLeft"


@command
class PtzRight(Command, frozen=True, kw_only=True):
    """Starts panning right."""

    method: ClassVar[str] = "ptzRight"


@command
class PtzUp(Command, frozen=True, kw_only=True):
    """Starts tilting up."""

    method: ClassVar[str] = "ptzUp"


@command
class PtzDown(Command, frozen=True, kw_only=True):
    """Starts tilting down."""

    method: ClassVar[str] = "ptzDown"


@command
class PtzZoomIn(Command, frozen=True, kw_only=True):
    """Starts zooming in."""

    method: ClassVar[str] = "ptzZoomInc"


@command
class PtzZoomOut(Command, frozen=True, kw_only=True):
    """Starts zooming out."""

    method: ClassVar[str] = "ptzZoomDec"


@command
class PtzStop(Command, frozen=True, kw_only=True):
    """Stops every movement of the camera."""

    method: ClassVar[str] = "ptzStop"


@command
class SetPtzDefaults(Command, frozen=True, kw_only=True):
    """Drives pan, tilt and zoom to their defaults."""

    method: ClassVar[str] = "setPtzDefaults"


@command
class SetPanPos(Command, frozen=True, kw_only=True):
    """Pans to `pos`, in the units and range of getPtzControls."""

    method: ClassVar[str] = "setPanPos"

    pos: float


@command
class SetTiltPos(Command, frozen=True, kw_only=True):
    """Tilts to `pos`, in the units and range of getPtzControls."""

    method: ClassVar[str] = "setTiltPos"

    pos: float


@command
class SetZoomPos(Command, frozen=True, kw_only=True):
    """Zooms to `pos`, in the units and range of getPtzControls."""

    method: ClassVar[str] = "setZoomPos"

    pos: float


@event
class MicMuted(Event, frozen=True, kw_only=True):
    """The microphone was muted or unmuted."""

    event: ClassVar[str] = "audioCapturerMute"

    mute: bool


@event
class AudioMuted(Event, frozen=True, kw_only=True):
    """The loudspeaker was muted or unmuted."""

    event: ClassVar[str] = "audioRendererMute"

    mute: bool


@event
class VideoMuted(Event, frozen=True, kw_only=True):
    """The camera was muted or unmuted."""

    event: ClassVar[str] = "videoCapturerMute"

    mute: bool


@event
class MicMutedByOwner(Event, frozen=True, kw_only=True):
    """The owner of the conference muted or unmuted this terminal's microphone."""

    event: ClassVar[str] = "micStateChangedByConferenceOwner"

    mute: bool
    conf_id: str = ""


@event
class VideoMutedByOwner(Event, frozen=True, kw_only=True):
    """The owner of the conference muted or unmuted this terminal's camera."""

    event: ClassVar[str] = "cameraStateChangedByConferenceOwner"

    mute: bool
    conf_id: str = ""


@event
class SettingChanged(Event, frozen=True, kw_only=True):
    """One setting has a new value."""

    event: ClassVar[str] = "settingsChanged"

    name: str
    value: Any = None


@event
class PtzChanged(Event, frozen=True, kw_only=True):
    """The camera moved, or another camera is in use.

    camera_name: The camera in use; newer terminals only.
    """

    event: ClassVar[str] = "ptzControlsChanged"

    pan: Axis = msgspec.field(default_factory=Axis)
    tilt: Axis = msgspec.field(default_factory=Axis)
    zoom: Axis = msgspec.field(default_factory=Axis)
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
