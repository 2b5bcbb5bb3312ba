"""Finds a keypad among the input devices and opens it, through python-evdev.

evdev is imported where it is used: it brings asyncio along, which an appliance without a keypad need not load.
Opening and closing wait for the kernel (a close alone for tens of milliseconds), so both happen in a thread.
"""

import errno
import os
import struct
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog
import trio

from drivers.claims import Claim, Claims
from drivers.errors import DeviceError, DeviceMissing
from drivers.identity import Identity, in_order, port_of, product_of
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.keys import DIGIT_ROWS, KEYMAP, LETTERS
from drivers.matching import By, wanted
from drivers.permissions import NotPermitted, once_permitted

if TYPE_CHECKING:
    from evdev import InputDevice

log = structlog.get_logger()

INPUT_DEVICES = Path("/dev/input")
INPUT_CLASS = Path("/sys/class/input")
WORD_BITS = 8 * struct.calcsize("l")

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


class Found(Identity, frozen=True, kw_only=True):
    """An input device that could be a keypad.

    `has_letters`: it is a whole keyboard, or a reader. `symbols`: what its keys mean unless configured otherwise.
    """

    has_letters: bool
    symbols: frozenset[str] = frozenset()


@asynccontextmanager
async def open_device(config: KeyboardConfig, claim: Claim | None = None) -> AsyncIterator[KeypadDevice]:
    """The configured keypad, held for ourselves if so configured. `claim`: which devices this entry may have.

    DeviceMissing, or DeviceError with what is in the way.
    """
    claim = claim or Claims().claim()
    try:
        device = await once_permitted(partial(_open, config, claim))
        try:
            log.info("keypad_opened", name=device.name, path=device.path)
            yield device
        finally:
            with trio.CancelScope(shield=True):
                await trio.to_thread.run_sync(device.close)
    finally:
        claim.release()


def find_keypads(folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> list[Found]:
    """Every input device with digit keys, those without letters first, then in the order of USB ports. None is opened.

    Blocks for as long as a few files take.
    """
    nodes = (_look_at(folder / event.name, event / "device") for event in classes.glob("event*"))
    return sorted(filter(None, nodes), key=lambda each: (each.has_letters, in_order(each)))


def locate(config: KeyboardConfig, claim: Claim, folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> str:
    """The path of the configured keypad, claimed. DeviceMissing; DeviceError: it may not be opened. Blocks."""
    path = _choose(config.device, claim, folder, classes).path
    _open_path(path).close()
    return path


def _open(config: KeyboardConfig, claim: Claim) -> "InputDevice[str]":
    claim.release()  # of the last attempt
    path = _choose(config.device, claim, INPUT_DEVICES, INPUT_CLASS).path
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


def _choose(device: str, claim: Claim, folder: Path, classes: Path) -> Identity:
    wish = wanted(device)
    if wish.by is By.PATH:  # whatever it has: this is the way to use an unusual one
        return claim.take(wish, [Identity(path=wish.real_path())], "keypad")
    found = find_keypads(folder, classes)
    fitting = [each for each in found if wish.fits(each) and not (wish.by is By.ANY and each.has_letters)]
    fitting.sort(key=_refuses_us)
    try:
        return claim.take(wish, fitting, "keypad")
    except DeviceMissing as error:
        if wish.by is By.ANY and (keyboards := [each.name for each in found if each.has_letters]):
            hint = f"these have letters too and must be named as device: {', '.join(keyboards)}"
            raise DeviceMissing(f"{error}; {hint}") from None
        raise


def _refuses_us(found: Found) -> bool:
    """Receivers of infrared look like keypads too, and are not ours to open."""
    return not os.access(found.path, os.R_OK | os.W_OK)


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


def _look_at(path: Path, about: Path) -> Found | None:
    """What the kernel tells everybody about a device; None where it has no digit keys, or is gone."""
    try:
        keys = bits_of((about / "capabilities" / "key").read_text())
        name = (about / "name").read_text().strip()
        product = product_of(*(int((about / "id" / word).read_text(), 16) for word in ("vendor", "product")))
    except (OSError, ValueError):
        return None
    if not any(row <= keys for row in DIGIT_ROWS):
        return None
    return Found(
        path=str(path),
        name=name,
        product=product,
        port=port_of(about),
        has_letters=bool(keys & LETTERS),
        symbols=frozenset(symbol for code, symbol in KEYMAP.items() if code in keys),
    )


def bits_of(bitmap: str) -> set[int]:
    """The numbers of the bits that are set in a bitmap of sysfs."""
    # words as long as the kernel's, the highest first; leading zeros of the others are left out
    bits = sum(int(word, 16) << WORD_BITS * place for place, word in enumerate(reversed(bitmap.split())))
    return {bit for bit in range(bits.bit_length()) if bits >> bit & 1}


def _keep_numeric(device: "InputDevice[str]") -> None:
    """Lights Num Lock: some keypads translate in their firmware and send arrows while it is off."""
    lamps = device.capabilities().get(EV_LED, ())
    if LED_NUML not in lamps or LED_MUTE in lamps:
        return
    try:
        device.set_led(LED_NUML, 1)
    except OSError as error:
        log.info("keypad_num_lock_refused", name=device.name, error=error.strerror)  # arrows are understood too
