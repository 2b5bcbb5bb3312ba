"""The pins of the machine we run on."""

import atexit
import os
import shutil
import tempfile
from contextlib import chdir
from functools import cache

from drivers.errors import DeviceMissing
from drivers.gpio.chips import find_chips, header_chip
from drivers.gpio.config import Backend
from drivers.gpio.kernel.factory import KernelFactory
from drivers.gpio.pins import Factory


@cache
def pin_factory(wanted: int | str | None = None, backend: Backend = "kernel") -> Factory:
    """Returns the Pi's pins; for the whole process one factory for each chip that is named.

    It is kept because a factory knows only of its own pins which are in use. `wanted`: the chip that the configuration
    names. gpiozero by itself knows the header's chip only by number.
    DeviceMissing: there are none, or they may not be used.
    """
    factory_class = _lgpio_factory() if backend == "lgpio" else KernelFactory
    chip = header_chip(find_chips(), wanted)
    if chip.trouble:
        raise DeviceMissing(chip.trouble)
    try:
        return factory_class(chip.number)
    except Exception as error:  # lgpio's own error is a bare Exception
        raise DeviceMissing(f"no GPIO pins on this machine: {error}") from error


def _lgpio_factory() -> Factory:
    """Imports lgpio, which makes a FIFO in $LG_WD and changes the working directory to it; changes that back."""
    if "LG_WD" not in os.environ:
        os.environ["LG_WD"] = _runtime_directory()
    try:
        with chdir("."):
            from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415  # starts a thread, and is only on the Pi
    except (ImportError, OSError) as error:
        raise DeviceMissing(f"no GPIO pins: the lgpio library cannot be used: {error}") from error
    return LGPIOFactory


def _runtime_directory() -> str:
    """Returns systemd's runtime folder of the service, the first if there are several; else a temporary one."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    if given:
        return given
    folder = tempfile.mkdtemp(prefix="offhook-gpio-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
