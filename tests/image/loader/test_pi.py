"""The Pi's own loader on QEMU's Raspberry Pi 3: counts, silence on the serial lines, watchdog, the slot's tree."""

import time
from pathlib import Path

import pytest

from tests.image.loader import fake
from tests.image.loader.bench import Bench, note
from tests.image.loader.board import Board, raspi3b
from tests.image.recipe import run

pytestmark = [pytest.mark.image, pytest.mark.slow]


def test_on_a_pi_each_slot_is_tried_three_times_and_then_both_again(loader: Path, pi: Bench) -> None:
    began = time.monotonic()
    with raspi3b(loader, pi.path) as machine:
        machine.starts(1)
        one = time.monotonic()
        assert machine.starts(6) == ["A", "A", "A", "B", "B", "B"]
        six = time.monotonic()
        assert machine.starts(7)[6] == "A"
        quiet(machine)
    note(raspi3b_first_start_s=round(one - began, 2), raspi3b_round_s=round((six - one) / 5, 2))


def test_a_pi_without_a_screen_starts_as_well(loader: Path, pi: Bench) -> None:
    """Then nothing at all can be written to, also not that no slot is left."""
    with raspi3b(loader, pi.path, screen=False) as machine:
        assert machine.starts(7) == list("AAABBBA")
        quiet(machine)


def quiet(machine: Board) -> None:
    """Nothing but the slots' own words has come over the serial lines, and nothing at all over the header's."""
    assert [line for line in machine.said(0).splitlines()[:-1] if not line.startswith("@SLOT ")] == []
    assert machine.said(1) == ""


def test_on_a_pi_bytes_on_the_serial_lines_change_nothing(loader: Path, pi: Bench) -> None:
    with raspi3b(loader, pi.path) as machine:
        for count in range(1, 5):
            machine.type(b"\r\n \x03a" * 3)
            assert machine.starts(count) == ["A", "A", "A", "B"][:count]
        quiet(machine)


def test_a_pi_with_a_watchdog_has_it_armed_before_anything_is_counted(loader: Path, pi: Bench) -> None:
    """QEMU resets at once, so that a machine which starts a slot has not armed it."""
    with raspi3b(loader, pi.path) as machine:
        machine.starts(1)
    before = pi.linux()
    with raspi3b(loader, pi.path, watchdog=True) as machine:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            assert machine.said() == ""
            time.sleep(0.1)
        assert machine.process.poll() is None
    assert pi.linux() == before


def test_a_pi_gives_the_kernel_the_slots_tree(loader: Path, pi: Bench) -> None:
    tree = pi.folder / "slot.dtb"
    tree.write_bytes((loader / "dtb/bcm2837-rpi-3-b.dtb").read_bytes())
    run("fdtput", "-c", str(tree), "/a-name")
    run("fdtput", "-t", "s", str(tree), "/a-name", "words", "offhook.test of the slot's own tree")
    content = fake.complete({"boot/vmlinuz": fake.named(pi.kernel, "A"), "boot/initrd": fake.INITRD}, "quiet")
    pi.fill({**content, "boot/dtb/bcm2837-rpi-3-b.dtb": tree.read_bytes()})
    with raspi3b(loader, pi.path) as machine:
        machine.starts(1)
        assert "@SLOT A offhook.test of the slot's own tree" in machine.said()
