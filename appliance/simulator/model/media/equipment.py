"""The terminal's cameras, microphones and loudspeakers, and what the chosen camera can do."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import TEXT
from appliance.simulator.model.common.table import Fields, Request, Rule, Table, asking, given
from appliance.simulator.option_types import Device
from appliance.simulator.options import SimulatorOptions

Use = Literal["audioCapturer", "audioRenderer", "videoCapturer"]
USES: tuple[Use, ...] = ("audioCapturer", "audioRenderer", "videoCapturer")
NONE = Device(name="none", description="none")


class Equipment:
    """What is plugged in and what is chosen; survives a restart. `changed` is called when another device is chosen."""

    def __init__(self, options: SimulatorOptions, emit: Emit, changed: Callable[[Use], None]) -> None:
        self._options = options
        self._emit = emit
        self._changed = changed
        self.available: dict[Use, tuple[Device, ...]] = {
            "audioCapturer": options.microphones,
            "audioRenderer": options.loudspeakers,
            "videoCapturer": options.cameras,
        }
        self.chosen: dict[Use, Device] = {use: _first(devices) for use, devices in self.available.items()}
        self.app_sounds: Device = _first(options.loudspeakers)
        self.mode: str = _first(options.camera_modes)
        self.pin: str = _first(options.camera_pins)

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getHardware`."""
        sources = [{"name": source.name, "id": source.id} for source in self._options.capture_sources]
        return {**self._devices("{}s", "current{}"), "DSCaptureList": sources}

    def choose(self, use: Use, name: str, description: str) -> None:
        """Uses another device, or none (name and description are `none`)."""
        before, self.chosen[use] = self.chosen[use], self._find(use, name, description)
        self._announce(use, before)

    def plug(self, use: Use, device: Device) -> None:
        """Plugs a device in; the first of its kind is used at once."""
        before = self.chosen[use]
        self.available[use] = (*self.available[use], device)
        if before == NONE:
            self.chosen[use] = device
        self._announce(use, before)

    def unplug(self, use: Use, device: Device) -> None:
        """Unplugs a device; if it was in use, another one of its kind takes over."""
        before = self.chosen[use]
        self.available[use] = tuple(d for d in self.available[use] if d != device)
        if before == device:
            self.chosen[use] = _first(self.available[use])
        self._announce(use, before)

    def play_app_sounds_on(self, name: str, description: str) -> None:
        """Chooses where ringing and other sounds of the terminal come out."""
        device = self._find("audioRenderer", name, description)
        if device != self.app_sounds:
            self.app_sounds = device
            self._emit("appSndDevChanged", name=device.name, description=device.description)

    @property
    def ptz(self) -> bool:
        """Whether the chosen camera can be controlled."""
        return self._options.ptz and self.has("videoCapturer")

    def modes(self) -> Fields:
        """Returns the fields of the reply to `getModes`."""
        options = self._options
        return {
            "videoCapturerName": self.chosen["videoCapturer"].name,
            "activeMode": self.mode,
            "activePin": self.pin,
            "modeList": list(options.camera_modes),
            "pinList": list(options.camera_pins),
            "supportPTZ": self.ptz,
        }

    def set_modes(self, mode: str, pin: str) -> None:
        """Sets picture format and input of the chosen camera."""
        for name, value, known in (
            ("mode", mode, self._options.camera_modes),
            ("pin", pin, self._options.camera_pins),
        ):
            if value not in known:
                raise Refused(f"wrong parameter: {name} must be one of {', '.join(known)}")
        self.mode, self.pin = mode, pin
        description = self.chosen["videoCapturer"].description
        self._emit("deviceModesDone", videoCapturerDescription=description, **self.modes())

    def camera_info(self) -> Fields:
        """Returns what the camera delivers and what is sent; nothing without a camera."""
        if self.chosen["videoCapturer"] == NONE:
            return {}
        size = {"cameraWidth": 1280, "cameraHeight": 720, "cameraFramerate": 3000}
        sent = {"sendWidth": 1280, "sendHeight": 720, "format": 3, "sendFormat": "VP8", "sendFramerate": 1500}
        return {**size, **sent, "stereo": False}

    def has(self, use: Use) -> bool:
        """Returns whether a device is chosen for that use."""
        return self.chosen[use] != NONE

    def _find(self, use: Use, name: str, description: str) -> Device:
        wanted = Device(name=name, description=description)
        if wanted not in (*self.available[use], NONE):
            raise Refused(errors.UNKNOWN_DEVICE)
        return wanted

    def _announce(self, use: Use, before: Device) -> None:
        # the manual's example names the fields in one way, its list of them in another
        self._emit("hardwareChanged", **self._devices("{}", "{}"), **self._devices("{}s", "current{}"))
        if use == "videoCapturer":
            self._emit("updateCameraInfo", **self.camera_info())
        if self.chosen[use] != before:
            self._changed(use)

    def _devices(self, plural: str, current: str) -> Fields:
        fields: Fields = {}
        for use in USES:
            fields[plural.format(use)] = [_on_wire(device) for device in self.available[use]]
            name = current.format(use[0].upper() + use[1:] if current != "{}" else use)
            fields[f"{name}Name"] = self.chosen[use].name
            fields[f"{name}Description"] = self.chosen[use].description
        return fields


def _first(found: Sequence[Any]) -> Any:  # noqa: ANN401  # a device or a name, as the sequence has them
    return found[0] if found else NONE


def _on_wire(device: Device) -> dict[str, str]:
    return {"name": device.name, "description": device.description}


def _choosing(use: Use, *events: str) -> Rule[Equipment]:
    def run(equipment: Equipment, request: Request) -> None:
        equipment.choose(use, request["name"], request["description"])

    return given(run, {"name": TEXT, "description": TEXT}, events=("hardwareChanged", *events))


def _set_modes(equipment: Equipment, request: Request) -> None:
    equipment.set_modes(request.get("mode", equipment.mode), request.get("pin", equipment.pin))


EQUIPMENT: Table[Equipment] = {
    "getHardware": asking(Equipment.describe),
    "setVideoCapturer": _choosing("videoCapturer", "updateCameraInfo", "ptzControlsChanged"),
    "setAudioCapturer": _choosing("audioCapturer", "settingsChanged"),
    "setAudioRenderer": _choosing("audioRenderer"),
    "getAppSndDev": asking(lambda equipment: _on_wire(equipment.app_sounds)),
    "setAppSndDev": given(
        lambda equipment, request: equipment.play_app_sounds_on(request["name"], request["description"]),
        {"name": TEXT, "description": TEXT},
        events=("appSndDevChanged",),
    ),
    "getModes": asking(Equipment.modes),
    "setModes": given(_set_modes, {}, takes={"mode": TEXT, "pin": TEXT}, events=("deviceModesDone",)),
}
