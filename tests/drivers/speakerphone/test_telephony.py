"""One device, one room: what is pressed, what is lit, and when."""

import pytest

from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.profiles import GENERIC, Profile, profile_of
from drivers.speakerphone.reports import InputReports
from drivers.speakerphone.requests import (
    Digit,
    Flash,
    HoldKey,
    HookOff,
    HookOn,
    MuteKey,
    Redial,
    Reject,
    Request,
    VolumeKey,
)
from drivers.speakerphone.telephony import Conversation, Lamps
from tests.drivers.speakerphone import descriptors as hid

HOLD_ONE_SHOT = hid.application(
    0x0B, 5, hid.logical(0, 1), hid.bits(1, 1), hid.usage(0x23), hid.data_in(hid.RELATIVE), hid.padding_in(7)
)
POLY = profile_of("Sync 20", "047f:9215")
IDLE, RINGING, IN_CALL = Lamps(), Lamps(ring=True), Lamps(off_hook=True)


class Device:
    """Says reports at given times, and is shown lamps."""

    def __init__(self, descriptor: bytes = hid.GENERIC, profile: Profile = GENERIC) -> None:
        self._inputs = InputReports(parse(descriptor))
        self._conversation = Conversation(profile)

    def shows(self, lamps: Lamps, at: float) -> None:
        self._conversation.lamps_sent(lamps, at)

    def says(self, report: str, at: float) -> list[Request]:
        return self._conversation.heard(self._inputs.read(bytes.fromhex(report)), at)


@pytest.fixture
def device() -> Device:
    device = Device()
    device.shows(IDLE, at=0)
    return device


ON, OFF = "02 00 00", "02 01 00"


