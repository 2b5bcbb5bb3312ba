"""Layout of the video, one window at a time, as newer terminals take it."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, command, event
from appliance.terminal.messages.newer.values import NewerMatrixType


@command
class SetLayoutType(Command, frozen=True, kw_only=True):
    """Changes how the video windows are laid out, and leaves who is shown as it is."""

    method: ClassVar[str] = "changeVideoMatrixType"

    matrix_type: NewerMatrixType


@command
class SwapSlots(Command, frozen=True, kw_only=True):
    """Swaps two video windows; not those on a monitor of their own, nor the own picture over the layout.

    first: A participant as `getVideoMatrix` names them: user, server and instance.
    second: Another participant, named in the same way.
    """

    method: ClassVar[str] = "swapVideoSlots"

    first: str = msgspec.field(name="callId1")
    second: str = msgspec.field(name="callId2")


@command
class HideSlot(Command, frozen=True, kw_only=True):
    """Hides a participant's video window."""

    method: ClassVar[str] = "hideVideoSlot"

    call_id: str


@command
class ShowSlot(Command, frozen=True, kw_only=True):
    """Shows a participant's video window that was hidden."""

    method: ClassVar[str] = "showVideoSlot"

    call_id: str


class CropReply(Reply, frozen=True, kw_only=True):
    """Reply to `getCrop`."""

    enabled: bool | None = None


@command
class GetCrop(Command, frozen=True, kw_only=True):
    """Asks whether pictures are cut to fill their windows."""

    method: ClassVar[str] = "getCrop"
    reply: ClassVar[type[Reply]] = CropReply


@command
class SetCrop(Command, frozen=True, kw_only=True):
    """Chooses whether pictures are cut to fill their windows."""

    method: ClassVar[str] = "setCrop"

    enabled: bool


@event
class CropChanged(Event, frozen=True, kw_only=True):
    """Pictures are cut to fill their windows, or no longer.

    status: Of a type that no source tells.
    """

    event: ClassVar[str] = "cropChanged"

    status: Any = msgspec.field(name="cropImageStatus", default=None)


@event
class AudioReceivingChanged(Event, frozen=True, kw_only=True):
    """The terminal receives a participant's sound, or no longer."""

    event: ClassVar[str] = "enableAudioReceivingChanged"

    peer_id: str = ""
    enable: bool | None = None


@event
class VideoReceivingChanged(Event, frozen=True, kw_only=True):
    """The terminal receives a participant's picture, or no longer."""

    event: ClassVar[str] = "enableVideoReceivingChanged"

    peer_id: str = ""
    enable: bool | None = None


@event
class RotationChanged(Event, frozen=True, kw_only=True):
    """The own picture is turned otherwise.

    angle: Degrees.
    """

    event: ClassVar[str] = "outputSelfVideoRotateAngleChanged"

    angle: int | None = msgspec.field(name="rotateAngle", default=None)
