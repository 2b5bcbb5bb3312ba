"""Microphones, loudspeakers, cameras and capture boards: choosing and testing them."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import EchoTestState, VideoCodec, VideoFormat
from appliance.terminal.messages.parts import Device


class ContentSource(Wire, frozen=True, kw_only=True):
    """A window or monitor that can be shown to the others."""

    id: int
    name: str = ""


class HardwareReply(Reply, frozen=True, kw_only=True):
    """Reply to `getHardware`.

    microphone_name: `none` where none is chosen.
    microphone_type: Newer terminals only, as are the next ones; the numbers are not known.
    com_ports: Serial ports on which the terminal itself could drive a camera.
    """

    microphones: tuple[Device, ...] = msgspec.field(name="audioCapturers", default=())
    loudspeakers: tuple[Device, ...] = msgspec.field(name="audioRenderers", default=())
    cameras: tuple[Device, ...] = msgspec.field(name="videoCapturers", default=())
    microphone_name: str = msgspec.field(name="currentAudioCapturerName", default="")
    microphone_description: str = msgspec.field(name="currentAudioCapturerDescription", default="")
    loudspeaker_name: str = msgspec.field(name="currentAudioRendererName", default="")
    loudspeaker_description: str = msgspec.field(name="currentAudioRendererDescription", default="")
    camera_name: str = msgspec.field(name="currentVideoCapturerName", default="")
    camera_description: str = msgspec.field(name="currentVideoCapturerDescription", default="")
    content_sources: tuple[ContentSource, ...] = msgspec.field(name="DSCaptureList", default=())
    microphone_type: int | None = msgspec.field(name="currentAudioCapturerType", default=None)
    loudspeaker_type: int | None = msgspec.field(name="currentAudioRendererType", default=None)
    camera_type: int | None = msgspec.field(name="currentVideoCapturerType", default=None)
    com_ports: tuple[str, ...] = ()
    default_content_source: str = ""


@command
class GetHardware(Command, frozen=True, kw_only=True):
    """Asks for the devices, those in use, and what can be shown to the others."""

    method: ClassVar[str] = "getHardware"
    reply: ClassVar[type[Reply]] = HardwareReply


@command
class SetMicrophone(Command, frozen=True, kw_only=True):
    """Chooses the microphone.

    name: As `getHardware` lists it, or `none`.
    description: As `getHardware` lists it; `none` where `name` is.
    """

    method: ClassVar[str] = "setAudioCapturer"

    name: str
    description: str


@command
class SetLoudspeaker(Command, frozen=True, kw_only=True):
    """Chooses the loudspeaker.

    name: As `getHardware` lists it, or `none`.
    description: As `getHardware` lists it; `none` where `name` is.
    """

    method: ClassVar[str] = "setAudioRenderer"

    name: str
    description: str


@command
class SetCamera(Command, frozen=True, kw_only=True):
    """Chooses the camera.

    name: As `getHardware` lists it, or `none`.
    description: As `getHardware` lists it; `none` where `name` is.
    """

    method: ClassVar[str] = "setVideoCapturer"

    name: str
    description: str


class SoundDeviceReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAppSndDev`."""

    name: str = ""
    description: str = ""


@command
class GetSoundDevice(Command, frozen=True, kw_only=True):
    """Asks where the terminal's own sounds (the ringing) are played."""

    method: ClassVar[str] = "getAppSndDev"
    reply: ClassVar[type[Reply]] = SoundDeviceReply


@command
class SetSoundDevice(Command, frozen=True, kw_only=True):
    """Chooses where the terminal's own sounds (the ringing) are played.

    name: As `getHardware` lists it, or `none`.
    description: As `getHardware` lists it; `none` where `name` is.
    """

    method: ClassVar[str] = "setAppSndDev"

    name: str
    description: str


class ModesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getModes`.

    camera_description: Newer terminals only.
    """

    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    active_mode: str = ""
    active_pin: str = ""
    modes: tuple[str, ...] = msgspec.field(name="modeList", default=())
    pins: tuple[str, ...] = msgspec.field(name="pinList", default=())
    supports_ptz: bool | None = msgspec.field(name="supportPTZ", default=None)


@command
class GetModes(Command, frozen=True, kw_only=True):
    """Asks for the modes and input pins of the capture board in use."""

    method: ClassVar[str] = "getModes"
    reply: ClassVar[type[Reply]] = ModesReply


@command
class SetModes(Command, frozen=True, kw_only=True):
    """Chooses mode and input pin of the capture board in use.

    pin: One of `getModes`.
    mode: One of `getModes`.
    """

    method: ClassVar[str] = "setModes"

    pin: str
    mode: str


@command
class TestLoudspeaker(Command, frozen=True, kw_only=True):
    """Plays a test sound once."""

    method: ClassVar[str] = "testAudioRenderer"


@command
class StartMicTest(Command, frozen=True, kw_only=True):
    """Begins to measure the microphone; levels come as events. Not in a conference."""

    method: ClassVar[str] = "testAudioCapturerStart"


@command
class StopMicTest(Command, frozen=True, kw_only=True):
    """Ends measuring the microphone."""

    method: ClassVar[str] = "testAudioCapturerStop"


class EchoTestReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAudioDelayDetectorInfo`.

    delay: Milliseconds.
    """

    state: EchoTestState
    delay: int = 0


@command
class GetEchoTest(Command, frozen=True, kw_only=True):
    """Asks for the state of the echo test."""

    method: ClassVar[str] = "getAudioDelayDetectorInfo"
    reply: ClassVar[type[Reply]] = EchoTestReply


@command
class StartEchoTest(Command, frozen=True, kw_only=True):
    """Starts the echo test."""

    method: ClassVar[str] = "startAudioDelayDetectorTest"


@command
class StopEchoTest(Command, frozen=True, kw_only=True):
    """Stops the echo test."""

    method: ClassVar[str] = "stopAudioDelayDetectorTest"


class BitrateReply(Reply, frozen=True, kw_only=True):
    """Reply to `getOutgoingBitrate`.

    bitrate: Kbit/s.
    """

    bitrate: int


@command
class GetBitrate(Command, frozen=True, kw_only=True):
    """Asks how much the terminal sends."""

    method: ClassVar[str] = "getOutgoingBitrate"
    reply: ClassVar[type[Reply]] = BitrateReply


class RotationReply(Reply, frozen=True, kw_only=True):
    """Reply to `getOutputSelfVideoRotateAngle`.

    angle: Degrees: 0, 90, 180 or 270.
    """

    angle: int = msgspec.field(name="outputSelfVideoRotateAngle")


@command
class GetRotation(Command, frozen=True, kw_only=True):
    """Asks how far the own picture is turned."""

    method: ClassVar[str] = "getOutputSelfVideoRotateAngle"
    reply: ClassVar[type[Reply]] = RotationReply


@command
class SetRotation(Command, frozen=True, kw_only=True):
    """Turns the own picture.

    angle: Degrees: 0, 90, 180 or 270.
    """

    method: ClassVar[str] = "setOutputSelfVideoRotateAngle"

    angle: int = msgspec.field(name="rotateAngle")


@event
class HardwareChanged(Event, frozen=True, kw_only=True):
    """Devices came or went, or others are in use.

    microphone_name: `none` where none is chosen.
    """

    event: ClassVar[str] = "hardwareChanged"
    also: ClassVar[dict[str, str]] = {  # the manual's list spells them as getHardware does, its example otherwise
        "audioCapturer": "audioCapturers",
        "audioRenderer": "audioRenderers",
        "videoCapturer": "videoCapturers",
        "audioCapturerName": "currentAudioCapturerName",
        "audioCapturerDescription": "currentAudioCapturerDescription",
        "audioRendererName": "currentAudioRendererName",
        "audioRendererDescription": "currentAudioRendererDescription",
        "videoCapturerName": "currentVideoCapturerName",
        "videoCapturerDescription": "currentVideoCapturerDescription",
    }

    microphones: tuple[Device, ...] = msgspec.field(name="audioCapturers", default=())
    loudspeakers: tuple[Device, ...] = msgspec.field(name="audioRenderers", default=())
    cameras: tuple[Device, ...] = msgspec.field(name="videoCapturers", default=())
    microphone_name: str = msgspec.field(name="currentAudioCapturerName", default="")
    microphone_description: str = msgspec.field(name="currentAudioCapturerDescription", default="")
    loudspeaker_name: str = msgspec.field(name="currentAudioRendererName", default="")
    loudspeaker_description: str = msgspec.field(name="currentAudioRendererDescription", default="")
    camera_name: str = msgspec.field(name="currentVideoCapturerName", default="")
    camera_description: str = msgspec.field(name="currentVideoCapturerDescription", default="")
    content_sources: tuple[ContentSource, ...] = msgspec.field(name="DSCaptureList", default=())
    microphone_type: int | None = msgspec.field(name="currentAudioCapturerType", default=None)
    loudspeaker_type: int | None = msgspec.field(name="currentAudioRendererType", default=None)
    camera_type: int | None = msgspec.field(name="currentVideoCapturerType", default=None)


@event
class SoundDeviceChanged(Event, frozen=True, kw_only=True):
    """The terminal's own sounds are played elsewhere."""

    event: ClassVar[str] = "appSndDevChanged"

    name: str = ""
    description: str = ""


