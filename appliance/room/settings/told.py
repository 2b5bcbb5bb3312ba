"""What the terminal has told of its settings in this session: replies and events, folded into one value.

A setting whose value is None there is one whose value makes no sense to us or is not told. One that is in no part that
was read is not known to exist; a part that is `absent` does not exist on this terminal.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.settings import values
from appliance.room.settings.setting import Part, Value
from appliance.room.settings.table import BY_NAME, BY_WIRE
from appliance.terminal.messages.devices import Setting as WireSetting
from appliance.terminal.messages.devices import SettingChanged, SettingsReply
from appliance.terminal.messages.hardware import HardwareChanged, HardwareReply, SoundDeviceChanged, SoundDeviceReply
from appliance.terminal.messages.http_server import HttpServerChanged
from appliance.terminal.messages.newer.layout import RotationChanged
from appliance.terminal.messages.newer.picture import BlurChanged, CameraBackgroundChanged, NoiseSuppressionChanged
from appliance.terminal.messages.parts import Device

DEVICES: Final = ("microphone", "loudspeaker", "camera")


class Told(msgspec.Struct, frozen=True):
    """`values` by the names of settings. `devices`: what can be chosen; the loudspeakers also are for ringing.

    `file_id`: of the picture that replaces the background. `known`: parts that were read. `absent`: those that this
    terminal does not have. `failed`: those that it has not told, and why.
    """

    values: Mapping[str, Value | None] = {}
    devices: Mapping[str, tuple[Device, ...]] = {}
    file_id: int | str | None = None
    known: frozenset[Part] = frozenset()
    absent: frozenset[Part] = frozenset()
    failed: Mapping[Part, Text] = {}


def read(told: Told, part: Part, reply: object) -> Told:
    """Returns what is known with the reply that has read a part."""
    failed = {each: why for each, why in told.failed.items() if each is not part}
    told = msgspec.structs.replace(told, known=told.known | {part}, absent=told.absent - {part}, failed=failed)
    return _FOLDS[part](told, reply)


def unread(told: Told, part: Part, why: Text) -> Told:
    """Returns the same without a part: why it was not told, or NOTHING where the terminal does not have it."""
    told = forgotten(told, part)
    if why is NOTHING:
        return msgspec.structs.replace(told, absent=told.absent | {part})
    return msgspec.structs.replace(told, failed={**told.failed, part: why})


def forgotten(told: Told, part: Part) -> Told:
    """Returns the same as if a part had never been asked for."""
    failed = {each: why for each, why in told.failed.items() if each is not part}
    known, absent = told.known - {part}, told.absent - {part}
    return msgspec.structs.replace(_without(told, part), known=known, absent=absent, failed=failed)


def heard(told: Told, event: object) -> Told:
    """Returns what is known with an event. Of parts that were never read nothing is kept: reading tells them whole."""
    part = _EVENTS.get(type(event))
    return told if part is None or part not in told.known else _FOLDS[part](told, event)


def _with(told: Told, changed: Mapping[str, Value | None]) -> Told:
    new = {name: value for name, value in changed.items() if name not in told.values or told.values[name] != value}
    return msgspec.structs.replace(told, values={**told.values, **new}) if new else told


def _settings(told: Told, message: SettingsReply | SettingChanged) -> Told:
    listed: Iterable[WireSetting | SettingChanged]
    listed = message.settings if isinstance(message, SettingsReply) else (message,)
    found = {BY_WIRE[each.name.casefold()]: each.value for each in listed if each.name.casefold() in BY_WIRE}
    if isinstance(message, SettingsReply):  # what is not listed any more is hidden, as nobody is logged in
        told = _without(told, Part.SETTINGS)
    return _with(told, {setting.name: values.of_wire(setting, value) for setting, value in found.items()})


def _without(told: Told, part: Part) -> Told:
    kept = {name: value for name, value in told.values.items() if BY_NAME[name].part is not part}
    return msgspec.structs.replace(told, values=kept)


def _hardware(told: Told, message: HardwareReply | HardwareChanged) -> Told:
    devices = {name: getattr(message, f"{name}s") for name in DEVICES}
    told = msgspec.structs.replace(told, devices=devices)
    chosen = {name: (getattr(message, f"{name}_name"), getattr(message, f"{name}_description")) for name in DEVICES}
    return _with(told, {name: values.key(*device, devices[name]) for name, device in chosen.items()})


def _sounds(told: Told, message: SoundDeviceReply | SoundDeviceChanged) -> Told:
    listed = told.devices.get("loudspeaker", ())
    return _with(told, {"ringing_device": values.key(message.name, message.description, listed)})


def _rotation(told: Told, message: Any) -> Told:  # noqa: ANN401  # a reply or an event, which have the same field
    return _with(told, {"self_view_rotation": values.of_wire(BY_NAME["self_view_rotation"], message.angle)})


def _enabled(name: str) -> Callable[[Told, Any], Told]:
    return lambda told, message: _with(told, {name: message.enabled})


def _background(told: Told, message: Any) -> Told:  # noqa: ANN401  # as above
    file_id = told.file_id if message.file_id is None else message.file_id
    told = msgspec.structs.replace(told, file_id=file_id)
    return _with(told, {"background_picture": message.enabled})


def _http(told: Told, message: Any) -> Told:  # noqa: ANN401  # as above
    return _with(told, {"http_server": values.RUNS.get(message.state)})


_FOLDS: Final[Mapping[Part, Callable[[Told, Any], Told]]] = {
    Part.SETTINGS: _settings,
    Part.HARDWARE: _hardware,
    Part.SOUNDS: _sounds,
    Part.ROTATION: _rotation,
    Part.BLUR: _enabled("background_blur"),
    Part.BACKGROUND: _background,
    Part.NOISE: _enabled("noise_suppression"),
    Part.HTTP: _http,
}
_EVENTS: Final[Mapping[type, Part]] = {
    SettingChanged: Part.SETTINGS,
    HardwareChanged: Part.HARDWARE,
    SoundDeviceChanged: Part.SOUNDS,
    RotationChanged: Part.ROTATION,
    BlurChanged: Part.BLUR,
    CameraBackgroundChanged: Part.BACKGROUND,
    NoiseSuppressionChanged: Part.NOISE,
    HttpServerChanged: Part.HTTP,
}
