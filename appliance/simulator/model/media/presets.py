"""Camera presets, as terminals from version 4.2 on have them; the manual does not have them."""

from collections.abc import Callable

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import STRING, TEXT
from appliance.simulator.model.common.table import Fields, Table, asking, given
from appliance.simulator.model.media.camera import Camera


class Preset(msgspec.Struct, frozen=True):
    """A remembered position of the camera; `positions` is by axis, `camera` names it as the wire does."""

    id: str
    name: str
    camera: Fields
    positions: dict[str, float]

    def on_wire(self) -> Fields:
        """Returns the preset as replies and events have it."""
        axes = {axis: {"isPresent": True, "value": round(position)} for axis, position in self.positions.items()}
        shown = {"isMuted": False, "preview": {"isPresent": False}}
        return {"presetId": self.id, "name": self.name, **self.camera, **axes, **shown}


class Presets:
    """The camera's presets in the order in which they were created; they survive a restart.

    `describe_camera` names the camera in use, and where it is driven. An id is the time in milliseconds.
    """

    def __init__(self, context: Context, camera: Camera, describe_camera: Callable[[], Fields]) -> None:
        self._camera = camera
        self._emit = context.emit
        self._wall_clock = context.wall_clock
        self._describe_camera = describe_camera
        self._last_id = 0
        self._presets: dict[str, Preset] = {}

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getAllVideoCapturerPresets`."""
        return {"presets": [preset.on_wire() for preset in self._presets.values()]}

    def add(self, name: str) -> Fields:
        """Stores the camera's position as a new preset; returns the fields of the reply."""
        self._last_id = max(self._last_id + 1, int(self._wall_clock() * 1000))
        preset = self._keep(str(self._last_id), name or f"Preset {len(self._presets) + 1}")
        self._emit("videoCapturerPresetAdded", **preset.on_wire())
        return preset.on_wire()

    def update(self, preset_id: str) -> Fields:
        """Stores the camera's position in an existing preset; returns the fields of the reply."""
        preset = self._keep(preset_id, self._get(preset_id).name)
        self._emit("videoCapturerPresetUpdated", **preset.on_wire())
        return preset.on_wire()

    def remove(self, preset_id: str) -> None:
        """Deletes a preset."""
        del self._presets[self._get(preset_id).id]
        self._emit("videoCapturerPresetRemoved", presetId=preset_id)

    def apply(self, preset_id: str) -> None:
        """Moves the camera to a preset."""
        preset = self._get(preset_id)
        for axis, position in preset.positions.items():
            self._camera.place(axis, position)  # type: ignore[arg-type]  # the camera's own axes
        self._emit("videoCapturerPresetApplied", presetId=preset_id)

    def _keep(self, preset_id: str, name: str) -> Preset:
        self._camera.require()
        self._presets[preset_id] = Preset(preset_id, name, self._describe_camera(), self._camera.positions())
        return self._presets[preset_id]

    def _get(self, preset_id: str) -> Preset:
        if preset_id not in self._presets:
            raise Refused(errors.UNKNOWN_PRESET)
        return self._presets[preset_id]


_PRESET = {"presetId": TEXT}

PRESETS: Table[Presets] = {
    "getAllVideoCapturerPresets": asking(Presets.describe),
    "addPresetFromCurrentVideoCapturer": given(
        lambda presets, request: presets.add(request.get("name", "")),
        {},
        takes={"name": STRING},
        events=("videoCapturerPresetAdded",),
    ),
    "updatePresetFromCurrentVideoCapturer": given(
        lambda presets, request: presets.update(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetUpdated",),
    ),
    "removeVideoCapturerPreset": given(
        lambda presets, request: presets.remove(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetRemoved",),
    ),
    "applyVideoCapturerPreset": given(
        lambda presets, request: presets.apply(request["presetId"]),
        _PRESET,
        events=("videoCapturerPresetApplied", "ptzControlsChanged"),
    ),
}
