"""Finds a keypad among the input devices and opens it, through python-evdev.

evdev is imported where it is used: it brings asyncio along, which an appliance without a keypad need not load.
Opening and closing wait for the kernel (a close alone for tens of milliseconds), so both happen in a thread.
"""

import errno
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec
import structlog
import trio

from drivers.errors import DeviceError, DeviceMissing
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.keys import DIGIT_ROWS, LETTERS
from drivers.permissions import NotPermitted, once_permitted

if TYPE_CHECKING:
    from evdev import InputDevice

log = structlog.get_logger()

INPUT_DEVICES = Path("/dev/input")
INPUT_CLASS = Path("/sys/class/input")

EV_KEY = 1
EV_LED = 17
LED_NUML = 0
LED_MUTE = 7  # a telephone's: its lamps are not ours, and one written LED rewrites them all


class KeypadDevice(Protocol):
    """An open keypad: a non-blocking descriptor that gives `struct input_event`s, and which keys are down now."""

    @property
    def name(self) -> str:
        """What the device calls itself."""
        ...

    @property
    def fd(self) -> int:
        """The descriptor; non-blocking."""
        ...

    def active_keys(self) -> Collection[int]:
        """The codes of all keys that are down; OSError when the device is gone."""
        ...


class Found(msgspec.Struct, frozen=True):
    """An input device that could be a keypad."""

    path: str
    name: str
    has_letters: bool


@asynccontextmanager
async def open_device(config: KeyboardConfig) -> AsyncIterator[KeypadDevice]:
    """The configured keypad, held for ourselves if so configured.

    DeviceMissing, or DeviceError with what is in the way.
    """
    device = await once_permitted(partial(_open, config))
    try:
        log.info("keypad_opened", name=device.name, path=device.path)
        yield device
    finally:
        with trio.CancelScope(shield=True):
            await trio.to_thread.run_sync(device.close)


def find_keypads(folder: Path = INPUT_DEVICES) -> list[Found]:
    """Every input device with digit keys, those without letters first. Blocks: call it in a thread.

    DeviceError when there may be one among those that we are not permitted to open.
    """
    found, denied = [], []
    for path in sorted(folder.glob("event*"), key=lambda each: (len(each.name), each.name)):
        try:
            found += _look_at(str(path))
        except DeviceMissing:
            continue  # unplugged while we looked
        except DeviceError:
            denied += [path] if _may_have_digits(path.name) else []  # a power button is nobody's keypad
    if denied and not found:
        raise NotPermitted(denied[0])
    return sorted(found, key=lambda each: each.has_letters)


def locate(config: KeyboardConfig, folder: Path = INPUT_DEVICES) -> str:
    """The path of the configured keypad. DeviceMissing; DeviceError: it may not be opened. Blocks, as above."""
    path = _choose(config.device, folder)
    _open_path(path).close()
    return path


def _open(config: KeyboardConfig) -> "InputDevice[str]":
    path = _choose(config.device, INPUT_DEVICES)
    device = _open_path(path)
    try:
        if config.grab:
            device.grab()
    except OSError as error:
        device.close()
        if error.errno == errno.EBUSY:
            raise DeviceError(f"keypad {device.name} ({path}) is held by another program") from error
        raise DeviceMissing(f"keypad {device.name} ({path}) went away while it was opened") from error
    _keep_numeric(device)
    return device


def _choose(wanted: str, folder: Path) -> str:
    if wanted.startswith("/"):
        return wanted
    found = find_keypads(folder)
    if wanted != "auto":
        return _first(
            [each.path for each in found if wanted.lower() in each.name.lower()], f"no keypad named {wanted!r}"
        )
    keyboards = [each.name for each in found if each.has_letters]
    hint = f"; these have letters too and must be named as device: {', '.join(keyboards)}" if keyboards else ""
    return _first([each.path for each in found if not each.has_letters], f"no keypad found{hint}")


def _first(paths: list[str], missing: str) -> str:
    if not paths:
        raise DeviceMissing(missing)
    if len(paths) > 1:
        log.info("keypad_chosen", path=paths[0], others=paths[1:])
    return paths[0]


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


def _look_at(path: str) -> list[Found]:
    device = _open_path(path)
    try:
        keys = set(device.capabilities().get(EV_KEY, ()))
        return [Found(path, device.name, bool(keys & LETTERS))] if any(row <= keys for row in DIGIT_ROWS) else []
    finally:
        device.close()


def _may_have_digits(event: str) -> bool:
    """What the kernel tells everybody about a device: whether it has digit keys. True where it does not tell."""
    try:
        words = (INPUT_CLASS / event / "device" / "capabilities" / "key").read_text().split()
    except OSError:
        return True
    # words of 64 bits, the highest first; leading zeros of the others are left out
    bits = sum(int(word, 16) << 64 * place for place, word in enumerate(reversed(words)))
    return any(all(bits >> code & 1 for code in row) for row in DIGIT_ROWS)


def _keep_numeric(device: "InputDevice[str]") -> None:
    """Lights Num Lock: some keypads translate in their firmware and send arrows while it is off."""
    lamps = device.capabilities().get(EV_LED, ())
    if LED_NUML not in lamps or LED_MUTE in lamps:
        return
    try:
        device.set_led(LED_NUML, 1)
    except OSError as error:
        log.info("keypad_num_lock_refused", name=device.name, error=error.strerror)  # arrows are understood too
