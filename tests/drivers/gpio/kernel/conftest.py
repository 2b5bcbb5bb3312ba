import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from gpiozero.pins.local import LocalPiFactory

from drivers.gpio.kernel.factory import KernelFactory
from tests.drivers.gpio.kernel.chip import KernelChip

PI_4 = 0xC03111


@pytest.fixture
def chip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[KernelChip]:
    """A chip behind the system calls of the driver, on what says that it is a Pi 4."""
    kernel, close = KernelChip(), os.close

    def closed(descriptor: int) -> None:
        close(descriptor)
        kernel.close(descriptor)

    (tmp_path / "gpiochip0").touch()
    monkeypatch.setattr("drivers.gpio.kernel.factory.DEV", tmp_path)
    monkeypatch.setattr(LocalPiFactory, "_get_revision", lambda _self: PI_4)
    monkeypatch.setattr(fcntl, "ioctl", kernel.ioctl)
    monkeypatch.setattr("drivers.gpio.kernel.lines.os.close", closed)
    yield kernel
    for descriptor in list(kernel.requested):
        closed(descriptor)


@pytest.fixture
def pins(chip: KernelChip) -> Iterator[KernelFactory]:
    factory = KernelFactory(0)
    yield factory
    factory.close()
    assert chip.requested == {}, "lines that nobody gave back"
