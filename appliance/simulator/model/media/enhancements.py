"""What newer terminals do to the own picture and sound: background and noise. The manual does not have it."""

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.parameters import FLAG, NUMBERED
from appliance.simulator.model.common.table import Fields, Request, Table, asking, given

EVENTS = {"blur": "blurChanged", "noise": "noiseSuppressionChanged"}


class Enhancements:
    """Blurred or replaced background, and noise suppression; they survive a restart."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.on = {"blur": False, "noise": True}
        self.background: Fields = {"enabled": False}

    def switch(self, which: str, *, enabled: bool) -> None:
        """Switches the blur or the noise suppression; reported only if that changes something."""
        if enabled is not self.on[which]:
            self.on[which] = enabled
            self._emit(EVENTS[which], enabled=enabled)

    def replace(self, file_id: int | str, *, enabled: bool) -> None:
        """Replaces the background by a picture, or does so no longer."""
        wanted: Fields = {"fileId": file_id, "enabled": enabled}
        if wanted != self.background:
            self.background = wanted
            self._emit("replaceBackgroundChanged", **wanted)


def _blur(enhancements: Enhancements, request: Request) -> None:
    enhancements.switch("blur", enabled=request["enabled"])


def _noise(enhancements: Enhancements, request: Request) -> None:
    enhancements.switch("noise", enabled=request["enabled"])


def _background(enhancements: Enhancements, request: Request) -> None:
    enhancements.replace(request["fileId"], enabled=request["enabled"])


ENHANCEMENTS: Table[Enhancements] = {
    "getBlur": asking(lambda enhancements: {"enabled": enhancements.on["blur"]}),
    "setBlur": given(_blur, {"enabled": FLAG}, events=("blurChanged",)),
    "getNoiseSuppression": asking(lambda enhancements: {"enabled": enhancements.on["noise"]}),
    "setNoiseSuppression": given(_noise, {"enabled": FLAG}, events=("noiseSuppressionChanged",)),
    "getReplaceBackground": asking(lambda enhancements: dict(enhancements.background)),
    "setReplaceBackground": given(
        _background, {"fileId": NUMBERED, "enabled": FLAG}, events=("replaceBackgroundChanged",)
    ),
}
