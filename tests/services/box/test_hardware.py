from pathlib import Path

from appliance.config.load import parse
from appliance.services.box.hardware import hardware_of
from tests.drivers.keypad.test_device import NUMPAD, Desk, Paper, desk
from tests.drivers.speakerphone import descriptors as hid
from tests.drivers.speakerphone.test_device import Sys, sys_

__all__ = ["desk", "sys_"]

ROOM = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[keypads.left]
[keypads.right]
device = "1-1.2"
[readers.badge]
device = "keypad"
[speakerphones.table]
[speakerphones.wall]
"""


async def test_no_two_entries_of_a_room_open_the_same(desk: Desk, sys_: Sys) -> None:
    config = parse(ROOM, Path("room.toml"))
    hardware = hardware_of(config)
    desk.plug(*[Paper(f"Keypad {port}", NUMPAD, port=port) for port in ("1-1.1", "1-1.2", "1-1.3")])
    sys_.plug(0, hid.JABRA_LIKE, "near", port="3-1")
    sys_.plug(1, hid.JABRA_LIKE, "far", port="3-2")
    async with (
        hardware.keypad("badge")(config.readers["badge"]) as badge,
        hardware.speakerphone("table")(config.speakerphones["table"]) as table,
        hardware.speakerphone("wall")(config.speakerphones["wall"]) as wall,
        hardware.keypad("left")(config.keypads["left"]) as left,
        hardware.keypad("right")(config.keypads["right"]) as right,
    ):
        assert (badge.name, right.name, left.name) == ("Keypad 1-1.1", "Keypad 1-1.2", "Keypad 1-1.3")
        assert (table.name, wall.name) == ("near", "far")
