"""The evdev devices that the kernel creates for a speakerphone's keys, in addition to hidraw.

All of them are grabbed, so that no console reacts to a key that the room acts on. Only one is read, and only where it
has volume keys that the reports lack: every key has exactly one source. Their LEDs are never written, because the
kernel would send the whole lamp report from its own memory and turn off the lamps set through hidraw.
"""

import contextlib
import fcntl
import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from drivers.identity import PORT
from drivers.keypad.key_events import KeyDecoder
from drivers.keypad.nodes import bits_of
from drivers.permissions import AGAIN, SETTLING
from drivers.speakerphone.controls import controls, is_telephony
from drivers.speakerphone.descriptor import Descriptor, DescriptorError, parse
from drivers.speakerphone.requests import VolumeKey
from drivers.speakerphone.usages import VOLUME, VOLUME_DOWN, VOLUME_UP

log = structlog.get_logger()

KEY_VOLUMEDOWN: Final = 114
KEY_VOLUMEUP: Final = 115
CLOSE_TIMEOUT: Final = 0.3  # seconds; closing blocks only while the kernel removes the device
_EVIOCGRAB: Final = 0x40044590  # linux/input.h
_STEPS: Final = {"louder": VolumeKey(1), "quieter": VolumeKey(-1)}


class Events(msgspec.Struct, frozen=True):
    """Device files. `held`: of the interface with the telephony keys; `volume`: the one to read volume keys from."""

    held: tuple[str, ...] = ()
    volume: str = ""


def find(hid: Path, dev: Path, descriptor: Descriptor) -> Events:
    """Returns the input devices of the HID device at a path in /sys.

    Where neither its reports nor its input devices have volume keys, looks at the whole USB device for them.
    """
    own = _in_order(hid.resolve().glob("input/input*/event*"))
    around = [] if _reports_volume(descriptor) else [*own, *_in_order(_siblings(hid.resolve()))]
    volume = next((node.name for node in around if _has_volume(node)), "")
    folder = dev / "input"
    return Events(tuple(str(folder / node.name) for node in own), str(folder / volume) if volume else "")


def nodes_of_telephony(device: Path) -> frozenset[str]:
    """Returns the names of the nodes that this driver holds, of all that the device at a path in /sys has.

    `device`: a USB device, or a HID device. Empty where it is no speakerphone.
    """
    names: set[str] = set()
    for file in (each for depth in ("", "*/", "*/*/") for each in device.glob(f"{depth}report_descriptor")):
        with contextlib.suppress(OSError, DescriptorError):
            descriptor = parse(file.read_bytes())
            if is_telephony(descriptor):
                events = find(file.parent, Path(), descriptor)
                names |= {Path(path).name for path in (*events.held, events.volume) if path}
    return frozenset(names)


@asynccontextmanager
async def hold(hid: Path, dev: Path, descriptor: Descriptor) -> AsyncIterator[int | None]:
    """Grabs them; yields a non-blocking file descriptor to read volume keys from, None where none is needed.

    Waits briefly for devices that the kernel or udev is not done with. What cannot be grabbed is logged once.
    """
    held = _Held()
    try:
        yield await _take_in_time(held, partial(find, hid, dev, descriptor), volume=not _reports_volume(descriptor))
    finally:
        with trio.move_on_after(CLOSE_TIMEOUT, shield=True):
            await trio.to_thread.run_sync(held.close, abandon_on_cancel=True)


class ReportsOnly:
    """Base of devices that no kernel knows: without vendor and product, and without input devices."""

    product: str = ""

    @asynccontextmanager
    async def hold_events(self) -> AsyncIterator[int | None]:
        """Yields None: there is nothing to grab or to read."""
        yield None


async def _take_in_time(held: "_Held", look: Callable[[], Events], *, volume: bool) -> int | None:
    deadline = trio.current_time() + SETTLING
    while True:
        events = await trio.to_thread.run_sync(look)
        missing = await trio.to_thread.run_sync(held.take, events)
        whole = not missing and (events.volume or not volume)
        if whole or trio.current_time() >= deadline:
            break
        await trio.sleep(AGAIN)
    for path, why in missing.items():
        log.warning("speakerphone_keys_not_held", path=path, error=why)
    return held.open.get(events.volume)


class _Held:
    """Input devices that are open and grabbed. Every method blocks in the kernel: call it in a thread."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}

    def take(self, events: Events) -> dict[str, str]:
        """Opens those that are not open yet; returns path and reason of each that could not be opened."""
        missing = {}
        for path in {*events.held, events.volume} - {"", *self.open}:
            try:
                self.open[path] = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                _grab(path, self.open[path])
            except OSError as error:
                missing[path] = error.strerror or str(error)
        return missing

    def close(self) -> None:
        """Closes all of them, which releases the grab."""
        while self.open:
            os.close(self.open.popitem()[1])


class VolumeKeys:
    """Decodes the volume keys of an input device."""

    def __init__(self) -> None:
        self._reader = KeyDecoder({KEY_VOLUMEUP: "louder", KEY_VOLUMEDOWN: "quieter"})

    def heard(self, data: bytes) -> list[VolumeKey]:
        """Returns the presses in these bytes; after an overrun every key counts as released."""
        events = self._reader.feed(data)
        if self._reader.resync_due:
            self._reader.resync(())
        return [_STEPS[event.symbol] for event in events if event.down]


def _grab(path: str, fd: int) -> None:
    try:
        fcntl.ioctl(fd, _EVIOCGRAB, 1)
    except OSError as error:  # another program has grabbed it
        log.warning("speakerphone_keys_not_held", path=path, error=error.strerror)


def _reports_volume(descriptor: Descriptor) -> bool:
    return any(control.usage in (VOLUME, VOLUME_UP, VOLUME_DOWN) for control in controls(descriptor))


def _siblings(hid: Path) -> list[Path]:
    """Returns the input devices of the other interfaces of the same USB device."""
    usb = hid.parent.parent
    return list(usb.glob("*:*/*/input/input*/event*")) if PORT.fullmatch(usb.name) else []


def _in_order(nodes: Iterable[Path]) -> list[Path]:
    return sorted(nodes, key=lambda node: (len(node.name), node.name))


def _has_volume(node: Path) -> bool:
    try:
        return {KEY_VOLUMEUP, KEY_VOLUMEDOWN} <= bits_of((node / "device" / "capabilities" / "key").read_text())
    except (OSError, ValueError):
        return False
