"""Mutes and settings of the terminal."""

from collections.abc import Callable
from typing import Any, Literal

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import FLAG, Kind, between, one_of, whole

Device = Literal["mic", "audio", "video"]

MUTE_EVENTS = {"mic": "audioCapturerMute", "audio": "audioRendererMute", "video": "videoCapturerMute"}


class Mutes:
    """Microphone, loudspeaker and camera, muted or not."""

    def __init__(self, emit: Callable[..., None]) -> None:
        self._emit = emit
        self.muted: dict[str, bool] = dict.fromkeys(MUTE_EVENTS, False)

    def set(self, device: Device, *, mute: bool) -> None:
        """Mutes or unmutes; told only where it changes something."""
        if self.muted[device] is not mute:
            self.muted[device] = mute
            self._emit(MUTE_EVENTS[device], mute=mute)

    def reset(self) -> None:
        """As after a restart: nothing is muted, and nobody is there to be told."""
        self.muted = dict.fromkeys(MUTE_EVENTS, False)


BANDWIDTH = whole(32, 100_000)
MATRIX = whole(0, 6)
MASK = whole(1, 7)

# name -> (value at first start, what may be set); these are the same for every user of the terminal
GLOBAL: dict[str, tuple[Any, Kind]] = {
    "aecEnable": (True, FLAG),
    "agcEnable": (False, FLAG),
    "audioCapturerLevel": (0.7, between(-1, 1)),  # -1: the system decides
    "audioPlayLevel": (0.5, between(0, 1)),
    "audioReceivingMask": (1, MASK),
    "bestQualityForHttpServerImages": (True, FLAG),
    "cameraRemoteControlAccess": (0, whole(0, 2)),
    "changeUserAuthPinAfterConf": (False, FLAG),
    "displayNameAlign": (1, whole(1, 2)),
    "enableAutologin": (True, FLAG),
    "highlightActiveSpeakers": (True, FLAG),
    "language": ("en", one_of("ru", "pl", "en", "es")),
    "showCurrentUserWidget": (True, FLAG),
    "showIncomingRequestWidget": (True, FLAG),
    "showInfoConnect": (True, FLAG),
    "showInfoWidgets": (True, FLAG),
    "showLogo": (True, FLAG),
    "showTime": (True, FLAG),
    "showUpcomingMeetings": (True, FLAG),
    "switchToActiveSpeaker": (True, FLAG),
    "videoReceivingMask": (1, MASK),
}

# the same for the user who is logged in to the server; hidden while nobody is
LOCAL: dict[str, tuple[Any, Kind]] = {
    "appShowUserNameLabels": (True, FLAG),
    "autoAccept": (False, FLAG),
    "autoAcceptPodiumFromOwner": (False, FLAG),
    "autoAllowPartToTakePodium": (False, FLAG),
    "defaultMultiConfMatrix": (2, MATRIX),
    "defaultP2PMatrix": (1, MATRIX),
    "forbidDirectConnection": (False, FLAG),
    "inputBandWidth": (4096, BANDWIDTH),
    "outputBandWidth": (1024, BANDWIDTH),
    "record": (2, whole(0, 3)),
    "rejectCallsNotFromAB": (False, FLAG),
    "restoreWindowWhenCall": (False, FLAG),
    "selfViewMirror": (True, FLAG),
    "showFileTransferTools": (False, FLAG),
}

# settings whose changes are told once more, under their own name
WITH_EVENT = frozenset(
    {"showCurrentUserWidget", "showFileTransferTools", "showIncomingRequestWidget", "showUpcomingMeetings"}
)


class Settings:
    """The settings by name; survive a restart."""

    def __init__(self, emit: Callable[..., None]) -> None:
        self._emit = emit
        self.values: dict[str, Any] = {name: value for name, (value, _) in {**GLOBAL, **LOCAL}.items()}

    def visible(self, *, logged_in: bool) -> list[dict[str, Any]]:
        """The settings as `getSettings` lists them."""
        return [{"name": n, "value": v} for n, v in self.values.items() if logged_in or n in GLOBAL]

    def change(self, wanted: dict[str, Any], *, logged_in: bool) -> None:
        """Sets every one of `wanted`, or refuses and sets none."""
        allowed = {**GLOBAL, **LOCAL} if logged_in else GLOBAL
        for name, value in wanted.items():
            if name not in allowed:
                raise Refused(f"{errors.UNKNOWN_SETTING}: {name}")
            kind = allowed[name][1]
            if not kind.accepts(value):
                raise Refused(f"wrong parameter: settings.{name} must be {kind.name}")
        for name, value in wanted.items():
            self._set(name, value)

    def _set(self, name: str, value: object) -> None:
        if self.values[name] != value:
            self.values[name] = value
            self._emit("settingsChanged", name=name, value=value)
            if name in WITH_EVENT:
                self._emit(name, show=value)
