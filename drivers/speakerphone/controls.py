"""Which controls of a device the driver knows and can rely on: keys and switches in, lamps out.

Everything that asks "does it have a hook?" asks here: the decoder of reports, the list of offers, `auto`, and udev's
helper, so that a device is never found for a key that is then not heard.

- A usage counts wherever it stands: some makers put the hook switch into the consumer collection. Only buttons need a
  telephony collection around them, because a mouse has buttons, too.
- What cannot happen is not a control: a usage beyond the values of its field, or one that no value of an array names.
- A field that is declared constant counts on a device that has lamps, as a hook switch needs one that answers it.
  Without any, the declaration is believed: a wireless microphone receiver has such a hook and never uses it.
- Mute is one control. Where the telephony page has it, the mute keys of other pages are left to the operating system:
  Consumer Mute beside Phone Mute is for the loudspeaker.
- A mute key outside the telephony page, and an on/off control in an array, only say that they were pressed.
"""

from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from drivers.speakerphone.descriptor import Descriptor, Field, Kind
from drivers.speakerphone.usages import (
    BUTTON,
    GENERIC_DESKTOP,
    HEARD,
    HOOK_SWITCH,
    LAMPS,
    MUTES,
    PHONE_MUTE,
    TELEPHONY,
    TOGGLES,
    VOLUME,
    page,
)

MAX_VALUE_BITS: Final = 32  # HID 1.11, section 8.4: a field may not be wider


class Control(msgspec.Struct, frozen=True):
    """A known usage in a field of an input report.

    `index`: among the usages of the field. `means`: the usage that it stands for, the same except for other mute keys.
    `pressed`: it only says that it was pressed.
    """

    field: Field
    index: int
    usage: int
    means: int
    pressed: bool


def controls(descriptor: Descriptor) -> list[Control]:
    """Returns the known keys and switches that can say something, in the order of the descriptor."""
    there = [control for field in descriptor.fields for control in _of(field)]
    if not lamps(descriptor):
        there = [control for control in there if not control.field.constant]
    mute = next((mute for mute in MUTES if any(control.usage == mute for control in there)), None)
    return [control for control in there if control.usage == mute or control.usage not in MUTES]


def lamps(descriptor: Descriptor, known: Collection[int] = LAMPS) -> list[tuple[Field, int]]:
    """Returns field and usage of each lamp in `known`. A keyboard's lamps (Mute, Num Lock) are not ours."""
    return [
        (field, usage)
        for field in descriptor.fields
        if field.kind is Kind.OUTPUT and page(field.application) != GENERIC_DESKTOP
        for usage in known
        if (index := field.index(usage)) is not None and (index < field.count or not field.variable)
    ]


def is_telephony(descriptor: Descriptor) -> bool:
    """Returns whether it is a telephony device, by its collections or by a telephony usage anywhere."""
    by_collection = any(page(application) == TELEPHONY for application in descriptor.applications)
    return by_collection or any(page(control.usage) == TELEPHONY for control in controls(descriptor))


def has_hook(descriptor: Descriptor) -> bool:
    """Returns whether it has a hook switch that can say something."""
    return any(control.usage == HOOK_SWITCH for control in controls(descriptor))


def has_mute(descriptor: Descriptor) -> bool:
    """Returns whether it has a mute key of any kind."""
    return any(control.means == PHONE_MUTE for control in controls(descriptor))


def _of(field: Field) -> Iterator[Control]:
    if field.kind is not Kind.INPUT or field.size > MAX_VALUE_BITS:
        return
    for usage in HEARD:
        index = field.index(usage)
        buttons = page(usage) != BUTTON or page(field.application) == TELEPHONY
        if index is not None and buttons and _can_happen(field, usage, index):
            toggles = usage in MUTES[1:] or (usage in TOGGLES and not field.variable)
            means = PHONE_MUTE if usage in MUTES else usage
            yield Control(field, index, usage, means, field.relative or toggles)


def _can_happen(field: Field, usage: int, index: int) -> bool:
    if usage == VOLUME and not (field.variable and field.relative):
        return False  # a position, or a key that does not say which way
    if field.variable:
        return index < field.count and field.logical_min < field.logical_max
    return field.logical_min <= value_of(field, index) <= min(field.logical_max, _largest(field)) and not (
        value_of(field, index) == 0 == field.logical_min
    )


def value_of(field: Field, index: int) -> int:
    """Returns the value with which an array names its usage at `index`.

    With a logical minimum of 0, an idle array would name its first usage and hold the key 0 down for ever. So 0 is
    idle, and where the range has one value more than there are usages, 1 is the first.
    """
    spare = field.logical_min == 0 and field.logical_max >= field.usage_count()
    return field.logical_min + index + spare


def _largest(field: Field) -> int:
    return (1 << (field.size - (field.logical_min < 0))) - 1