class TestHook:
    def test_first_press_counts(self, device: Device) -> None:
        assert device.says(OFF, at=10) == [HookOff()]

    def test_call_and_hang_up(self, device: Device) -> None:
        device.says(OFF, at=10)
        device.shows(IN_CALL, at=10.1)
        assert device.says(OFF, at=10.12) == []
        assert device.says(ON, at=20) == [HookOn()]

    def test_echo_of_a_call_taken_elsewhere_is_nobodys_press(self, device: Device) -> None:
        device.shows(IN_CALL, at=10)
        assert device.says(OFF, at=10.2) == []
        assert device.says(OFF, at=12) == []
        device.shows(IDLE, at=30)
        assert device.says(ON, at=30.1) == []

    def test_report_that_crossed_our_lamp_is_ignored(self, device: Device) -> None:
        device.says(OFF, at=10)
        device.shows(IN_CALL, at=10.1)
        assert device.says(ON, at=10.3) == []  # the key of a momentary switch goes up
        assert device.says(OFF, at=20) == []
        assert device.says(ON, at=20.2) == [HookOn()]

    def test_hang_up_at_once_counts_when_the_device_has_acknowledged(self, device: Device) -> None:
        device.says(OFF, at=10)
        device.shows(IN_CALL, at=10.1)
        device.says(OFF, at=10.15)
        assert device.says(ON, at=10.2) == [HookOn()]

    def test_device_that_falls_back_is_not_hanging_up(self, device: Device) -> None:
        device.shows(RINGING, at=5)
        assert device.says(OFF, at=10) == [HookOff()]
        assert device.says(ON, at=12) == []
        device.shows(IN_CALL, at=12.5)
        assert device.says(OFF, at=12.6) == []

    def test_device_that_follows_silently_hangs_up_with_the_same_report_again(self, device: Device) -> None:
        device.says(ON, at=1)
        device.shows(IN_CALL, at=210)
        assert device.says(ON, at=210.3) == []
        assert device.says(ON, at=220) == [HookOn()]

    def test_device_that_does_not_follow_does_not_hang_up_with_its_other_keys(self, device: Device) -> None:
        device.says(ON, at=1)
        device.shows(IN_CALL, at=210)
        assert device.says("02 04 00", at=220) == [MuteKey()]
        assert device.says(ON, at=220.1) == []

    def test_plugged_in_again_during_a_call(self) -> None:
        device = Device()
        device.shows(IN_CALL, at=0)
        assert device.says(ON, at=0.1) == []
        assert device.says(OFF, at=0.2) == []
        assert device.says(ON, at=5) == [HookOn()]

    def test_answer_to_lamps_sent_again_is_nobodys_press(self, device: Device) -> None:
        device.says(OFF, at=210)
        device.shows(IDLE, at=211)
        assert device.says(OFF, at=211.2) == []
        assert device.says(OFF, at=216.5) == [HookOff()]

    def test_hook_key_that_only_says_pressed(self) -> None:
        device = Device(hid.LOGITECH_LIKE)
        assert device.says("01", at=1) == [HookOff()]
        assert device.says("00", at=1.2) == []
        device.shows(IN_CALL, at=1.3)
        assert device.says("01", at=9) == [HookOn()]

    def test_key_that_only_says_pressed_has_no_state_that_could_hang_up(self) -> None:
        device = Device(hid.LOGITECH_LIKE)
        device.shows(IN_CALL, at=0)
        for at in (5, 6, 7):
            assert device.says("00", at=at) == []

    def test_flash_brings_an_on_hook_that_is_none(self, device: Device) -> None:
        device.says(OFF, at=10)
        device.shows(IN_CALL, at=10.1)
        device.says(OFF, at=10.2)
        assert device.says("02 09 00", at=20) == [Flash()]
        assert device.says(ON, at=20.1) == []

    def test_hold_lamp_brings_an_on_hook_that_is_none(self, device: Device) -> None:
        device.shows(IN_CALL, at=10)
        device.says(OFF, at=10.1)
        device.shows(Lamps(off_hook=True, hold=True), at=20)
        assert device.says(ON, at=20.1) == []
        device.shows(Lamps(off_hook=True, hold=True), at=21)
        device.says(OFF, at=21.1)
        assert device.says(ON, at=25) == [HookOn()]

    def test_drop_key(self) -> None:
        drop = hid.logical(0, 1) + hid.bits(1, 8) + hid.usages(0x20, 0x27) + hid.data_in(hid.DATA_VARIABLE)
        assert Device(hid.application(0x0B, 5, drop)).says("40", at=1) == [HookOn()]


class TestRinging:
    def test_answer(self, device: Device) -> None:
        device.shows(RINGING, at=5)
        assert device.says(OFF, at=6) == [HookOff()]

    def test_reject_key(self, device: Device) -> None:
        device.shows(RINGING, at=5)
        assert device.says("02 40 00", at=6) == [Reject()]
        assert device.says(ON, at=6.1) == []

    @pytest.mark.parametrize("report", ["04", "08"])
    def test_either_reject_button(self, report: str) -> None:
        assert Device(hid.LOGITECH_LIKE).says(report, at=6) == [Reject()]

    def test_on_hook_twice_rejects_and_the_answer_to_our_lamp_does_not_count(self) -> None:
        device = Device(profile=POLY)
        device.shows(RINGING, at=5)
        assert device.says(ON, at=5.1) == []
        assert device.says(ON, at=6) == []
        assert device.says(ON, at=7.5) == [Reject()]
        assert device.says(ON, at=8) == []

    def test_every_call_counts_anew(self) -> None:
        device = Device(profile=POLY)
        device.shows(RINGING, at=5)
        device.says(ON, at=6)
        device.shows(IDLE, at=7)
        device.shows(RINGING, at=8)
        assert device.says(ON, at=9) == []

    def test_other_keys_do_not_reject(self, device: Device) -> None:
        device.shows(RINGING, at=5)
        for press in range(3):
            device.says("02 04 00", at=6 + press)
            assert device.says(ON, at=6.2 + press) == []


