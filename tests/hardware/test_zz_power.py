"""The plug is pulled: last, because the machine starts anew."""

import pytest

from tests.hardware.room import Room

pytestmark = pytest.mark.hardware


def test_after_a_power_cut_the_room_is_right_again(idle: Room) -> None:
    idle.in_a_call()
    idle.power_cut()
    idle.plug_all()
    idle.lamp_stays("in_call", lit=True, for_seconds=2.2, seconds=90)
    began = idle.now()
    edge = idle.press("hangup")
    idle.sent("hangUp", after=edge)
    assert idle.asked(began) == ["hangUp"]
