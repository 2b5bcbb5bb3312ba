"""The plug is pulled: last, because the machine starts anew."""

import json
import random
from contextlib import suppress

import pytest

from tests.hardware.agent_line import GuestError
from tests.hardware.room import IDLE, Room

pytestmark = pytest.mark.hardware

PRESETS = "/var/lib/offhook/presets.json"
STORE, FORGET, RECALL = "01043F01", "01043F00", "01043F02"


def preset(room: Room, act: str, number: int) -> None:
    """Done, as the joystick hears; asked again while the line is not open yet, when the kernel itself echoes it."""
    for _ in range(10):
        room.guest.on("joystick", "forget")
        room.guest.on("joystick", "send", f"81{act}{number:02X}FF")
        with suppress(GuestError):
            if room.guest.on("joystick", "heard", 2, 4, within=4) == "90 41 FF 90 51 FF":
                return
    raise AssertionError("the joystick does not hear that it is done")


def test_after_a_power_cut_the_room_is_right_again(idle: Room) -> None:
    idle.in_a_call()
    before = idle.commands("hangUp")
    idle.power_cut()
    idle.plug_all()
    idle.lamp_stays("in_call", lit=True, for_seconds=2.2, seconds=90)
    # asked of the terminal: the room may have connected before the recorder on the wire was there
    assert idle.commands("hangUp") == before
    idle.press("hangup")
    idle.until(lambda state: state["appState"] == IDLE)
    assert idle.commands("hangUp") == before + 1


@pytest.mark.parametrize("cut", [1, 2])
def test_a_power_cut_while_presets_are_written_leaves_the_old_or_the_new(idle: Room, cut: int) -> None:
    preset(idle, STORE, cut)
    idle.guest.run("sh", "-c", f"until grep -q '\"{cut}\"' {PRESETS}; do sleep 0.1; done")
    kept = set(json.loads(idle.guest.run("cat", PRESETS))) - {"15"}
    begun = idle.guest.run("stat", "-c", "%i %Y", PRESETS)
    idle.guest.begin("joystick", "hammer", [f"81{act}0FFF" for act in (STORE, FORGET)], 0.03, 600)
    idle.settle(random.uniform(0.7, 1.7))
    idle.power_cut()
    assert idle.guest.run("stat", "-c", "%i %Y", PRESETS) != begun  # it was being written
    stored = json.loads(idle.guest.run("cat", PRESETS))
    assert set(stored) - {"15"} == kept
    idle.plug_all()
    idle.until_linked(60)
    preset(idle, RECALL, cut)
    assert "presets_not_understood" not in idle.guest.run(
        "journalctl", "-b", "-u", "offhook", "--no-pager", "-o", "cat"
    )
