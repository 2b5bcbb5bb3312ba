"""The mutes of microphone, loudspeaker and camera."""

from typing import Literal

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.parameters import FLAG
from appliance.simulator.model.common.table import Request, Rule, Table, asking, given

Device = Literal["mic", "audio", "video"]

MUTE_EVENTS: dict[Device, str] = {
    "mic": "audioCapturerMute",
    "audio": "audioRendererMute",
    "video": "videoCapturerMute",
}


class Mutes:
    """Microphone, loudspeaker and camera, muted or not."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.muted: dict[str, bool] = dict.fromkeys(MUTE_EVENTS, False)

    def set(self, device: Device, *, mute: bool) -> None:
        """Mutes or unmutes; reported only if that changes something."""
        if self.muted[device] is not mute:
            self.muted[device] = mute
            self._emit(MUTE_EVENTS[device], mute=mute)

    def reset(self) -> None:
        """Unmutes everything without a report, as a restart does."""
        self.muted = dict.fromkeys(MUTE_EVENTS, False)


def _set(device: Device) -> Rule[Mutes]:
    def run(mutes: Mutes, request: Request) -> None:
        mutes.set(device, mute=request["mute"])

    return given(run, {"mute": FLAG}, events=(MUTE_EVENTS[device],))


def _get(device: Device) -> Rule[Mutes]:
    return asking(lambda mutes: {"mute": mutes.muted[device]})


MUTES: Table[Mutes] = {
    "getMicMute": _get("mic"),
    "setMicMute": _set("mic"),
    "getAudioMute": _get("audio"),
    "setAudioMute": _set("audio"),
    "getVideoMute": _get("video"),
    "setVideoMute": _set("video"),
}
