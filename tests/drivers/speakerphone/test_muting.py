"""Mute keys whose device will not be unmuted, or answers every lamp: respected, told, and never without an end."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.muting import ANSWERS, FORGIVEN
from drivers.speakerphone.reports import InputReports
from drivers.speakerphone.requests import MuteKey, MuteLock, Request
from drivers.speakerphone.telephony import Conversation, Lamps
from tests.drivers.speakerphone import descriptors as hid

SWITCH = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 2), hid.usage(0x2F), hid.usage(0x97), hid.data_in(2))
PULSE = hid.application(0x0B, 5, hid.logical(0, 1), hid.bits(1, 1), hid.usage(0x2F), hid.data_in(hid.RELATIVE))
MUTED, UNMUTED, BOTH = b"\x01", b"\x00", b"\x03"


class Device:
    """Says reports and is shown whether the room is muted; what is due meanwhile is asked for first."""

    def __init__(self, descriptor: bytes = SWITCH, *, muted: bool = False) -> None:
        self._inputs = InputReports(parse(descriptor))
        self._conversation = Conversation()
        self._conversation.lamps_sent(Lamps(mute=muted), 0.0)

    def shows(self, at: float, *, muted: bool) -> None:
        self._conversation.lamps_sent(Lamps(mute=muted), at)

    def says(self, report: bytes, at: float) -> list[Request]:
        return self._conversation.heard(self._inputs.read(report), at)

    def due(self, at: float) -> list[Request]:
        return self._conversation.settle(at) if self._conversation.deadline <= at else []


@pytest.fixture
def locked() -> Device:
    """A device with a mute lock that is shut; somebody has tried to unmute it."""
    device = Device()
    assert device.says(MUTED, at=1) == [MuteKey(True)]
    device.shows(1.1, muted=True)
    device.says(MUTED, at=1.2)
    device.shows(20, muted=False)
    assert device.says(MUTED, at=20.1) == []
    assert device.due(20.5) == [MuteLock(True), MuteKey(True)]
    device.shows(20.6, muted=True)
    return device


def test_a_lock_is_respected_and_told(locked: Device) -> None:
    assert locked.due(60) == []


def test_a_lock_is_told_once(locked: Device) -> None:
    locked.shows(40, muted=False)
    assert locked.says(MUTED, at=40.1) == []
    assert locked.due(40.5) == [MuteKey(True)]


def test_a_lock_that_opens_is_told(locked: Device) -> None:
    locked.shows(40, muted=False)
    assert locked.says(UNMUTED, at=40.1) == []
    assert locked.due(40.5) == [MuteLock(False)]
    assert locked.due(41) == []


def test_a_lock_that_is_opened_by_hand_unmutes(locked: Device) -> None:
    assert locked.says(UNMUTED, at=40) == [MuteKey(False)]
    locked.shows(40.1, muted=False)
    assert locked.due(40.6) == [MuteLock(False)]


def test_a_device_that_takes_its_time_to_follow_is_no_lock() -> None:
    device = Device(muted=True)
    device.says(MUTED, at=1)
    device.shows(20, muted=False)
    device.says(MUTED, at=20.1)
    device.says(UNMUTED, at=20.4)
    assert device.due(20.5) == []


def test_a_device_that_says_nothing_is_no_lock() -> None:
    device = Device(muted=True)
    device.says(MUTED, at=1)
    device.shows(20, muted=False)
    assert device.due(20.5) == []


def test_a_report_about_something_else_is_no_refusal() -> None:
    device = Device(muted=True)
    device.says(MUTED, at=1)
    device.shows(20, muted=False)
    device.says(BOTH, at=20.1)
    assert device.due(20.5) == []


def test_a_lock_that_follows_first_and_falls_back_is_told_the_second_time() -> None:
    device = Device(muted=True)
    device.says(MUTED, at=1)
    for at, expected in ((20, [MuteKey(True)]), (22, [MuteLock(True), MuteKey(True)])):
        device.shows(at, muted=False)
        assert device.says(UNMUTED, at=at + 0.1) == []
        assert device.says(MUTED, at=at + 0.2) == expected
        assert device.due(at + 0.5) == []
        device.shows(at + 0.3, muted=True)


def test_one_that_only_says_pressed_refuses_by_pressing() -> None:
    device = Device(PULSE, muted=True)
    for at, expected in ((20, [MuteKey()]), (22, [MuteLock(True), MuteKey()])):
        device.shows(at, muted=False)
        assert device.says(b"\x01", at=at + 0.1) == expected
        device.says(b"\x00", at=at + 0.11)
        device.shows(at + 0.2, muted=True)


def test_a_finger_is_no_lock_however_often_it_presses() -> None:
    device, muted = Device(PULSE), False
    for press in range(40):
        assert device.says(b"\x01", at=press + 1.0) == [MuteKey()]
        device.says(b"\x00", at=press + 1.1)
        muted = not muted
        device.shows(press + 1.15, muted=muted)


def answering(descriptor: bytes, answers: int) -> list[bool]:
    """Whether the room is muted, in turn, with a device that answers each change of the lamp by asking for another."""
    device, muted, now, history = Device(descriptor), False, 0.0, [False]
    device.shows(0.1, muted=True)
    device.shows(0.2, muted=False)
    for _ in range(answers):
        now += 0.4
        report = UNMUTED if descriptor is SWITCH and muted else MUTED
        if descriptor is SWITCH:
            device.says(MUTED if muted else UNMUTED, now)  # it follows, and then wants the other
        asked = [each for each in device.says(report, now + 0.1) if isinstance(each, MuteKey)]
        if descriptor is PULSE:
            device.says(UNMUTED, now + 0.1)
        if not asked:
            break  # the lamp does not change, so there is nothing more to answer
        for key in asked:
            muted = not muted if key.on is None else key.on
            history.append(muted)
            device.shows(now + 0.15, muted=muted)
    return history


@pytest.mark.parametrize("descriptor", [SWITCH, PULSE])
def test_a_device_that_answers_every_lamp_is_not_answered_for_ever_and_the_room_ends_muted(descriptor: bytes) -> None:
    history = answering(descriptor, 200)
    assert len(history) <= 2 * ANSWERS + 2
    assert history[-1] is True


def test_a_lock_against_somebody_who_unmutes_at_once_gives_up_for_a_while() -> None:
    device, asked, now = Device(muted=True), 0, 20.0
    device.says(MUTED, at=1)
    for _ in range(30):
        device.shows(now, muted=False)
        device.says(MUTED, at=now + 0.1)
        asked += MuteKey(True) in device.due(now + 0.5)
        device.shows(now + 0.6, muted=True)
        now += 0.7
    assert asked == ANSWERS
    now += FORGIVEN
    device.shows(now, muted=False)
    device.says(MUTED, at=now + 0.1)
    assert device.due(now + 0.5) == [MuteKey(True)]


steps = st.tuples(st.floats(0.01, 30), st.sampled_from([MUTED, UNMUTED, BOTH, True, False]))


@given(st.sampled_from([SWITCH, PULSE]), st.lists(steps, max_size=40))
def test_a_lock_is_told_when_it_changes_and_only_then(
    descriptor: bytes, history: list[tuple[float, bytes | bool]]
) -> None:
    device, now, told = Device(descriptor), 0.0, [False]
    for wait, what in history:
        now += wait
        asked = device.due(now)
        if isinstance(what, bool):
            device.shows(now, muted=what)
        else:
            asked += device.says(what, now)
        told += [each.on for each in asked if isinstance(each, MuteLock)]
    assert all(one is not other for one, other in itertools.pairwise(told))
