"""Profiles that a user added, with a device."""

import pytest

from drivers.speakerphone.profile_file import HELPERS, LAMPS, LitWith, ProfileFile
from drivers.speakerphone.profiles import GENERIC, Profile
from drivers.speakerphone.requests import HookOff, HookOn, Reject
from drivers.speakerphone.session import Session
from drivers.speakerphone.telephony import Lamps
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.test_field import descriptor_of
from tests.drivers.speakerphone.test_profiles import Device as Known
from tests.drivers.speakerphone.test_profiles import Plugged

MUTED, MUTED_CALL, IDLE = Lamps(mute=True), Lamps(off_hook=True, mute=True), Lamps()
RINGING, MUTED_RINGING = Lamps(ring=True), Lamps(ring=True, mute=True)
NEEDS_OFF_HOOK = ProfileFile(name="X", device="*phone*", lit_with=LitWith(mute=["off_hook"])).profile()


async def written(descriptor: bytes, profile: Profile, *shown: Lamps) -> list[str]:
    plugged = Plugged(descriptor, "")
    session = Session(plugged, [profile])
    for lamps in shown:
        await session.show(lamps)
    return plugged.written


async def test_a_lamp_that_needs_another_is_lit_with_it() -> None:
    assert await written(hid.GENERIC, GENERIC, MUTED) == ["02 12 00"]
    assert await written(hid.GENERIC, NEEDS_OFF_HOOK, MUTED, IDLE, MUTED_CALL) == ["02 13 00", "02 00 00", "02 13 00"]


async def test_but_off_hook_is_not_lit_for_it_while_it_rings() -> None:
    assert await written(hid.GENERIC, NEEDS_OFF_HOOK, MUTED_RINGING) == ["02 16 00"]


async def test_helpers_beyond_the_usual_lamps() -> None:
    line = ProfileFile(name="X", device="*", lit_with=LitWith(mute=["line", "online"])).profile()
    brio = descriptor_of("046d-0944-mx-brio").source
    assert await written(brio, line, MUTED, IDLE) == ["08 03", "08 00"]
    dell = descriptor_of("413c-8223-dell-sp325").source
    assert await written(dell, line, MUTED) == ["05 32"]
    assert await written(hid.YEALINK_LIKE, line, MUTED) == ["04 02 00"]  # it has neither


class Device(Known):
    """One of a kind that a user's profile is for."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(hid.GENERIC)
        self._conversation = type(self._conversation)(profile)
        self._profile = profile
        self.shows(IDLE, at=0)

    def shows(self, lamps: Lamps, at: float) -> None:
        lit = getattr(self, "_profile", GENERIC).lit(lamps.usages(), lamps.usages())
        self._conversation.lamps_sent(lamps, at, off_hook=LAMPS["off_hook"] in lit)


def test_a_hook_that_is_lit_for_another_lamp_starts_a_call_as_ever() -> None:
    device = Device(NEEDS_OFF_HOOK)
    device.shows(MUTED, at=10)
    assert device.says("02 01 00", at=10.1) == []  # it follows
    assert device.says("02 00 00", at=20) == [HookOff()]  # its call key
    device.shows(MUTED_CALL, at=20.1)
    assert device.says("02 01 00", at=20.2) == []
    assert device.says("02 00 00", at=30) == [HookOn()]


def test_an_unknown_device_that_declines_by_repetition_needs_two_lines() -> None:
    device = Device(ProfileFile(name="X", device="*", repeats=True, rejecting_reports=1).profile())
    device.shows(RINGING, at=5)
    assert device.says("02 00 00", at=7) == [Reject()]


@pytest.mark.parametrize("word", LAMPS)
def test_every_lamp_can_need_another(word: str) -> None:
    assert LitWith(**{word: ["speaker"]}).usages() == {LAMPS[word]: (HELPERS["speaker"],)}  # type: ignore[arg-type, index]
