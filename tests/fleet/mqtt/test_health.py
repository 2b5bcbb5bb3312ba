import msgspec
import pytest

from appliance.fleet.mqtt.health import Known, Machine, Room, health, wrong
from appliance.room.parts.link import LinkPhase

UP = Room(link=LinkPhase.UP)
COOL = Machine(temperature=48, throttled=False, under_voltage=False, clock_synchronised=True, disk_size=10, disk_free=5)


def test_a_box_that_is_well() -> None:
    told = health(Known(firmware="1.0"), UP, COOL, dropped=0, connections=1)
    assert (told.ok, told.wrong) == (True, ())
    assert msgspec.json.decode(msgspec.json.encode(told))["machine"]["temperature"] == 48


def test_what_a_machine_does_not_tell_is_not_wrong() -> None:
    assert wrong(UP, Machine()) == ()


@pytest.mark.parametrize(
    ("room", "machine", "words"),
    [
        (Room(link=LinkPhase.DOWN), COOL, ("link",)),
        (Room(link=LinkPhase.UP, services={"keypad": "no such device"}), COOL, ("services",)),
        (Room(link=LinkPhase.UP, other_box="abc"), COOL, ("two_boxes",)),
        (Room(link=LinkPhase.UP, warnings=("w",)), COOL, ("warnings",)),
        (UP, Machine(throttled=True, under_voltage=True), ("throttled", "under_voltage")),
        (UP, Machine(clock_synchronised=False), ("clock",)),
        (UP, Machine(disk_size=100, disk_free=10), ("disk_full",)),
        (UP, Machine(disk_size=100, disk_free=11, disk_read_only=True), ("disk_read_only",)),
        (UP, Machine(disk_size=0, disk_free=0), ()),
    ],
)
def test_what_is_wrong(room: Room, machine: Machine, words: tuple[str, ...]) -> None:
    assert wrong(room, machine) == words
