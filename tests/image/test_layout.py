"""Partitions, command line and mounts speak of one and the same card."""

import re
from pathlib import Path

import pytest

from tests.image.recipe import CARD, RECIPE, words

MIB = 1 << 20
SMALLEST_CARD = 4_000_000_000  # bytes, as cards are sold
ERASE_BLOCK = 4 * MIB
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
    assert list(layout()) == ["boot", "root-a", "root-b", "data"]


@FLAVOURS
def test_both_roots_have_room_for_the_same(flavour: str) -> None:
    roots = [size(layout(flavour)[name]) for name in ("root-a", "root-b")]
    assert roots[0] == roots[1] > 0
    assert all(root % ERASE_BLOCK == 0 for root in roots)


@FLAVOURS
def test_the_image_fits_the_smallest_card(flavour: str) -> None:
    boot = size((RECIPE / "genimage.cfg").read_text().split("image card.img")[0])
    data = re.search(r"truncate -s (\d+)M", (RECIPE / "pack.sh").read_text())
    assert data
    total = ERASE_BLOCK * 2 + boot + sum(size(section) for section in layout(flavour).values()) + int(data[1]) * MIB
    assert total < SMALLEST_CARD


def test_the_kernel_is_told_of_the_root_that_the_layout_has() -> None:
    number = list(layout()).index("root-a") + 1
    command = (RECIPE / "boot/cmdline.txt").read_text().split()
    assert f"root=PARTUUID=@DISK@-{number:02}" in command
    assert len((RECIPE / "boot/cmdline.txt").read_text().splitlines()) == 1  # the Pi reads the first line only


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


def test_the_pis_firmware_finds_all_of_one_system_in_its_folder() -> None:
    config = (RECIPE / "boot/config.txt").read_text().splitlines()
    assert "os_prefix=a/" in config
    pack = (RECIPE / "pack.sh").read_text()
    for file in ("a/vmlinuz", "a/initrd", "a/cmdline.txt"):
        assert f"$work/boot/{file}" in pack


def test_each_board_has_its_device_tree() -> None:
    boards = (RECIPE / "dtb.sh").read_text()
    for board in ("3-b", "3-a-plus", "zero-2-w", "4-b", "400", "cm4-io"):
        assert f"rpi-{board}" in boards


def test_what_is_kept_is_an_exception_from_what_is_dropped() -> None:
    dropped = words("dropped.txt")
    for kept in words("kept.txt"):
        assert any(Path(kept).is_relative_to(folder) for folder in dropped), kept
