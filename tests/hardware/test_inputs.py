"""Keypad, speakerphone and joystick, as the kernel sees them plugged in."""

import pytest

from tests.hardware.room import ANNA, BADGE, Room

HOLD = ["setMicMute", "setVideoMute", "setAudioMute"]
pytestmark = pytest.mark.hardware


def test_digits_in_a_call_are_tones(idle: Room) -> None:
    idle.in_a_call()
    times = idle.type("159*#")
    for at, symbol in zip(times, "159*#", strict=True):
        idle.note("key down -> toneDial", at, idle.sent("toneDial", after=at, symbol=symbol))
    assert idle.asked(times[0]) == ["toneDial"] * 5


def test_a_number_typed_is_called_by_the_button(idle: Room) -> None:
    began = idle.type("100")[0]
    edge = idle.press("call")
    idle.sent("call", after=edge, peerId="100")
    assert idle.asked(began) == ["call"]


def test_a_key_on_another_node_of_the_keypad_is_a_key_of_it(idle: Room) -> None:
    edge = idle.guest.on("keypad", "calculator")
    idle.sent("setMicMute", after=edge, mute=True)
    idle.lamp("muted", lit=True)  # the key toggles what the terminal has confirmed
    again = idle.guest.on("keypad", "calculator")
    idle.sent("setMicMute", after=again, mute=False)
    assert idle.asked(edge) == ["setMicMute"] * 2


def test_a_badge_calls_whom_it_stands_for(idle: Room) -> None:
    began = idle.guest.on("badge", "type", BADGE, 0.005)
    idle.note("badge read (Enter) -> call", began[-1], idle.sent("call", after=began[0], peerId=ANNA))
    assert idle.asked(began[0]) == ["call"]


def test_hook_off_answers_and_hook_on_ends(idle: Room) -> None:
    began = idle.now()
    idle.terminal.peer(ANNA, "call")
    told = idle.told("appStateChanged", after=began)
    idle.note(
        "event: ringing -> report to the speakerphone",
        told,
        idle.guest.on("phone", "wait_lamp", "ring", 5, lit=True, after=began),
    )
    edge = idle.guest.on("phone", "hook", off=True)
    idle.note("hook report -> accept", edge, idle.sent("accept", after=edge))
    idle.guest.on("phone", "wait_lamp", "off_hook", 5, lit=True, after=edge)
    idle.lamp_stays("in_call", lit=True)
    assert idle.asked(began) == ["accept"]  # its answer to the lamp is no second key
    edge = idle.guest.on("phone", "hook", off=False)
    idle.note("hook report -> hangUp", edge, idle.sent("hangUp", after=edge))
    idle.guest.on("phone", "wait_lamp", "off_hook", 5, lit=False, after=edge)


def test_a_mute_on_the_wire_is_a_report_to_the_speakerphone(idle: Room) -> None:
    edge = idle.press("mute")
    told = idle.told("audioCapturerMute", after=edge)
    idle.note(
        "event: muted -> report to the speakerphone",
        told,
        idle.guest.on("phone", "wait_lamp", "mute", 5, lit=True, after=edge),
    )
    edge = idle.guest.on("phone", "mute")
    idle.note("mute report -> setMicMute", edge, idle.sent("setMicMute", after=edge, mute=False))
    idle.guest.on("phone", "wait_lamp", "mute", 5, lit=False, after=edge)
    idle.lamp_stays("muted", lit=False)


