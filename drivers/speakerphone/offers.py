"""Lists the keys and lamps that a device declares, for people who choose one or wonder why a key does nothing."""

from enum import StrEnum
from typing import Final

import msgspec

from drivers.speakerphone.controls import Control, controls
from drivers.speakerphone.controls import lamps as lamps_of
from drivers.speakerphone.descriptor import Descriptor
from drivers.speakerphone.usages import (
    DROP,
    FLASH,
    HOLD,
    HOOK_SWITCH,
    KEYS,
    LED_HOLD,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    MUTES,
    REDIAL,
    REJECT_BUTTONS,
    VOLUME,
    VOLUME_DOWN,
    VOLUME_UP,
)

NAMES: Final = {
    HOOK_SWITCH: "hook",
    **dict.fromkeys(MUTES, "mute"),
    FLASH: "flash",
    HOLD: "hold",
    REDIAL: "redial",
    DROP: "drop",
    **dict.fromkeys(REJECT_BUTTONS, "reject"),
    VOLUME_UP: "volume up",
    VOLUME_DOWN: "volume down",
    VOLUME: "volume",
    **{usage: f"key {symbol}" for usage, symbol in KEYS.items()},
}
LAMPS: Final = {
    LED_OFF_HOOK: "off hook",
    LED_RING: "ring",
    LED_MUTE: "mute",
    LED_MICROPHONE: "microphone",
    LED_HOLD: "hold",
}


class How(StrEnum):
    """How a key reports (a state, a press, one of several keys), or that it is a lamp."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    ARRAY = "array"
    LAMP = "lamp"


class Offer(msgspec.Struct, frozen=True, order=True):
    """One key, switch or lamp. `report`: the ID of the report that carries it, 0 where reports are not numbered."""

    report: int
    what: str
    how: How


def offers(descriptor: Descriptor) -> list[Offer]:
    """Returns the keys that are understood, then the lamps that are lit, both in the order of the descriptor."""
    keys = [Offer(each.field.report_id, NAMES[each.usage], _how(each)) for each in controls(descriptor)]
    lit = [Offer(field.report_id, LAMPS[usage], How.LAMP) for field, usage in lamps_of(descriptor)]
    return list(dict.fromkeys([*keys, *lit]))


def _how(control: Control) -> How:
    if not control.field.variable:
        return How.ARRAY
    return How.RELATIVE if control.pressed else How.ABSOLUTE
