"""Partitions, command line and mounts speak of one and the same card."""

import configparser
import re
from pathlib import Path

import pytest

from tests.image.recipe import CARD, RECIPE, words

MIB = 1 << 20
SMALLEST_CARD = 4_000_000_000  # bytes, as cards are sold
ERASE_BLOCK = 4 * MIB
FIRST = 16 * MIB  # where the first partition begins
FLAVOURS = pytest.mark.parametrize("flavour", ["headless", "kiosk"])


def root_size(flavour: str) -> str:
    """What a flavour's root has room for."""
    sizes = dict(re.findall(r"(?:suffix=(\S*)) root_size=(\d+M)", (RECIPE / "build.sh").read_text()))
    return str(sizes[{"headless": '""', "kiosk": "-kiosk"}[flavour]])


def layout(flavour: str = "headless") -> dict[str, str]:
    """Each partition's section of the layout, in order."""
    text = (RECIPE / "genimage.cfg").read_text().replace("@ROOT@", root_size(flavour))
    return dict(re.findall(r"partition ([\w-]+) \{(.*?)\}", text, re.DOTALL))


def size(section: str) -> int:
    found = re.search(r"\bsize = (\d+)M", section)
    return int(found[1]) * MIB if found else 0


def test_four_primary_partitions_and_the_one_that_grows_is_last() -> None:
    assert list(layout()) == ["boot", "slot-a", "slot-b", "data"]


@FLAVOURS
def test_both_slots_have_room_for_the_same(flavour: str) -> None:
    slots = [size(layout(flavour)[name]) for name in ("slot-a", "slot-b")]
    assert slots[0] == slots[1] > 0
    assert all(slot % ERASE_BLOCK == 0 for slot in slots)


@FLAVOURS
def test_the_image_fits_the_smallest_card(flavour: str) -> None:
    boot = size((RECIPE / "genimage.cfg").read_text().split("image card.img")[0])
    data = re.search(r"truncate -s (\d+)M", (RECIPE / "pack.sh").read_text())
    assert data
    total = FIRST + boot + ERASE_BLOCK + sum(size(section) for section in layout(flavour).values()) + int(data[1]) * MIB
    assert total < SMALLEST_CARD


def test_the_one_slot_of_a_pi_5_is_the_layouts_first() -> None:
    number = list(layout()).index("slot-a") + 1
    assert f"root=PARTUUID=$disk-{number:02} rauc.slot=A" in (RECIPE / "pack.sh").read_text()
    assert len((RECIPE / "boot/cmdline.txt").read_text().splitlines()) == 1  # the Pi reads the first line only


def test_the_command_line_of_a_slot_does_not_say_which_slot_it_is_in() -> None:
    words = [word.split("=")[0] for word in (RECIPE / "boot/cmdline.txt").read_text().split()]
    assert not {"root", "rauc.slot"} & set(words)


def test_the_loaders_memory_is_before_the_first_partition_and_its_copies_are_in_different_erase_blocks() -> None:
    lines = (CARD / "etc/fw_env.config").read_text().splitlines()
    places = [line.split() for line in lines if not line.startswith("#")]
    (first, second) = ((int(offset, 16), int(length, 16)) for _, offset, length in places)
    assert {device for device, _, _ in places} == {"/run/card/disk"}
    assert first[1] == second[1]
    assert first[0] // ERASE_BLOCK != second[0] // ERASE_BLOCK != 0
    assert "offset = 16M" in layout()["boot"]
    assert max(sum(first), sum(second)) <= FIRST


def test_rauc_knows_both_slots_by_the_names_that_the_initial_system_gives() -> None:
    config = configparser.ConfigParser()
    config.read(CARD / "etc/rauc/system.conf")
    init = (RECIPE / "initramfs/init").read_text()
    for index, (name, boot) in enumerate([("slot-a", "A"), ("slot-b", "B")]):
        section = config[f"slot.rootfs.{index}"]
        assert (section["device"], section["bootname"], section["type"]) == (f"/run/card/{name}", boot, "raw")
        number = list(layout()).index(name) + 1
        assert f'"/dev/$(sibling "$1" {number})" /run/card/{name}\n' in init


def test_the_boot_partition_is_mounted_from_where_it_is_and_read_only() -> None:
    fstab = (CARD / "etc/fstab").read_text()
    (line,) = [line.split() for line in fstab.splitlines() if not line.startswith("#")]
    assert line[:3] == [f"PARTUUID=@DISK@-{list(layout()).index('boot') + 1:02}", "/boot/firmware", "vfat"]
    assert {"ro", "nofail", "umask=0077"} <= set(line[3].split(","))


def test_the_initial_system_takes_the_last_partition_for_the_data() -> None:
    number = list(layout()).index("data") + 1
    assert f'sibling "$1" {number})' in (RECIPE / "initramfs/init").read_text()


def test_no_console_sits_on_the_uart_and_nobody_can_log_in_at_one() -> None:
    command = (RECIPE / "boot/cmdline.txt").read_text().split()
    assert [word for word in command if word.startswith("console=")] == ["console=tty0"]
    assert "systemd.getty_auto=no" in command


def test_the_loader_starts_on_every_board_but_the_pi_5() -> None:
    lines = (RECIPE / "boot/config.txt").read_text().splitlines()
    begins, ends = lines.index("[pi5]"), lines.index("[all]")
    assert "kernel=u-boot-rpi.bin" in lines[:begins]
    assert {"os_prefix=pi5/", "kernel=vmlinuz", "initramfs initrd followkernel"} <= set(lines[begins:ends])
    assert not [line for line in lines[:begins] if line.startswith(("os_prefix", "initramfs"))]


def test_the_watchdog_is_the_first_thing_that_the_initial_system_loads() -> None:
    assert words("initramfs/modules.txt")[0] == "bcm2835_wdt"  # without it a panic on a Pi 3 or 4 is the end


def test_each_board_has_its_device_tree() -> None:
    boards = (RECIPE / "dtb.sh").read_text()
    for board in ("3-b", "3-a-plus", "zero-2-w", "4-b", "400", "cm4-io", "5-b"):
        assert f"rpi-{board}" in boards


def test_what_is_kept_is_an_exception_from_what_is_dropped() -> None:
    dropped = words("dropped.txt")
    for kept in words("kept.txt"):
        assert any(Path(kept).is_relative_to(folder) for folder in dropped), kept
