"""Everything can be pulled out and plugged in again while people talk."""

import pytest

from tests.hardware.room import MUTE_BADGE, Room

pytestmark = pytest.mark.hardware


@pytest.fixture
def in_a_call(idle: Room) -> Room:
    idle.in_a_call()
    return idle


def the_rest_works(room: Room, without: str) -> None:
    """A press still mutes, and the room says what is missing."""
    room.until_status(without)
    edge = room.press("mute")
    room.sent("setMicMute", after=edge, mute=True)
    room.lamp_stays("muted", lit=True)


def test_a_keypad(in_a_call: Room) -> None:
    in_a_call.guest.do("unplug", device="keypad")
    the_rest_works(in_a_call, "keypad")
    back = in_a_call.guest.do("plug", device="keypad")
    in_a_call.until_status("")
    edge = in_a_call.type("7")[0]
    in_a_call.sent("toneDial", after=edge, symbol="7")
    in_a_call.note("keypad plugged in -> works again", back, edge)


def test_a_badge_reader(in_a_call: Room) -> None:
    in_a_call.guest.do("unplug", device="badge")
    the_rest_works(in_a_call, "reader")
    in_a_call.guest.do("plug", device="badge")
    in_a_call.until_status("")
    edge = in_a_call.guest.on("badge", "type", MUTE_BADGE, 0.005)[0]
    in_a_call.sent("setMicMute", after=edge, mute=False)


def test_a_speakerphone_comes_back_with_the_lamps_of_now(in_a_call: Room) -> None:
    in_a_call.guest.do("unplug", device="phone")
    the_rest_works(in_a_call, "speakerphone")
    back = in_a_call.guest.do("plug", device="phone")
    lit = max(in_a_call.guest.on("phone", "wait_lamp", lamp, 45, lit=True, within=45) for lamp in ("off_hook", "mute"))
    in_a_call.note("speakerphone plugged in -> its lamps right", back, lit)
    assert in_a_call.asked(back) == []


def test_what_was_away_for_long_is_taken_at_once(in_a_call: Room) -> None:
    """By then each tries twice a minute by itself: it is udev's word that brings all three back.

    udev starts programs for each device, which takes a guest six to fifteen seconds: only what follows is ours.
    """
    devices = ("keypad", "phone", "joystick")
    for device in devices:
        in_a_call.guest.do("unplug", device=device)
    for offline in ("keypad", "speakerphone", "joystick"):
        in_a_call.until_status(offline)
    in_a_call.wait(45)
    back = [in_a_call.guest.do("plug", device=device) for device in devices][-1]
    in_a_call.guest.run("udevadm", "settle", timeout=60)
    told = in_a_call.now()
    in_a_call.until_status("")
    taken = in_a_call.now()
    in_a_call.note("last of three plugged in after 45 s -> nothing offline", back, taken)
    took = in_a_call.note("udev has told of all three -> nothing offline", told, taken)
    assert in_a_call.guest.judged(took) < 3000


def test_a_display(in_a_call: Room) -> None:
    in_a_call.guest.do("unplug", device="oled")
    the_rest_works(in_a_call, "display")
    back = in_a_call.guest.do("plug", device="oled")
    drawn = in_a_call.guest.on("oled", "wait_any_frame", 45, back, within=45)
    in_a_call.note("display plugged in -> picture on the glass", back, drawn)
    in_a_call.until_status("")


def test_a_joystick(in_a_call: Room) -> None:
    in_a_call.guest.do("unplug", device="joystick")
    the_rest_works(in_a_call, "joystick")
    in_a_call.guest.do("plug", device="joystick")
    in_a_call.until_joystick_works()


def test_ten_unplugs_a_second(in_a_call: Room) -> None:
    began = in_a_call.now()
    for device in ("keypad", "badge", "phone", "joystick", "oled"):
        rate = in_a_call.guest.do("flap", device=device, seconds=2.0, every=0.1, within=30)
        print(f"{device}: {rate:.1f} unplugs a second")
    assert in_a_call.asked(began) == []
    in_a_call.until_status("", seconds=60)
    edge = in_a_call.type("5")[0]
    in_a_call.sent("toneDial", after=edge, symbol="5")
    in_a_call.lamp_stays("in_call", lit=True)
    assert in_a_call.guest.do("show")["NRestarts"] == "0"
