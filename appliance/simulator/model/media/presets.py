"""What terminals from 4.2 on have besides the manual: camera presets and sleep."""

from typing import TYPE_CHECKING, Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import FLAG, STRING, TEXT
from appliance.simulator.model.table import Fields, Request, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal


class Preset(msgspec.Struct, frozen=True):
    """A position of the camera under an id."""

    id: str
    name: str
    positions: dict[str, float]

    def on_wire(self) -> dict[str, Any]:
        """The preset as replies and events have it."""
        return {"presetId": self.id, "name": self.name}


class Presets:
    """The camera's presets in the order in which they were made; they survive a restart."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._count = 0
        self._presets: dict[str, Preset] = {}

    def describe(self) -> Fields:
        """The fields of the reply to `getAllVideoCapturerPresets`."""
        return {"presets": [preset.on_wire() for preset in self._presets.values()]}

    def add(self, name: str) -> Fields:
        """Remembers where the camera is; the fields of the reply."""
        self._count += 1
        preset = self._keep(str(self._count), name or f"Preset {self._count}")
        self._terminal.emit("videoCapturerPresetAdded", **preset.on_wire())
        return {"presetId": preset.id}

    def update(self, preset_id: str) -> None:
        """Remembers where the camera is now instead."""
        preset = self._keep(preset_id, self._get(preset_id).name)
        self._terminal.emit("videoCapturerPresetUpdated", **preset.on_wire())

    def remove(self, preset_id: str) -> None:
        """Forgets a preset."""
        del self._presets[self._get(preset_id).id]
        self._terminal.emit("videoCapturerPresetRemoved", presetId=preset_id)

    def apply(self, preset_id: str) -> None:
        """Moves the camera to a preset."""
        preset = self._get(preset_id)
        for axis, position in preset.positions.items():
            self._terminal.camera.place(axis, position)  # type: ignore[arg-type]  # the camera's own axes
        self._terminal.emit("videoCapturerPresetApplied", presetId=preset_id)

    def _keep(self, preset_id: str, name: str) -> Preset:
        self._terminal.camera.require()
        self._presets[preset_id] = Preset(preset_id, name, self._terminal.camera.positions())
        return self._presets[preset_id]

    def _get(self, preset_id: str) -> Preset:
        if preset_id not in self._presets:
            raise Refused(errors.UNKNOWN_PRESET)
        return self._presets[preset_id]


class Sleep:
    """Whether the terminal's screen sleeps; a call wakes it."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.enabled = False

    def set(self, *, enabled: bool) -> None:
        """Sleeps or wakes."""
        if enabled is not self.enabled:
            self.enabled = enabled
            self._terminal.emit("sleepModeChanged", enabled=enabled)


def _set_sleep(terminal: "Terminal", request: Request) -> None:
    terminal.sleep.set(enabled=request["enabled"])


_PRESET = {"presetId": TEXT}

NEWER: Table = {
    "getAllVideoCapturerPresets": asking(lambda terminal: terminal.presets.describe()),
    "addPresetFromCurrentVideoCapturer": given(
        lambda terminal, request: terminal.presets.add(request.get("name", "")),
        {},
        takes={"name": STRING},
        events=("videoCapturerPresetAdded",),
    ),
    "updatePresetFromCurrentVideoCapturer": given(
        lambda terminal, request: terminal.presets.update(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetUpdated",),
    ),
    "removeVideoCapturerPreset": given(
        lambda terminal, request: terminal.presets.remove(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetRemoved",),
    ),
    "applyVideoCapturerPreset": given(
        lambda terminal, request: terminal.presets.apply(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetApplied", "ptzControlsChanged"),
    ),
    "setSleepMode": given(_set_sleep, {"enabled": FLAG}, events=("sleepModeChanged",)),
}
