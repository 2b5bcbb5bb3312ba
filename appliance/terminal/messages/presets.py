"""Camera presets of newer terminals (4.2 and later): an older terminal refuses them."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event


class Place(Wire, frozen=True, kw_only=True):
    """Where an axis stands, or a preview; `value` only where it `is_present`."""

    is_present: bool = False
    value: int | str | None = None


class Preset(Wire, frozen=True, kw_only=True):
    """A stored position of a camera.

    name: Not told by every terminal.
    com_port: Empty for a camera that is not driven on a serial port.
    """

    preset_id: str
    name: str = ""
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    is_muted: bool | None = None
    com_port: str = ""
    pan: Place | None = None
    tilt: Place | None = None
    zoom: Place | None = None
    preview: Place | None = None


class PresetReply(Reply, frozen=True, kw_only=True):
    """Reply that has a preset."""

    preset_id: str = ""
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    is_muted: bool | None = None
    com_port: str = ""
    pan: Place | None = None
    tilt: Place | None = None
    zoom: Place | None = None
    preview: Place | None = None


class PresetsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAllVideoCapturerPresets`; the name of the list is a guess, see the reply as it came."""

    presets: tuple[Preset, ...] = ()


@command
class AddPreset(Command, frozen=True, kw_only=True):
    """Stores where the camera looks now as a new preset."""

    method: ClassVar[str] = "addPresetFromCurrentVideoCapturer"
    reply: ClassVar[type[Reply]] = PresetReply

    name: str | msgspec.UnsetType = msgspec.UNSET


@command
class GetPresets(Command, frozen=True, kw_only=True):
    """Asks for the presets."""

    method: ClassVar[str] = "getAllVideoCapturerPresets"
    reply: ClassVar[type[Reply]] = PresetsReply


@command
class ApplyPreset(Command, frozen=True, kw_only=True):
    """Drives the camera to a preset."""

    method: ClassVar[str] = "applyVideoCapturerPreset"

    preset_id: str


@command
class UpdatePreset(Command, frozen=True, kw_only=True):
    """Stores where the camera looks now in a preset that exists."""

    method: ClassVar[str] = "updatePresetFromCurrentVideoCapturer"
    reply: ClassVar[type[Reply]] = PresetReply

    preset_id: str


@command
class StorePreset(Command, frozen=True, kw_only=True):
    """Stores a place of a camera as a new preset, wherever the camera looks now.

    com_port: Empty for a camera that is not driven on a serial port.
    preview: A picture, as base64.
    """

    method: ClassVar[str] = "addVideoCapturerPreset"
    reply: ClassVar[type[Reply]] = PresetReply

    camera_name: str = msgspec.field(name="videoCapturerName")
    is_muted: bool
    com_port: str
    pan: Place
    tilt: Place
    zoom: Place
    preview: Place


@command
class ChangePreset(Command, frozen=True, kw_only=True):
    """Stores a place of a camera in a preset that exists, wherever the camera looks now.

    com_port: Empty for a camera that is not driven on a serial port.
    preview: A picture, as base64.
    """

    method: ClassVar[str] = "updateVideoCapturerPreset"

    preset_id: str
    camera_name: str = msgspec.field(name="videoCapturerName")
    is_muted: bool
    com_port: str
    pan: Place
    tilt: Place
    zoom: Place
    preview: Place


@command
class RemovePreset(Command, frozen=True, kw_only=True):
    """Removes a preset."""

    method: ClassVar[str] = "removeVideoCapturerPreset"

    preset_id: str


@event
class PresetAdded(Event, frozen=True, kw_only=True):
    """There is a new preset."""

    event: ClassVar[str] = "videoCapturerPresetAdded"

    preset_id: str = ""
    name: str = ""
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    is_muted: bool | None = None
    com_port: str = ""
    pan: Place | None = None
    tilt: Place | None = None
    zoom: Place | None = None
    preview: Place | None = None


@event
class PresetUpdated(Event, frozen=True, kw_only=True):
    """A preset has a new position."""

    event: ClassVar[str] = "videoCapturerPresetUpdated"

    preset_id: str = ""
    name: str = ""
    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    is_muted: bool | None = None
    com_port: str = ""
    pan: Place | None = None
    tilt: Place | None = None
    zoom: Place | None = None
    preview: Place | None = None


@event
class PresetRemoved(Event, frozen=True, kw_only=True):
    """A preset is gone."""

    event: ClassVar[str] = "videoCapturerPresetRemoved"

    preset_id: str = ""


@event
class PresetApplied(Event, frozen=True, kw_only=True):
    """The camera goes to a preset."""

    event: ClassVar[str] = "videoCapturerPresetApplied"

    preset_id: str = ""
    name: str = ""