def test_flash_puts_the_call_on_hold_and_back(idle: Room) -> None:
    idle.in_a_call()
    idle.guest.on("phone", "wait_lamp", "off_hook", 5, lit=True)
    edge = idle.guest.on("phone", "flash")
    for method in HOLD:
        idle.sent(method, after=edge, mute=True)
    lit = idle.guest.on("phone", "wait_lamp", "hold", 5, lit=True, after=edge)
    idle.note("flash report -> report to the speakerphone: on hold", edge, lit)
    assert idle.asked(edge) == HOLD  # its answers to the lamps are no keys, and nobody hung up
    again = idle.guest.on("phone", "flash")
    for method in HOLD:
        idle.sent(method, after=again, mute=False)
    idle.guest.on("phone", "wait_lamp", "hold", 5, lit=False, after=again)
    assert idle.asked(again) == HOLD[::-1]
    idle.lamp_stays("in_call", lit=True)


def test_a_mute_lock_has_its_way_and_no_more(idle: Room) -> None:
    edge = idle.guest.on("phone", "mute")
    idle.guest.on("phone", "wait_lamp", "mute", 5, lit=True, after=edge)
    idle.guest.on("phone", "lock", shut=True)
    for _ in range(2):
        edge = idle.press("mute")
        idle.sent("setMicMute", after=edge, mute=False)
        idle.sent("setMicMute", after=edge, mute=True)
        idle.lamp_stays("muted", lit=True, for_seconds=1)
        assert idle.asked(edge) == ["setMicMute"] * 2
    assert said(idle, "speakerphone_mute_lock").count("on=True") == 1
    idle.guest.on("phone", "lock", shut=False)
    idle.press("mute")
    idle.lamp_stays("muted", lit=False, for_seconds=1)
    assert said(idle, "speakerphone_mute_lock").count("on=False") == 1


def test_reports_that_are_none_are_said_once_and_harm_nothing(idle: Room) -> None:
    began = idle.guest.on("phone", "ramble")
    edge = idle.guest.on("phone", "louder")
    idle.sent("setSettings", after=edge)
    assert idle.asked(began) == ["setSettings"]
    assert said(idle, "speakerphone_report_wrong").count("fault=long") == 1


def test_a_volume_key_is_heard_once_and_by_nobody_else(idle: Room) -> None:
    edge = idle.guest.on("phone", "louder")
    idle.note("volume report -> setSettings", edge, idle.sent("setSettings", after=edge))
    idle.lamp_stays("in_call", lit=False)
    assert idle.asked(edge) == ["setSettings"]
    held = idle.guest.on("phone", "held_by_somebody")
    assert held
    assert all(held)
    assert set(idle.guest.on("phone", "led_triggers")) <= {"[none]"}


def said(room: Room, event: str) -> str:
    """The lines of the log with this event, of this start of the service and this plug of the phone."""
    words = ("-u", "offhook", "-b", "--no-pager", "-o", "cat", f"--grep=speakerphone_opened|{event}")
    return room.guest.run("journalctl", *words).rpartition("speakerphone_opened")[2]


def test_a_joystick_drives_and_hears_so(idle: Room) -> None:
    idle.guest.on("joystick", "forget")  # a camera says that it came to life when the service starts
    for frame, method in (
        ("81010601050501 03FF", "ptzLeft"),
        ("8101060105050303FF", "ptzStop"),
        ("8101040702FF", "ptzZoomInc"),
    ):
        edge = idle.guest.on("joystick", "send", frame)
        idle.note("joystick frame -> ptz command", edge, idle.sent(method, after=edge))
        assert idle.guest.on("joystick", "heard", 2, 5) == "90 41 FF 90 51 FF"
    edge = idle.guest.on("joystick", "send", "8101040700FF")
    idle.sent("ptzStop", after=edge)


def test_a_joystick_unplugged_while_it_moves_stops_the_camera(idle: Room) -> None:
    edge = idle.guest.on("joystick", "send", "8101060105050203FF")
    idle.sent("ptzRight", after=edge)
    gone = idle.guest.do("unplug", device="joystick")
    idle.note("joystick unplugged -> ptzStop", gone, idle.sent("ptzStop", after=gone))
    back = idle.guest.do("plug", device="joystick")
    edge = idle.until_joystick_works()
    idle.note("joystick plugged in -> works again", back, edge)
