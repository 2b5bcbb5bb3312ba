"""Which slot starts, and what its kernel is told, on QEMU's board virt: the same code and script as on a Pi."""

import time
from pathlib import Path

import pytest

from tests.image.loader.bench import Bench, note
from tests.image.loader.board import virt

pytestmark = [pytest.mark.image, pytest.mark.slow]


def test_the_kernel_is_told_its_slot(loader: Path, bench: Bench) -> None:
    with virt(loader, bench.path) as machine:
        machine.starts(4)
        lines = [line for line in machine.said().splitlines() if line.startswith("@")]
    for line, part, name in ((lines[0], 2, "A"), (lines[3], 3, "B")):
        assert line == (
            f"@SLOT {name} offhook.test name={name} root=PARTUUID=6f666801-0{part} rauc.slot={name} "
            "watchdog.open_timeout=60 console=ttyAMA0 module_blacklist=sdhci_pci"
        )


def test_tries_run_out_on_virt_as_on_a_pi(loader: Path, bench: Bench) -> None:
    began = time.monotonic()
    with virt(loader, bench.path) as machine:
        assert machine.starts(8) == list("AAABBBAA")
    note(virt_round_s=round((time.monotonic() - began) / 9, 2))


def test_the_other_order(loader: Path, bench: Bench) -> None:
    bench.fill({}, BOOT_ORDER="B A")
    with virt(loader, bench.path) as machine:
        assert machine.starts(7) == list("BBBAAAB")
