"""What the terminal does to sound and picture, and how it drives the camera."""

from typing import ClassVar, Literal

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, command, event


class EnabledReply(Reply, frozen=True, kw_only=True):
    """Reply that says whether something is on."""

    enabled: bool | None = None


@command
class GetBlur(Command, frozen=True, kw_only=True):
    """Asks whether the background of the picture is blurred."""

    method: ClassVar[str] = "getBlur"
    reply: ClassVar[type[Reply]] = EnabledReply


@command
class SetBlur(Command, frozen=True, kw_only=True):
    """Blurs the background of the picture, or does so no longer."""

    method: ClassVar[str] = "setBlur"

    enabled: bool


@event
class BlurChanged(Event, frozen=True, kw_only=True):
    """The background of the picture is blurred, or no longer."""

    event: ClassVar[str] = "blurChanged"

    enabled: bool | None = None


class CameraBackgroundReply(Reply, frozen=True, kw_only=True):
    """Reply to `getReplaceBackground`."""

    enabled: bool | None = None
    file_id: FileId | None = None


@command
class GetCameraBackground(Command, frozen=True, kw_only=True):
    """Asks whether the background of the picture is replaced, and by which file."""

    method: ClassVar[str] = "getReplaceBackground"
    reply: ClassVar[type[Reply]] = CameraBackgroundReply


@command
class SetCameraBackground(Command, frozen=True, kw_only=True):
    """Replaces the background of the picture, or does so no longer."""

    method: ClassVar[str] = "setReplaceBackground"

    file_id: FileId
    enabled: bool


@event
class CameraBackgroundChanged(Event, frozen=True, kw_only=True):
    """The background of the picture is replaced by something else."""

    event: ClassVar[str] = "replaceBackgroundChanged"

    enabled: bool | None = None
    file_id: FileId | None = None


@command
class GetNoiseSuppression(Command, frozen=True, kw_only=True):
    """Asks whether noise is suppressed."""

    method: ClassVar[str] = "getNoiseSuppression"
    reply: ClassVar[type[Reply]] = EnabledReply


@command
class SetNoiseSuppression(Command, frozen=True, kw_only=True):
    """Suppresses noise, or does so no longer."""

    method: ClassVar[str] = "setNoiseSuppression"

    enabled: bool


@event
class NoiseSuppressionChanged(Event, frozen=True, kw_only=True):
    """Noise is suppressed, or no longer."""

    event: ClassVar[str] = "noiseSuppressionChanged"

    enabled: bool | None = None


class ComPortReply(Reply, frozen=True, kw_only=True):
    """Reply to `getComPort`.

    port: Empty where the terminal drives no camera by itself.
    """

    port: str = ""


@command
class GetComPort(Command, frozen=True, kw_only=True):
    """Asks on which serial port the terminal itself drives the camera."""

    method: ClassVar[str] = "getComPort"
    reply: ClassVar[type[Reply]] = ComPortReply


@command
class SetComPort(Command, frozen=True, kw_only=True):
    """Chooses the serial port on which the terminal itself drives the camera.

    port: Presumably empty for none.
    """

    method: ClassVar[str] = "setComPort"

    port: str


@event
class ComPortChanged(Event, frozen=True, kw_only=True):
    """The terminal drives the camera on another serial port, or on none."""

    event: ClassVar[str] = "comPortChanged"

    port: str | None = None


@command
class SetInverted(Command, frozen=True, kw_only=True):
    """Turns an axis of the camera in use the other way round."""

    method: ClassVar[str] = "setCurrentPtzPropertyInverted"

    axis: Literal["pan", "tilt", "zoom"] = msgspec.field(name="property")
    inverted: bool


@command
class SetDefaultContent(Command, frozen=True, kw_only=True):
    """Chooses what is shown to the others where nothing else is chosen."""

    method: ClassVar[str] = "setDefaultContentSource"

    name: str
