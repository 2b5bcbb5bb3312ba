import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speakerphone.descriptor import DescriptorError, Kind, parse
from drivers.speakerphone.reports import MAX_ARRAYS, Change, Fault, InputReports, OutputReports
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps
from drivers.speakerphone.usages import (
    FLASH,
    HEARD,
    HOOK_SWITCH,
    LED_MICROPHONE,
    LED_MUTE,
    LED_OFF_HOOK,
    LED_RING,
    PHONE_MUTE,
    VOLUME,
    VOLUME_DOWN,
    VOLUME_UP,
)
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.noise import item_lists


def reports(descriptor: bytes) -> InputReports:
    return InputReports(parse(descriptor))


class TestInput:
    def test_before_the_first_report_everything_is_0(self) -> None:
        heard = reports(hid.GENERIC).read(b"\x02\x01\x00")
        assert heard.changes == (Change(HOOK_SWITCH, 1),)
        assert heard.values[HOOK_SWITCH] == 1
        assert not heard.repeated

    def test_change_back_and_repetition(self) -> None:
        inputs = reports(hid.GENERIC)
        inputs.read(b"\x02\x01\x00")
        assert inputs.read(b"\x02\x00\x00").changes == (Change(HOOK_SWITCH, 0),)
        heard = inputs.read(b"\x02\x00\x00")
        assert heard.changes == ()
        assert heard.repeated

    def test_report_ids_are_kept_apart(self) -> None:
        inputs = reports(hid.GENERIC)
        inputs.read(b"\x02\x01\x00")
        assert inputs.read(b"\x01\x01").changes == (Change(VOLUME_UP, 1),)
        assert inputs.read(b"\x02\x01\x00").repeated

    def test_one_shot_counts_when_it_rises_and_a_repetition_is_kept_apart(self) -> None:
        inputs = reports(hid.GENERIC)
        press = Change(PHONE_MUTE, 1, relative=True)
        first, second = inputs.read(b"\x02\x04\x00"), inputs.read(b"\x02\x04\x00")
        assert (first.changes, first.again) == ((press,), ())
        assert (second.changes, second.again) == ((), (press,))
        assert inputs.read(b"\x02\x05\x00").changes == (Change(HOOK_SWITCH, 1),)
        assert inputs.read(b"\x02\x01\x00").changes == ()

    def test_knob_that_turns_on_says_the_same_again(self) -> None:
        turn = hid.item(0x14, -1, 1) + hid.item(0x24, 1, 1) + hid.bits(8, 1) + hid.usage(0xE0)
        inputs = reports(hid.application(0x0C, 0x01, turn, hid.data_in(hid.RELATIVE)))
        assert [inputs.read(b"\x01").changes for _ in range(3)] == [(Change(VOLUME, 1, relative=True),)] * 3

    def test_one_shot_that_comes_again_is_no_bare_repetition(self) -> None:
        inputs = reports(hid.GENERIC)
        inputs.read(b"\x02\x04\x00")
        assert not inputs.read(b"\x02\x04\x00").repeated

    def test_bits_we_do_not_know_are_news_too(self) -> None:
        inputs = reports(hid.GENERIC)
        assert not inputs.read(b"\x02\x02\x00").repeated

    def test_idle_keypad_is_not_the_first_key(self) -> None:
        inputs = reports(hid.GENERIC)
        assert inputs.read(b"\x02\x00\x00").changes == ()
        assert inputs.read(b"\x02\x80\x02").changes == (Change(0x0B00B5, 1),)
        assert inputs.read(b"\x02\x00\x00").changes == (Change(0x0B00B5, 0),)

    def test_keypad_that_counts_from_one(self) -> None:
        inputs = reports(hid.JABRA_LIKE)
        assert inputs.read(b"\x02\x10\x00").changes == (Change(0x0B00B0, 1),)
        assert set(inputs.read(b"\x02\xc0\x00").changes) == {Change(0x0B00B0, 0), Change(0x0B00BB, 1)}
        assert inputs.read(b"\x02\xf0\x00").changes == (Change(0x0B00BB, 0),)  # outside the logical range: none is down

    def test_keypad_from_zero_with_a_value_to_spare(self) -> None:
        keypad = hid.logical(0, 12) + hid.bits(4, 1) + hid.usages(0xB0, 0xBB) + hid.data_in(hid.ARRAY)
        inputs = reports(hid.application(0x0B, 0x05, keypad, hid.padding_in(4)))
        assert inputs.read(b"\x01").changes == (Change(0x0B00B0, 1),)
        assert Change(0x0B00BB, 1) in inputs.read(b"\x0c").changes

    def test_volume_that_turns(self) -> None:
        turn = (
            hid.item(0x14, -1, 1) + hid.item(0x24, 1, 1) + hid.bits(2, 1) + hid.usage(0xE0) + hid.data_in(hid.RELATIVE)
        )
        inputs = reports(hid.application(0x0C, 0x01, turn, hid.padding_in(6)))
        assert inputs.read(b"\x03").changes == (Change(VOLUME, -1, relative=True),)

    def test_buttons_count_in_a_telephony_collection_only(self) -> None:
        assert reports(hid.KEYBOARD).read(b"\x00\x40").values == {}
        assert reports(hid.LOGITECH_LIKE).read(b"\x08").changes == (Change(0x090007, 1),)

    def test_without_report_numbers(self) -> None:
        changes = reports(hid.LOGITECH_LIKE).read(b"\x21").changes
        assert set(changes) == {Change(HOOK_SWITCH, 1, relative=True), Change(VOLUME_DOWN, 1)}

    @pytest.mark.parametrize("report", [b"", b"\x02", b"\x07\xff", b"\x00"])
    def test_report_that_says_nothing(self, report: bytes) -> None:
        assert reports(hid.GENERIC).read(report).changes == ()

    @pytest.mark.parametrize(
        ("report", "fault"),
        [
            (b"\x02\x00\x00", None),
            (b"\x02\x00", Fault.SHORT),
            (b"\x02", Fault.SHORT),
            (b"\x02\x00\x00\x00", Fault.LONG),
            (b"\x01\x00", None),  # the last bits of the last byte are nobody's
            (b"\x07\xff", Fault.UNKNOWN),
            (b"\x00", Fault.UNKNOWN),
            (b"", Fault.UNKNOWN),
        ],
    )
    def test_what_is_wrong_with_a_report(self, report: bytes, fault: Fault | None) -> None:
        assert reports(hid.GENERIC).read(report).fault is fault

    def test_a_report_of_which_we_know_nothing_may_be_right(self) -> None:
        inputs = reports(hid.JABRA_LIKE)
        assert inputs.read(b"\x05" + bytes(62)).fault is None
        assert inputs.read(b"\x05" + bytes(61)).fault is Fault.SHORT

    @pytest.mark.parametrize(("size", "fault"), [(0, Fault.SHORT), (1, None), (2, Fault.LONG)])
    def test_without_report_numbers_the_length_tells(self, size: int, fault: Fault | None) -> None:
        assert reports(hid.LOGITECH_LIKE).read(bytes(size)).fault is fault

    @given(item_lists, st.lists(st.binary(max_size=40), max_size=10))
    def test_any_descriptor_and_any_reports(self, body: bytes, noise: list[bytes]) -> None:
        try:
            descriptor = parse(hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 8), body))
        except DescriptorError:
            return
        inputs, conversation = InputReports(descriptor), Conversation()
        for now, report in enumerate(noise):
            conversation.heard(inputs.read(report), float(now))
            conversation.lamps_sent(Lamps(mute=now % 2 == 1, off_hook=now % 3 == 1), float(now))
            conversation.settle(now + 0.5)
        for report in OutputReports(descriptor, LAMP_USAGES).encode(LAMP_USAGES):
            assert len(report) == 1 + (descriptor.bits[Kind.OUTPUT, report[0]] + 7) // 8

    def test_a_made_up_descriptor_costs_no_more_than_a_real_one(self) -> None:
        one = hid.usages(0x20, 0xBF) + hid.data_in(hid.DATA_VARIABLE) + hid.usages(0xB0, 0xBB) + hid.data_in(hid.ARRAY)
        hostile = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 160), one * 300)
        assert len(reports(hostile).read(bytes(12_000)).values) < len(HEARD)
        (layout,) = reports(hostile)._layouts.values()
        assert len(layout.variables) <= len(HEARD)
        assert len(layout.arrays) <= MAX_ARRAYS

    def test_short_report_says_what_it_can_and_forgets_nothing(self) -> None:
        inputs = reports(hid.GENERIC)
        inputs.read(b"\x02\x81\x02")
        assert inputs.read(b"\x02\x09").changes == (Change(FLASH, 1, relative=True),)
        assert inputs.read(b"\x02\x81\x02").changes == ()

    @given(st.sampled_from(list(hid.REAL_LOOKING.values())), st.lists(st.binary(max_size=8), max_size=10))
    def test_noise_never_raises_and_states_alternate(self, descriptor: bytes, noise: list[bytes]) -> None:
        inputs, last = reports(descriptor), dict[int, int]()
        for change in [change for report in noise for change in inputs.read(report).changes]:
            assert change.relative or change.value != last.get(change.usage, 0)
            last[change.usage] = change.value

    @given(st.binary(max_size=3))
    def test_generic_bits_mean_what_they_should(self, data: bytes) -> None:
        heard = reports(hid.GENERIC).read(b"\x02" + data)
        assert heard.values.get(HOOK_SWITCH, 0) == (data[0] & 1 if data else 0)


