from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.gpio.kernel.factory import KernelFactory
from tests.drivers.gpio.kernel.chip import KernelChip
from tests.drivers.gpio.kernel.stand_in import stand_in


@pytest.fixture
def chip(tmp_path: Path) -> Iterator[KernelChip]:
    """A chip behind the system calls of the driver, on what says that it is a Pi 4."""
    kernel = KernelChip()
    with stand_in(kernel, tmp_path):
        yield kernel


@pytest.fixture
def pins(chip: KernelChip) -> Iterator[KernelFactory]:
    factory = KernelFactory(0)
    yield factory
    factory.close()
    assert chip.requested == {}, "lines that nobody gave back"
