"""Puts a chip in memory in the place of the kernel's, for the driver alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from gpiozero.pins.local import LocalPiFactory

from tests.drivers.gpio.kernel.chip import KernelChip

PI_4 = 0xC03111


@contextmanager
def stand_in(chip: KernelChip, folder: Path) -> Iterator[None]:
    """Lets the driver find `chip` as chip 0 of a Pi 4; `folder` takes the place of /dev. All lines end with it."""

    def close(descriptor: int) -> None:
        os.close(descriptor)
        chip.close(descriptor)

    (folder / "gpiochip0").touch()
    with ExitStack() as stack:
        stack.enter_context(patch("drivers.gpio.kernel.factory.DEV", folder))
        stack.enter_context(patch.object(LocalPiFactory, "_get_revision", lambda _self: PI_4))
        stack.enter_context(patch("drivers.gpio.kernel.lines.fcntl", _instead(fcntl, ioctl=chip.ioctl)))
        stack.enter_context(patch("drivers.gpio.kernel.lines.os", _instead(os, close=close)))
        try:
            yield
        finally:
            for descriptor in list(chip.requested):
                close(descriptor)


def _instead(module: object, **functions: object) -> SimpleNamespace:
    """Returns what is in a module, with other functions in the place of some: nobody else's calls change."""
    return SimpleNamespace(**{**vars(module), **functions})
