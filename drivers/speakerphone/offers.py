"""Lists the keys and lamps that a device declares, for people who choose one or wonder why a key does nothing."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from drivers.speakerphone.descriptor import Descriptor, Field, Kind
from drivers.speakerphone.usages import (
    BUTTON,
    DROP,
    FLASH,
    GENERIC_DESKTOP,
    HEARD,
    HOLD,
    HOOK_SWITCH,
    KEYS,
    LED_HOLD,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    PHONE_MUTE,
    REDIAL,
    REJECT_BUTTONS,
    TELEPHONY,
    VOLUME,
    VOLUME_DOWN,
    VOLUME_UP,
    page,
)

NAMES: Final = {
    HOOK_SWITCH: "hook",
    PHONE_MUTE: "mute",
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
    """Returns the keys that are understood and the lamps that are lit, in the order of the descriptor."""
    return list(dict.fromkeys(offer for field in descriptor.fields for offer in _of(field)))


def _of(field: Field) -> Iterator[Offer]:
    if field.kind is Kind.INPUT:
        buttons = page(field.application) == TELEPHONY  # a mouse has buttons too
        for usage, what in NAMES.items():
            if field.index(usage) is not None and usage in HEARD and (buttons or page(usage) != BUTTON):
                yield Offer(field.report_id, what, _how(field))
    elif field.kind is Kind.OUTPUT and page(field.application) != GENERIC_DESKTOP:
        for usage, what in LAMPS.items():
            if field.index(usage) is not None:
                yield Offer(field.report_id, what, How.LAMP)


def _how(field: Field) -> How:
    if not field.variable:
        return How.ARRAY
    return How.RELATIVE if field.relative else How.ABSOLUTE