class TestMute:
    def test_one_shot_asks_for_the_other_state(self, device: Device) -> None:
        assert device.says("02 04 00", at=1) == [MuteKey()]
        assert device.says(ON, at=1.1) == []
        assert device.says("02 04 00", at=3) == [MuteKey()]

    def test_one_press_in_two_reports_is_one(self) -> None:
        two = [hid.report(n) + hid.bits(1, 1) + hid.usage(0x2F) + hid.data_in(hid.RELATIVE) for n in (1, 2)]
        device = Device(hid.application(0x0B, 5, hid.logical(0, 1), *two))
        assert device.says("01 01", at=1) == [MuteKey()]
        assert device.says("02 01", at=1.01) == []

    def test_switch_asks_for_its_state(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        assert device.says("04 04 00", at=1) == [MuteKey(True)]
        device.shows(Lamps(mute=True), at=1.1)
        assert device.says("04 04 00", at=1.2) == []
        assert device.says("04 00 00", at=1.3) == [MuteKey(False)]

    def test_switch_that_follows_the_lamp_is_nobodys_press(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        device.shows(Lamps(mute=True), at=1)
        assert device.says("04 04 00", at=1.1) == []

    def test_momentary_key_declared_as_a_switch(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        assert device.says("04 04 00", at=1) == [MuteKey(True)]
        device.shows(Lamps(mute=True), at=1.1)
        assert device.says("04 00 00", at=1.2) == []
        assert device.says("04 04 00", at=5) == []
        assert device.says("04 00 00", at=5.2) == [MuteKey(False)]


class TestHold:
    def test_key_that_only_says_pressed(self) -> None:
        device = Device(HOLD_ONE_SHOT)
        assert device.says("01", at=1) == [HoldKey()]
        assert device.says("00", at=1.1) == []

    def test_switch_asks_for_its_state(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        assert device.says("04 08 00", at=1) == [HoldKey(True)]
        device.shows(Lamps(off_hook=True, hold=True), at=1.1)
        assert device.says("04 09 00", at=1.2) == []
        assert device.says("04 01 00", at=5) == [HoldKey(False)]

    def test_momentary_key_declared_as_a_switch(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        device.shows(IN_CALL, at=0)
        device.says("04 01 00", at=0.1)
        assert device.says("04 09 00", at=1) == [HoldKey(True)]
        device.shows(Lamps(off_hook=True, hold=True), at=1.1)
        assert device.says("04 01 00", at=1.2) == []
        assert device.says("04 09 00", at=5) == []
        assert device.says("04 01 00", at=5.2) == [HoldKey(False)]

    def test_on_hook_that_comes_with_the_key_is_none(self) -> None:
        device = Device(hid.YEALINK_LIKE)
        device.shows(IN_CALL, at=0)
        device.says("04 01 00", at=0.1)
        assert device.says("04 08 00", at=9) == [HoldKey(True)]


class TestOtherKeys:
    def test_volume(self, device: Device) -> None:
        assert device.says("01 01", at=1) == [VolumeKey(1)]
        assert device.says("01 00", at=1.1) == []
        assert device.says("01 02", at=1.2) == [VolumeKey(-1)]

    def test_turning_volume(self) -> None:
        turn = (
            hid.item(0x14, -1, 1) + hid.item(0x24, 1, 1) + hid.bits(8, 1) + hid.usage(0xE0) + hid.data_in(hid.RELATIVE)
        )
        device = Device(hid.application(0x0C, 1, turn))
        assert device.says("01", at=1) == [VolumeKey(1)]
        assert device.says("ff", at=2) == [VolumeKey(-1)]

    def test_digits(self, device: Device) -> None:
        assert device.says("02 80 02", at=1) == [Digit("5")]
        assert device.says(ON, at=1.1) == []
        assert device.says("02 80 05", at=2) == [Digit("#")]

    def test_redial(self, device: Device) -> None:
        assert device.says("02 10 00", at=1) == [Redial()]

    def test_line_busy_means_nothing(self, device: Device) -> None:
        assert device.says("02 02 00", at=1) == []
