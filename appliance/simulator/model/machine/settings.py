"""The settings of the terminal."""

from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import FLAG, Kind, between, one_of, whole

BANDWIDTH = whole(32, 100_000)
MATRIX = whole(0, 6)
MASK = whole(1, 7)
LEVEL = "audioCapturerLevel"
NO_MICROPHONE = -1  # in place of the level

# name -> (default, values allowed); these apply to every user of the terminal
GLOBAL: dict[str, tuple[Any, Kind]] = {
    "aecEnable": (True, FLAG),
    "agcEnable": (False, FLAG),
    LEVEL: (0.7, between(0, 1)),
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

# those of the user who is logged in to the server; hidden while nobody is
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

# settings whose changes cause a second event, named as the setting is
WITH_EVENT = frozenset(
    {"showCurrentUserWidget", "showFileTransferTools", "showIncomingRequestWidget", "showUpcomingMeetings"}
)


class Settings:
    """The settings by name; they survive a restart. The level of the microphone is -1 while there is none."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.values: dict[str, Any] = {name: value for name, (value, _) in {**GLOBAL, **LOCAL}.items()}
        self._level = self.values[LEVEL]  # of the microphone, if there is one

    def microphone(self, *, there: bool) -> None:
        """Follows the microphone: without one there is no level, and with one again it is as it was."""
        if there is (self.values[LEVEL] != NO_MICROPHONE):
            return
        self._level = self._level if there else self.values[LEVEL]
        self._set(LEVEL, self._level if there else NO_MICROPHONE)

    def visible(self, *, logged_in: bool) -> list[dict[str, Any]]:
        """Returns the settings as `getSettings` lists them."""
        return [{"name": n, "value": v} for n, v in self.values.items() if logged_in or n in GLOBAL]

    def change(self, wanted: dict[str, Any], *, logged_in: bool) -> None:
        """Sets all of `wanted`; refused, and nothing is set, if one of them is unknown or has a wrong value."""
        allowed = {**GLOBAL, **LOCAL} if logged_in else GLOBAL
        for name, value in wanted.items():
            if name not in allowed:
                raise Refused(f"{errors.UNKNOWN_SETTING}: {name}")
            if name == LEVEL and self.values[LEVEL] == NO_MICROPHONE:
                raise Refused(f"wrong parameter: settings.{name}: {errors.NO_MICROPHONE}")
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
