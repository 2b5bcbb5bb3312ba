"""Values of settings as the terminal has them, and as people and programs do."""

import math
from collections.abc import Sequence
from typing import Final

from appliance.room.settings.setting import Kind, Setting, Value
from appliance.terminal.messages.client_enums import HttpServerState
from appliance.terminal.messages.parts import Device

NONE: Final = "none"
"""The name, and the description, of no device at all."""

_SWITCHED: Final = {"true": True, "1": True, "false": False, "0": False}  # a flag may be a number or text

RUNS: Final = {HttpServerState.RUNNING: True, HttpServerState.STOPPED: False}
"""While the server starts or stops it is neither."""


def of_wire(setting: Setting, value: object) -> Value | None:
    """Returns a value as we have it; None where it makes no sense, or stands for nothing, as the level of no device."""
    match setting.kind:
        case Kind.SWITCH:
            return _SWITCHED.get(str(value).casefold())
        case Kind.LEVEL:
            return _percent(value)
        case _:
            return _word(setting, value)


def on_wire(setting: Setting, value: Value) -> Value | float:
    """Returns a value as `setSettings` takes it. Raises `StopIteration`: it is no word of this choice."""
    if setting.kind is Kind.LEVEL:
        return round(int(value) / 100, 2)
    if setting.kind is Kind.CHOICE:
        return next(word.wire for word in setting.words if word.value == value)
    return value


def key(name: str, description: str, listed: Sequence[Device]) -> str | None:
    """Returns what tells a device from the others: its description, which names the port; None: nothing is told.

    Where two have the same, or none, the name is added: what can be chosen has to be told apart.
    """
    if not name:
        return None
    if name.casefold() == NONE:
        return NONE
    same = [each for each in listed if each.description == description]
    return description if description and len(same) < 2 else f"{name} {description}".strip()


def key_of(device: Device, listed: Sequence[Device]) -> str:
    """Returns the same of a device that is listed."""
    return key(device.name, device.description, listed) or device.description


def _percent(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        level = float(value)
    except (ValueError, OverflowError):
        return None
    return round(100 * min(1.0, level)) if math.isfinite(level) and level >= 0 else None


def _word(setting: Setting, value: object) -> int | str | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    known = next((word.value for word in setting.words if word.wire == value), None)
    return value if known is None and isinstance(value, str) else known  # a later language is told as it is called