class TestOutput:
    @pytest.mark.parametrize(
        ("descriptor", "expected"),
        [
            (hid.GENERIC, b"\x02\x13\x00"),
            (hid.JABRA_LIKE, b"\x02\x09\x00"),
            (hid.YEALINK_LIKE, b"\x04\x03\x00"),
            (hid.LOGITECH_LIKE, b"\x00\x03"),
        ],
    )
    def test_one_whole_report(self, descriptor: bytes, expected: bytes) -> None:
        outputs = OutputReports(parse(descriptor), LAMP_USAGES)
        assert outputs.encode({LED_OFF_HOOK, LED_MUTE, LED_MICROPHONE}) == [expected]
        assert outputs.encode(()) == [expected[:1] + bytes(len(expected) - 1)]

    def test_lamps(self) -> None:
        outputs = OutputReports(parse(hid.GENERIC), LAMP_USAGES)
        assert outputs.encode(Lamps(ring=True, hold=True).usages()) == [b"\x02\x0c\x00"]

    def test_lamps_of_a_keyboard_are_left_alone(self) -> None:
        assert OutputReports(parse(hid.KEYBOARD), LAMP_USAGES).encode({LED_MUTE}) == []

    def test_lamps_in_two_reports_are_sent_in_two(self) -> None:
        one = hid.report(1) + hid.page(8) + hid.bits(1, 1) + hid.usage(0x17) + hid.data_out(hid.DATA_VARIABLE)
        two = hid.report(2) + hid.bits(1, 1) + hid.usage(0x18) + hid.data_out(hid.DATA_VARIABLE)
        outputs = OutputReports(parse(hid.application(0x0B, 5, hid.logical(0, 1), one, two)), LAMP_USAGES)
        assert sorted(outputs.encode({LED_RING})) == [b"\x01\x00", b"\x02\x01"]

    def test_lamps_in_an_array(self) -> None:
        body = hid.page(8) + hid.logical(1, 2) + hid.bits(8, 2) + hid.usages(0x17, 0x18) + hid.data_out(hid.ARRAY)
        outputs = OutputReports(parse(hid.application(0x0B, 5, body)), LAMP_USAGES)
        assert outputs.encode({LED_RING}) == [b"\x00\x02\x00"]
        assert outputs.encode({LED_RING, LED_OFF_HOOK}) == [b"\x00\x01\x02"]
