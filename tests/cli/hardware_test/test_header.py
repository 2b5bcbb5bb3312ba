"""The header and the slots, as kernel and RAUC tell of them."""

from pathlib import Path

import pytest

from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.steps.box.header import complained, finding, header, messages
from appliance.cli.hardware_test.steps.box.slots import Slot, Status, slots
from appliance.cli.hardware_test.steps.box.slots import finding as of_slots
from drivers.gpio.chips import Chip
from tests.cli.hardware_test.benches import bench, commands, figures, tree

PI_4 = Chip("/dev/gpiochip0", "pinctrl-bcm2711", 58)
PI_5 = Chip("/dev/gpiochip15", "pinctrl-rp1", 54)


@pytest.mark.parametrize(
    ("chip", "buses", "spi", "line", "outcome"),
    [
        (PI_4, 1, 2, True, "passed"),
        (PI_4, 0, 2, True, "failed"),
        (PI_4, 1, 0, True, "failed"),
        (PI_4, 1, 2, False, "failed"),
        (PI_5, 1, 0, False, "passed"),
        (PI_5, 0, 0, False, "failed"),
    ],
)
def test_a_board_has_what_its_kernel_can_drive(chip: Chip, buses: int, spi: int, *, line: bool, outcome: str) -> None:
    assert finding(chip, buses, spi, [], line=line).outcome == outcome


KMSG = (
    "6,1,100,-;Booting Linux on physical CPU 0x0000000000 [0x410fd083]\n"
    "4,2,200,-;hwmon hwmon1: Undervoltage detected!\n"
    "3,3,300,-;mmc0: Timeout waiting for hardware interrupt.\n"
    "3,4,400,-;I/O error, dev mmcblk0, sector 8192 op 0x0:(READ)\n"
    "6,5,500,-;i2c-bcm2835 fe804000.i2c: i2c transfer timed out\n"
    "2,6,600,-;SError Interrupt on CPU2, code 0x00000000be000411\n"
    "6,7,700,-;mmc0: new high speed SDHC card at address aaaa\n SUBSYSTEM=mmc\n"
)


def test_what_the_kernel_complains_of_is_found(tmp_path: Path) -> None:
    said = messages(tree(tmp_path, {"dev/kmsg": KMSG}))
    assert len(said) == 7
    assert [line.split()[0] for line in complained(said)] == ["hwmon", "mmc0:", "I/O", "i2c-bcm2835", "SError"]
    assert finding(PI_4, 1, 1, complained(said), line=True).outcome == "failed"
    assert messages(Machine(tmp_path / "nowhere")) == []


def test_the_real_kernel_is_read_without_waiting_for_its_next_message() -> None:
    assert all(messages(Machine()))


async def test_without_a_header_it_fails_and_still_tells_of_the_kernel(tmp_path: Path) -> None:
    found = await header(bench(machine=tree(tmp_path, {"dev/kmsg": KMSG})))
    assert found.outcome == "failed"
    assert "no GPIO chip found" in str(found.why)
    assert list(figures(found).values()) == [5]


RAUC = (
    '{"compatible":"x","variant":"","booted":"A","boot_primary":"rootfs.0","slots":['
    '{"rootfs.0":{"class":"rootfs","device":"/run/card/slot-a","type":"raw","bootname":"A","state":"booted",'
    '"parent":null,"mountpoint":null,"boot_status":"good"}},'
    '{"rootfs.1":{"class":"rootfs","device":"/run/card/slot-b","type":"raw","bootname":"B","state":"inactive",'
    '"parent":null,"mountpoint":null,"boot_status":"bad"}}]}'
)


async def test_the_slot_is_what_rauc_says_and_the_root_is_verified(tmp_path: Path) -> None:
    tree(tmp_path, {"sys/block/dm-0/dm/uuid": "CRYPT-VERITY-0123-root\n"})
    found = await slots(bench(machine=Machine(tmp_path, commands({"rauc status": RAUC}))))
    assert found.outcome == "passed"
    assert figures(found) == {"slot_booted": "A", "slots_found": 2, "slot_good": 1, "root_verified": 1}


def test_a_slot_that_is_not_good_or_not_verified_fails() -> None:
    two = [{"a": Slot("A", "booted", "good")}, {"b": Slot("B", "inactive", "bad")}]
    assert of_slots(Status("A", two), verified=True).outcome == "passed"
    assert of_slots(Status("A", two), verified=False).outcome == "failed"
    assert of_slots(Status("A", two[:1]), verified=True).outcome == "failed"
    bad = [{"a": Slot("A", "booted", "bad")}, two[1]]
    assert of_slots(Status("A", bad), verified=True).outcome == "failed"


@pytest.mark.parametrize("said", ["", "no JSON", "[]", '{"slots": 1}'])
async def test_a_box_without_slots_has_nothing_to_try(said: str, tmp_path: Path) -> None:
    found = await slots(bench(machine=Machine(tmp_path, commands({"rauc": said}))))
    assert (found.outcome, found.why.key) == ("skipped", "hwtest.no_slots")