@event
class ModesChanged(Event, frozen=True, kw_only=True):
    """The capture board has another mode or pin."""

    event: ClassVar[str] = "deviceModesDone"

    camera_name: str = msgspec.field(name="videoCapturerName", default="")
    camera_description: str = msgspec.field(name="videoCapturerDescription", default="")
    active_mode: str = ""
    active_pin: str = ""
    modes: tuple[str, ...] = msgspec.field(name="modeList", default=())
    pins: tuple[str, ...] = msgspec.field(name="pinList", default=())
    supports_ptz: bool | None = msgspec.field(name="supportPTZ", default=None)


@event
class MicTestChanged(Event, frozen=True, kw_only=True):
    """The microphone test began or ended."""

    event: ClassVar[str] = "testAudioCapturerStateChanged"

    started: bool


@event
class MicLevel(Event, frozen=True, kw_only=True):
    """How loud the microphone hears, during its test.

    level: 0 to 1.
    """

    event: ClassVar[str] = "testAudioCapturerLevel"

    level: float = msgspec.field(name="lvl")


@event
class EchoTestChanged(Event, frozen=True, kw_only=True):
    """The echo test has another state.

    delay: Milliseconds.
    """

    event: ClassVar[str] = "audioDelayDetectorTestStateChanged"

    state: EchoTestState
    delay: int = 0


@event
class BitrateChanged(Event, frozen=True, kw_only=True):
    """The terminal sends more or less.

    bitrate: Kbit/s.
    """

    event: ClassVar[str] = "outgoingBitrateChanged"

    bitrate: int


@event
class CameraInfoChanged(Event, frozen=True, kw_only=True):
    """What the camera delivers, and what is sent, has another format or size.

    camera_width: Pixels.
    camera_height: Pixels.
    camera_framerate: As the terminal counts it; 2400 stands for 24 frames a second in the manual's examples.
    send_width: Pixels.
    send_height: Pixels.
    """

    event: ClassVar[str] = "updateCameraInfo"

    camera_width: int | None = None
    camera_height: int | None = None
    camera_framerate: float | None = None
    send_width: int | None = None
    send_height: int | None = None
    format: VideoFormat | None = None
    send_format: VideoCodec | None = None
    send_framerate: float | None = None
    stereo: bool | None = None
