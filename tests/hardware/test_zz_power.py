"""The plug is pulled: last, because the machine starts anew."""

import pytest

from tests.hardware.room import IDLE, Room

pytestmark = pytest.mark.hardware


def test_after_a_power_cut_the_room_is_right_again(idle: Room) -> None:
    idle.in_a_call()
    before = idle.commands("hangUp")
    idle.power_cut()
    idle.plug_all()
    idle.lamp_stays("in_call", lit=True, for_seconds=2.2, seconds=90)
    # asked of the terminal: the room may have connected before the recorder on the wire was there
    assert idle.commands("hangUp") == before
    idle.press("hangup")
    idle.terminal.until(lambda state: state["appState"] == IDLE)
    assert idle.commands("hangUp") == before + 1
