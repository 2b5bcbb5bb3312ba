"""Opens, grabs and closes event nodes through python-evdev. Everything here blocks.

evdev is imported where it is used: it brings asyncio along, which an appliance without a keypad need not load.
"""

import contextlib
import errno
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import structlog

from drivers.errors import DeviceError, DeviceMissing
from drivers.keypad.found import Found
from drivers.permissions import NotPermitted

if TYPE_CHECKING:
    from evdev import InputDevice

log = structlog.get_logger()

EV_LED: Final = 17
LED_NUML: Final = 0
LED_CAPSL: Final = 1
LED_MUTE: Final = 7  # a telephone's: its lamps are not ours, and one written LED rewrites them all


def open_nodes(found: Found) -> list["InputDevice[str]"]:
    """Opens every node of a device, or none.

    Raises DeviceMissing: when it is gone; NotPermitted; DeviceError: when a node is not an input device.
    """
    opened: list[InputDevice[str]] = []
    try:
        opened.extend(_open_path(node.path) for node in found.nodes)  # those before one that fails are in it
    except DeviceError:
        close(opened)
        raise
    return opened


def _open_path(path: str) -> "InputDevice[str]":
    from evdev import InputDevice  # noqa: PLC0415  # see the module's docstring

    try:
        return InputDevice(path)
    except PermissionError as error:
        raise NotPermitted(path) from error
    except OSError as error:
        if error.errno == errno.ENOTTY:
            raise DeviceError(f"{path} is no input device") from error
        raise DeviceMissing(f"no keypad at {path}: {error.strerror}") from error


def grab(node: "InputDevice[str]", path: str) -> None:
    """Makes sure that no other program receives its keys. Raises DeviceError: when another does so already."""
    try:
        node.grab()
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise DeviceError(f"keypad {node.name} ({path}) is held by another program") from error
        raise DeviceMissing(f"keypad {node.name} ({path}) went away while it was opened") from error


def close(nodes: Sequence["InputDevice[str]"]) -> None:
    """Closes every node, which also ends the grab."""
    with contextlib.ExitStack() as closing:
        for node in nodes:
            closing.callback(node.close)


def set_locks(node: "InputDevice[str]") -> None:
    """Lights Num Lock, because some keypads translate in their firmware and send arrows while it is off.

    Puts Caps Lock out, because some readers look at it and type capital letters the other way round while it is on.
    """
    lamps = node.capabilities().get(EV_LED, ())
    if LED_MUTE in lamps:
        return
    try:
        if LED_NUML in lamps:
            node.set_led(LED_NUML, 1)
        if LED_CAPSL in lamps and LED_CAPSL in node.leds():
            node.set_led(LED_CAPSL, 0)
    except OSError as error:
        log.info("keypad_locks_refused", name=node.name, error=error.strerror)  # arrows are understood too
