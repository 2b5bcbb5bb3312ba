"""A value that somebody wants a setting to have: whether it can be, and the action that asks the terminal for it."""

from collections.abc import Callable, Mapping
from typing import Final

from appliance.language.text import NOTHING, Text
from appliance.room.actions import Action, SendCommand, Volume
from appliance.room.settings.rows import Row
from appliance.room.settings.setting import Kind, Setting, Value
from appliance.room.settings.told import Told
from appliance.room.settings.values import NONE, key_of, on_wire
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.devices import SetSettings
from appliance.terminal.messages.hardware import SetCamera, SetLoudspeaker, SetMicrophone, SetRotation, SetSoundDevice
from appliance.terminal.messages.http_server import StartHttpServer, StopHttpServer
from appliance.terminal.messages.newer.picture import SetBlur, SetCameraBackground, SetNoiseSuppression


def mistake(row: Row, value: Value) -> Text:
    """Returns why a setting cannot have this value, and what is expected; NOTHING where it can."""
    if row.why:
        return row.why
    name = row.setting.name
    match row.setting.kind:
        case Kind.SWITCH if not isinstance(value, bool):
            return Text("setting.expected_switch", name=name)
        case Kind.LEVEL if isinstance(value, bool) or not isinstance(value, int) or not row.least <= value <= row.most:
            return Text("setting.expected_level", name=name, least=row.least, most=row.most)
        case Kind.CHOICE | Kind.DEVICE if isinstance(value, bool) or all(each.value != value for each in row.options):
            known = ", ".join(f"`{each.value}`" for each in row.options)
            return Text("setting.expected_one_of", name=name, known=known)
    return NOTHING


def action(setting: Setting, value: Value, told: Told) -> Action:
    """Returns what asks the terminal for a value that fits; for a volume, what a button would ask."""
    if setting.name == "loudspeaker_level":
        return Volume(int(value))
    if setting.wire:
        return SendCommand(SetSettings(settings={setting.wire: on_wire(setting, value)}))
    if setting.kind is Kind.DEVICE:
        return SendCommand(_device(setting.name, str(value), told))
    return SendCommand(_OTHERS[setting.name](value, told))


def _device(name: str, wanted: str, told: Told) -> Command:
    choose = _DEVICES[name]
    if wanted == NONE:
        return choose(name=NONE, description=NONE)
    listed = told.devices["loudspeaker" if name == "ringing_device" else name]
    device = next(each for each in listed if key_of(each, listed) == wanted)
    return choose(name=device.name, description=device.description)


def _background(value: Value, told: Told) -> Command:
    return SetCameraBackground(file_id=told.file_id or 0, enabled=bool(value))


_DEVICES: Final[Mapping[str, type[SetCamera | SetMicrophone | SetLoudspeaker | SetSoundDevice]]] = {
    "camera": SetCamera,
    "microphone": SetMicrophone,
    "loudspeaker": SetLoudspeaker,
    "ringing_device": SetSoundDevice,
}
_OTHERS: Final[Mapping[str, Callable[[Value, Told], Command]]] = {
    "self_view_rotation": lambda value, _told: SetRotation(angle=int(value)),
    "noise_suppression": lambda value, _told: SetNoiseSuppression(enabled=bool(value)),
    "background_blur": lambda value, _told: SetBlur(enabled=bool(value)),
    "background_picture": _background,
    "http_server": lambda value, _told: StartHttpServer() if value else StopHttpServer(),
}
