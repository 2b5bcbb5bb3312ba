"""Which usages of a descriptor are keys that can say something."""

import pytest
from hypothesis import given

from drivers.speakerphone.controls import (
    Control,
    controls,
    has_hook,
    has_mute,
    is_telephony,
    lamps,
    value_of,
)
from drivers.speakerphone.descriptor import DescriptorError, parse
from drivers.speakerphone.reports import MAX_ARRAYS, InputReports
from drivers.speakerphone.usages import CONSUMER_MUTE, HOOK_SWITCH, LED_MUTE, PHONE_MUTE, SYSTEM_MICROPHONE_MUTE
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.noise import item_lists

ONE_BIT = hid.logical(0, 1) + hid.bits(1, 1)
LAMP = hid.page(8) + ONE_BIT + hid.usage(0x17) + hid.data_out(hid.DATA_VARIABLE)


def known(descriptor: bytes) -> list[int]:
    return [control.usage for control in controls(parse(descriptor))]


def telephony(*body: bytes) -> bytes:
    return hid.application(0x0B, 5, *body)


@pytest.mark.parametrize("flags", [0x01, 0x03, 0x07, 0x23])
def test_a_constant_hook_counts_where_there_are_lamps(flags: int) -> None:
    hook = ONE_BIT + hid.usage(0x20) + hid.data_in(flags | 0x02)
    assert known(telephony(hook, LAMP)) == [HOOK_SWITCH]
    assert not has_hook(parse(telephony(hook)))


def test_a_telephony_usage_counts_wherever_it_stands() -> None:
    hook = ONE_BIT + hid.page(0x0B) + hid.usage(0x20) + hid.data_in(hid.DATA_VARIABLE)
    for page_, top in ((0x0C, 1), (0x01, 6), (0xFF00, 1)):
        descriptor = parse(hid.application(page_, top, hook))
        assert has_hook(descriptor)
        assert is_telephony(descriptor)


def test_values_that_name_no_usage_are_no_keys() -> None:
    body = hid.page(9) + hid.logical(0, 1) + hid.bits(1, 63) + hid.usages(1, 63) + hid.data_in(hid.ARRAY)
    assert known(telephony(body)) == []
    body = hid.logical(0, 1) + hid.bits(1, 1) + hid.usages(0xB0, 0xBB) + hid.data_in(hid.ARRAY)
    assert known(telephony(body)) == [0x0B00B1]
    body = hid.logical(1, 100) + hid.bits(3, 1) + hid.usages(0xB0, 0xBB) + hid.data_in(hid.ARRAY)
    assert known(telephony(body)) == [0x0B00B0 + index for index in range(7)]


def test_a_usage_beyond_the_values_of_its_field_is_no_key() -> None:
    body = ONE_BIT + hid.usage(0x2F) + hid.usage(0x20) + hid.data_in(hid.DATA_VARIABLE)
    assert known(telephony(body)) == [PHONE_MUTE]


def test_a_switch_with_one_value_is_no_switch() -> None:
    assert known(telephony(hid.logical(0, 0) + hid.bits(1, 1) + hid.usage(0x20) + hid.data_in(2))) == []


def test_a_volume_that_is_a_position_is_no_key() -> None:
    assert (
        known(hid.application(0x0C, 1, hid.logical(0, 100) + hid.bits(8, 1) + hid.usage(0xE0) + hid.data_in(2))) == []
    )


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        ([CONSUMER_MUTE], CONSUMER_MUTE),
        ([CONSUMER_MUTE, SYSTEM_MICROPHONE_MUTE], SYSTEM_MICROPHONE_MUTE),
        ([CONSUMER_MUTE, SYSTEM_MICROPHONE_MUTE, PHONE_MUTE], PHONE_MUTE),
    ],
)
def test_one_mute_key_of_several(there: list[int], taken: int) -> None:
    usages = b"".join(hid.usage(usage) if usage > 0xFFFF else b"" for usage in there)
    body = hid.logical(0, 1) + hid.bits(1, len(there)) + usages + hid.data_in(hid.DATA_VARIABLE)
    (mute,) = controls(parse(hid.application(0x0C, 1, body)))
    assert (mute.usage, mute.means, mute.pressed) == (taken, PHONE_MUTE, taken != PHONE_MUTE)


def test_a_keyboard_with_a_mute_key_is_no_telephony_device() -> None:
    keyboard = hid.application(0x0C, 1, ONE_BIT + hid.usage(0xE2) + hid.data_in(hid.DATA_VARIABLE))
    assert not is_telephony(parse(keyboard))
    assert has_mute(parse(keyboard))


def test_on_off_controls_in_an_array_only_say_that_they_were_pressed() -> None:
    body = hid.logical(0, 0xBB) + hid.bits(8, 1) + hid.usages(0x00, 0xBB) + hid.data_in(hid.ARRAY)
    pressed = {control.usage for control in controls(parse(telephony(body))) if control.pressed}
    assert pressed == {HOOK_SWITCH, PHONE_MUTE, 0x0B0023}


def test_a_lamp_beyond_the_values_of_its_field_is_none() -> None:
    body = hid.page(8) + ONE_BIT + hid.usage(0x17) + hid.usage(0x09) + hid.data_out(hid.DATA_VARIABLE)
    assert [usage for _, usage in lamps(parse(telephony(body)))] == [0x080017]
    assert lamps(parse(hid.KEYBOARD), [LED_MUTE]) == []


def said(control: Control, size: int) -> bytes:
    """The report in which this control alone is on."""
    field = control.field
    if field.variable:
        value, slot = (1 if field.logical_max else field.logical_min), control.index
    else:
        value, slot = value_of(field, control.index), 0
    bits = (value & (1 << field.size) - 1) << field.offset + slot * field.size
    return bits.to_bytes(size, "little")


@given(item_lists)
def test_every_control_can_be_said_and_is_heard(body: bytes) -> None:
    try:
        descriptor = parse(telephony(hid.logical(0, 1), hid.bits(1, 8), body, LAMP))
    except DescriptorError:
        return
    there = controls(descriptor)
    if len({control.field for control in there if not control.field.variable}) > MAX_ARRAYS:
        return
    places: dict[tuple[int, int], int] = {}
    for control in there:
        place = (control.field.report_id, control.means)
        places[place] = places.get(place, 0) + 1
    for control in there:
        report_id = control.field.report_id
        if places[report_id, control.means] == 1:  # where a report has two of a kind, the last one counts
            data = said(control, (descriptor.bits[control.field.kind, report_id] + 7) // 8)
            heard = InputReports(descriptor).read((bytes([report_id]) if descriptor.numbered else b"") + data)
            assert control.means in {change.usage for change in heard.changes}
