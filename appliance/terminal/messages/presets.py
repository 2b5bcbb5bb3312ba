"""Camera presets of newer terminals (4.2 and later).

They are not in the manual: an older terminal refuses them, and the shapes are what was observed.
"""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event


class Preset(Wire, frozen=True, kw_only=True):
    """A stored position of the camera."""

    preset_id: str
    name: str = ""


class PresetReply(Reply, frozen=True, kw_only=True):
    """Reply to `addPresetFromCurrentVideoCapturer`."""

    preset_id: str = ""


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

    preset_id: str


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


@event
class PresetUpdated(Event, frozen=True, kw_only=True):
    """A preset has a new position."""

    event: ClassVar[str] = "videoCapturerPresetUpdated"

    preset_id: str = ""
    name: str = ""


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
