"""The terminal's cameras, microphones and loudspeakers, and what the chosen camera can do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.option_types import Device
from appliance.simulator.model.parameters import TEXT
from appliance.simulator.model.table import Fields, Request, Rule, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

Use = Literal["audioCapturer", "audioRenderer", "videoCapturer"]
USES: tuple[Use, ...] = ("audioCapturer", "audioRenderer", "videoCapturer")
NONE = Device(name="none", description="none")


class Equipment:
    """What is plugged in and what is chosen; survives a restart."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        options = terminal.options
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
        """The fields of the reply to `getHardware`."""
        sources = [{"name": source.name, "id": source.id} for source in self._terminal.options.capture_sources]
        return {**self._devices("{}s", "current{}"), "DSCaptureList": sources}

    def choose(self, use: Use, name: str, description: str) -> None:
        """Uses another device, or (name and description `none`) none at all."""
        self.chosen[use] = self._find(use, name, description)
        self._announce(use)

    def plug(self, use: Use, device: Device) -> None:
        """A device is plugged in; the first of its kind is used at once."""
        self.available[use] = (*self.available[use], device)
        if self.chosen[use] == NONE:
            self.chosen[use] = device
        self._announce(use)

    def unplug(self, use: Use, device: Device) -> None:
        """A device is pulled out; another one of its kind is used from now on."""
        self.available[use] = tuple(d for d in self.available[use] if d != device)
        if self.chosen[use] == device:
            self.chosen[use] = _first(self.available[use])
        self._announce(use)

    def play_app_sounds_on(self, name: str, description: str) -> None:
        """Where ringing and other sounds of the terminal come out."""
        device = self._find("audioRenderer", name, description)
        if device != self.app_sounds:
            self.app_sounds = device
            self._terminal.emit("appSndDevChanged", name=device.name, description=device.description)

    def modes(self) -> Fields:
        """The fields of the reply to `getModes`."""
        options = self._terminal.options
        return {
            "videoCapturerName": self.chosen["videoCapturer"].name,
            "activeMode": self.mode,
            "activePin": self.pin,
            "modeList": list(options.camera_modes),
            "pinList": list(options.camera_pins),
            "supportPTZ": options.ptz,
        }

    def set_modes(self, mode: str, pin: str) -> None:
        """Another picture format or input of the chosen camera."""
        for name, value, known in (
            ("mode", mode, self._terminal.options.camera_modes),
            ("pin", pin, self._terminal.options.camera_pins),
        ):
            if value not in known:
                raise Refused(f"wrong parameter: {name} must be one of {', '.join(known)}")
        self.mode, self.pin = mode, pin
        description = self.chosen["videoCapturer"].description
        self._terminal.emit("deviceModesDone", videoCapturerDescription=description, **self.modes())

    def camera_info(self) -> Fields:
        """What the camera delivers and what is sent; nothing without one."""
        if self.chosen["videoCapturer"] == NONE:
            return {}
        size = {"cameraWidth": 1280, "cameraHeight": 720, "cameraFramerate": 3000}
        sent = {"sendWidth": 1280, "sendHeight": 720, "format": 3, "sendFormat": "VP8", "sendFramerate": 1500}
        return {**size, **sent, "stereo": False}

    def has(self, use: Use) -> bool:
        """Whether any device is used for that."""
        return self.chosen[use] != NONE

    def _find(self, use: Use, name: str, description: str) -> Device:
        wanted = Device(name=name, description=description)
        if wanted not in (*self.available[use], NONE):
            raise Refused(errors.UNKNOWN_DEVICE)
        return wanted

    def _announce(self, use: Use) -> None:
        # the manual's example names the fields in one way, its list of them in another
        self._terminal.emit("hardwareChanged", **self._devices("{}", "{}"), **self._devices("{}s", "current{}"))
        if use == "videoCapturer":
            self._terminal.emit("updateCameraInfo", **self.camera_info())

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


def _choosing(use: Use, *events: str) -> Rule:
    def run(terminal: "Terminal", request: Request) -> None:
        terminal.equipment.choose(use, request["name"], request["description"])

    return given(run, {"name": TEXT, "description": TEXT}, events=("hardwareChanged", *events))


def _set_modes(terminal: "Terminal", request: Request) -> None:
    now = terminal.equipment
    now.set_modes(request.get("mode", now.mode), request.get("pin", now.pin))


EQUIPMENT: Table = {
    "getHardware": asking(lambda terminal: terminal.equipment.describe()),
    "setVideoCapturer": _choosing("videoCapturer", "updateCameraInfo"),
    "setAudioCapturer": _choosing("audioCapturer"),
    "setAudioRenderer": _choosing("audioRenderer"),
    "getAppSndDev": asking(lambda terminal: _on_wire(terminal.equipment.app_sounds)),
    "setAppSndDev": given(
        lambda terminal, request: terminal.equipment.play_app_sounds_on(request["name"], request["description"]),
        {"name": TEXT, "description": TEXT},
        events=("appSndDevChanged",),
    ),
    "getModes": asking(lambda terminal: terminal.equipment.modes()),
    "setModes": given(_set_modes, {}, takes={"mode": TEXT, "pin": TEXT}, events=("deviceModesDone",)),
}
