"""A report that comes again: a device that states its status, or one whose key says the same once more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.profiles import GENERIC, Profile, profile_of
from drivers.speakerphone.repetition import WATCHED
from drivers.speakerphone.reports import InputReports
from drivers.speakerphone.requests import HookOff, HookOn, MuteKey, MuteLock, Reject, Request, VolumeKey
from drivers.speakerphone.telephony import Conversation, Lamps
from tests.drivers.speakerphone import descriptors as hid

IDLE, RINGING, IN_CALL = Lamps(), Lamps(ring=True), Lamps(off_hook=True)
ON, OFF, MUTE, LOUDER = "02 00 00", "02 01 00", "02 04 00", "01 01"
POLY = profile_of("Poly Sync 20", "047f:9215")


class Device:
    """Says reports and is shown lamps; all that it asks for is kept."""

    def __init__(self, profile: Profile = GENERIC, descriptor: bytes = hid.GENERIC) -> None:
        self._inputs = InputReports(parse(descriptor), profile.pressed)
        self._conversation = Conversation(profile)
        self._conversation.lamps_sent(IDLE, 0.0)

    def shows(self, lamps: Lamps, at: float) -> None:
        self._conversation.lamps_sent(lamps, at)

    def says(self, report: str, *times: float) -> list[Request]:
        said: list[Request] = []
        for at in times:
            if self._conversation.deadline <= at:
                said += self._conversation.settle(at)
            said += self._conversation.heard(self._inputs.read(bytes.fromhex(report)), at)
        return said


def each(interval: float, since: float, until: float) -> list[float]:
    return [since + interval * number for number in range(1, int((until - since) / interval) + 1)]


PROFILES = pytest.mark.parametrize("profile", [GENERIC, POLY], ids=["unknown", "poly"])
INTERVALS = pytest.mark.parametrize("interval", [0.3, 1.0, 3.0, 10.0, 30.0])


class TestStatus:
    @INTERVALS
    def test_while_ringing_declines_nothing(self, interval: float) -> None:
        device = Device()
        device.shows(RINGING, at=0.2)
        assert device.says(ON, *each(interval, 0.2, 200)) == []

    @PROFILES
    @INTERVALS
    def test_of_a_device_that_was_idle_before_declines_nothing(self, profile: Profile, interval: float) -> None:
        device = Device(profile)
        assert device.says(ON, *each(interval, 0, 300)) == []
        device.shows(RINGING, at=300.2)
        assert device.says(ON, *each(interval, 300, 500)) == []

    @pytest.mark.parametrize("interval", [0.3, 1.0, 3.0])
    def test_that_begins_with_the_ringing_declines_nothing(self, interval: float) -> None:
        device = Device()
        device.says(ON, 1.0)
        device.shows(RINGING, at=5000)
        assert device.says(ON, *each(interval, 5000, 5100)) == []

    @INTERVALS
    def test_of_a_handset_left_off_calls_once(self, interval: float) -> None:
        device = Device()
        assert device.says(OFF, 10) == [HookOff()]
        device.shows(IN_CALL, at=10.1)
        assert device.says(OFF, *each(interval, 10, 200)) == []
        device.shows(IDLE, at=200.1)  # the far side hangs up
        assert device.says(OFF, *each(interval, 200, 600)) == []
        assert device.says(ON, 601) == []

    @INTERVALS
    def test_of_a_device_that_does_not_follow_hangs_nothing_up(self, interval: float) -> None:
        device = Device()
        device.says(ON, *each(interval, 0, 300))
        device.shows(IN_CALL, at=300.1)
        assert device.says(ON, *each(interval, 300, 500)) == []

    @PROFILES
    def test_with_a_one_shot_in_it_toggles_once(self, profile: Profile) -> None:
        device = Device(profile)
        assert device.says(ON, *each(1, 0, 200)) == []
        device.shows(IN_CALL, at=200.1)
        assert device.says(MUTE, *each(1, 200, 400)).count(MuteKey()) == 1

    def test_with_a_volume_key_in_it_comes_to_an_end(self) -> None:
        assert len(Device().says(LOUDER, *each(1, 0, 300))) <= 3

    def test_that_came_before_the_lamp_is_no_mute_lock(self) -> None:
        device = Device(descriptor=hid.YEALINK_LIKE)
        assert device.says("04 04 00", 1) == [MuteKey(True)]
        device.shows(Lamps(mute=True), at=1.1)
        assert device.says("04 04 00", *each(1, 1.2, 60)) == []
        device.shows(IDLE, at=60.1)
        assert device.says("04 04 00", *each(1, 60.2, 90)) == []

    @given(st.floats(0.05, 40), st.lists(st.floats(-0.1, 0.1), min_size=1, max_size=30), st.sampled_from([ON, OFF]))
    def test_however_slow_and_uneven_asks_for_nothing_that_did_not_change(
        self, interval: float, jitter: list[float], report: str
    ) -> None:
        device, now = Device(), 0.0
        for early in jitter * 3:
            now += interval * (1 + early)
            device.says(report, now)
        for lamps in (RINGING, IDLE, IN_CALL, IDLE):
            device.shows(lamps, at=now + 0.001)
            for early in jitter:
                now += interval * (1 + early)
                assert device.says(report, now) == []


class TestKey:
    def test_of_a_device_known_for_it_declines(self) -> None:
        device = Device(POLY)
        device.shows(RINGING, at=5)
        assert device.says(ON, 8.1, 8.4) == [Reject()]

    def test_that_sends_two_reports_at_once_declines(self) -> None:
        device = Device(POLY)
        for ring in (100, 200, 300):
            device.shows(RINGING, at=ring)
            assert device.says(ON, ring + 3, ring + 3.001) == [Reject()]
            device.shows(IDLE, at=ring + 4)

    def test_of_an_unknown_device_that_never_repeats_itself_hangs_up(self) -> None:
        device = Device()
        device.says(ON, 1)
        device.shows(IN_CALL, at=WATCHED + 10)
        assert device.says(ON, WATCHED + 12) == []  # too early to be sure
        device = Device()
        device.says(ON, 1)
        device.shows(IN_CALL, at=WATCHED + 10)
        assert device.says(ON, WATCHED + 30) == [HookOn()]

    def test_of_a_device_that_was_never_seen_idle_means_nothing(self) -> None:
        device = Device()
        device.shows(IN_CALL, at=0.1)
        assert device.says(ON, 1000, 2500) == []

    def test_of_a_device_that_stopped_restating_itself_is_trusted_after_it_was_watched_again(self) -> None:
        device = Device()
        device.says(ON, *each(1, 0, 60))
        device.shows(IN_CALL, at=70)
        assert device.says(ON, 80) == []
        device.shows(IDLE, at=100)
        device.shows(IN_CALL, at=100 + WATCHED)
        assert device.says(ON, 110 + WATCHED) == [HookOn()]

    def test_is_heard_beside_a_status(self) -> None:
        device = Device()
        device.says(ON, *each(1, 0, 60))
        assert device.says(OFF, 60.4) == [HookOff()]
        device.shows(IN_CALL, at=60.5)
        assert device.says(OFF, *each(1, 60, 90)) == []
        assert device.says(ON, 90.3) == [HookOn()]

    def test_of_volume_counts_without_a_release(self) -> None:
        relative = hid.application(
            0x0C, 1, hid.logical(0, 1), hid.bits(1, 2), hid.usages(0xE9, 0xEA), hid.data_in(hid.RELATIVE)
        )
        device = Device(descriptor=relative)
        assert device.says("01", 10, 10.4, 11.3) == [VolumeKey(1)] * 3

    def test_of_a_lock_is_still_a_lock(self) -> None:
        device = Device(descriptor=hid.YEALINK_LIKE)
        device.says("04 04 00", 1)
        device.shows(Lamps(mute=True), at=1.1)
        device.shows(IDLE, at=20)
        assert device.says("04 04 00", 20.1) == []
        assert device.says("04 04 00", 21) == [MuteLock(True), MuteKey(True)]
