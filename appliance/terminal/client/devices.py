"""Microphones, loudspeakers, cameras: muting, choosing and testing them.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.devices import (
    GetAudioMute,
    GetMicMute,
    GetVideoMute,
    MuteReply,
    SetAudioMute,
    SetMicMute,
    SetVideoMute,
)
from appliance.terminal.messages.hardware import (
    BitrateReply,
    EchoTestReply,
    GetBitrate,
    GetEchoTest,
    GetHardware,
    GetModes,
    GetRotation,
    GetSoundDevice,
    HardwareReply,
    ModesReply,
    RotationReply,
    SetCamera,
    SetLoudspeaker,
    SetMicrophone,
    SetModes,
    SetRotation,
    SetSoundDevice,
    SoundDeviceReply,
    StartEchoTest,
    StartMicTest,
    StopEchoTest,
    StopMicTest,
    TestLoudspeaker,
)


class Devices(CommandGroup):
    """Microphones, loudspeakers, cameras: muting, choosing and testing them."""

    async def mic_muted(self) -> MuteReply:
        """Asks whether the microphone is muted.

        Method `getMicMute`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetMicMute(), MuteReply)

    async def audio_muted(self) -> MuteReply:
        """Asks whether the loudspeaker is muted.

        Method `getAudioMute`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetAudioMute(), MuteReply)

    async def video_muted(self) -> MuteReply:
        """Asks whether the camera is muted.

        Method `getVideoMute`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetVideoMute(), MuteReply)

    async def mute_mic(self, *, mute: bool) -> None:
        """Mutes or unmutes the microphone.

        `mute`: True: muted.

        Method `setMicMute`; for administrator and user. May be followed by: audioCapturerMute. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetMicMute(mute=mute), Reply)

    async def mute_audio(self, *, mute: bool) -> None:
        """Mutes or unmutes the loudspeaker.

        `mute`: True: muted.

        Method `setAudioMute`; for administrator and user. May be followed by: audioRendererMute. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetAudioMute(mute=mute), Reply)

    async def mute_video(self, *, mute: bool) -> None:
        """Mutes or unmutes the camera.

        `mute`: True: muted.

        Method `setVideoMute`; for administrator and user. May be followed by: videoCapturerMute. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetVideoMute(mute=mute), Reply)

    async def list(self) -> HardwareReply:
        """Asks for the devices, those in use, and what can be shown to the others.

        Method `getHardware`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetHardware(), HardwareReply)

    async def choose_microphone(self, name: str, description: str) -> None:
        """Chooses the microphone.

        `name`: As `getHardware` lists it, or `none`.
        `description`: As `getHardware` lists it; `none` where `name` is.

        Method `setAudioCapturer`; for administrator and user. May be followed by: hardwareChanged, settingsChanged.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetMicrophone(name=name, description=description), Reply)

    async def choose_loudspeaker(self, name: str, description: str) -> None:
        """Chooses the loudspeaker.

        `name`: As `getHardware` lists it, or `none`.
        `description`: As `getHardware` lists it; `none` where `name` is.

        Method `setAudioRenderer`; for administrator and user. May be followed by: hardwareChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetLoudspeaker(name=name, description=description), Reply)

    async def choose_camera(self, name: str, description: str) -> None:
        """Chooses the camera.

        `name`: As `getHardware` lists it, or `none`.
        `description`: As `getHardware` lists it; `none` where `name` is.

        Method `setVideoCapturer`; for administrator and user. May be followed by: hardwareChanged,
        ptzControlsChanged, updateCameraInfo. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetCamera(name=name, description=description), Reply)

    async def sound_device(self) -> SoundDeviceReply:
        """Asks where the terminal's own sounds (the ringing) are played.

        Method `getAppSndDev`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetSoundDevice(), SoundDeviceReply)

    async def choose_sound_device(self, name: str, description: str) -> None:
        """Chooses where the terminal's own sounds (the ringing) are played.

        `name`: As `getHardware` lists it, or `none`.
        `description`: As `getHardware` lists it; `none` where `name` is.

        Method `setAppSndDev`; for administrator and user. May be followed by: appSndDevChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetSoundDevice(name=name, description=description), Reply)

    async def modes(self) -> ModesReply:
        """Asks for the modes and input pins of the capture board in use.

        Method `getModes`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetModes(), ModesReply)

    async def set_modes(self, pin: str, mode: str) -> None:
        """Chooses mode and input pin of the capture board in use.

        `pin`: One of `getModes`.
        `mode`: One of `getModes`.

        Method `setModes`; for administrator and user. May be followed by: deviceModesDone. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetModes(pin=pin, mode=mode), Reply)

    async def test_loudspeaker(self) -> None:
        """Plays a test sound once.

        Method `testAudioRenderer`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(TestLoudspeaker(), Reply)

    async def start_mic_test(self) -> None:
        """Begins to measure the microphone; levels come as events. Not in a conference.

        Method `testAudioCapturerStart`; for administrator and user. May be followed by:
        testAudioCapturerStateChanged, testAudioCapturerLevel. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartMicTest(), Reply)

    async def stop_mic_test(self) -> None:
        """Ends measuring the microphone.

        Method `testAudioCapturerStop`; for administrator and user. May be followed by:
        testAudioCapturerStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopMicTest(), Reply)

    async def echo_test(self) -> EchoTestReply:
        """Asks for the state of the echo test.

        Method `getAudioDelayDetectorInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetEchoTest(), EchoTestReply)

    async def start_echo_test(self) -> None:
        """Starts the echo test.

        Method `startAudioDelayDetectorTest`; for administrator and user. May be followed by:
        audioDelayDetectorTestStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StartEchoTest(), Reply)

    async def stop_echo_test(self) -> None:
        """Stops the echo test.

        Method `stopAudioDelayDetectorTest`; for administrator and user. May be followed by:
        audioDelayDetectorTestStateChanged. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(StopEchoTest(), Reply)

    async def bitrate(self) -> BitrateReply:
        """Asks how much the terminal sends.

        Method `getOutgoingBitrate`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetBitrate(), BitrateReply)

    async def rotation(self) -> RotationReply:
        """Asks how far the own picture is turned.

        Method `getOutputSelfVideoRotateAngle`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetRotation(), RotationReply)

    async def rotate(self, angle: int) -> None:
        """Turns the own picture.

        `angle`: Degrees: 0, 90, 180 or 270.

        Method `setOutputSelfVideoRotateAngle`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`.
        """
        await self._ask(SetRotation(angle=angle), Reply)
