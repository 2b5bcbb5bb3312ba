"""The input devices that the kernel makes of a speakerphone's keys, beside the reports that we read.

All of them are held for ourselves, so that no console reacts to a key that the room acts on. None is read, unless it
has the volume keys and the reports have not: each key is heard once. Their lamps are never written: the kernel would
send the whole report of lamps, as it remembers it, and ours would go out.
"""

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
from drivers.keypad.device import bits_of
from drivers.keypad.reader import KeyReader
from drivers.permissions import AGAIN, SETTLING
from drivers.speakerphone.descriptor import Descriptor, Kind
from drivers.speakerphone.requests import VolumeKey
from drivers.speakerphone.usages import VOLUME, VOLUME_DOWN, VOLUME_UP

log = structlog.get_logger()

KEY_VOLUMEDOWN: Final = 114
KEY_VOLUMEUP: Final = 115
CLOSE_TIMEOUT: Final = 0.3  # seconds
_EVIOCGRAB: Final = 0x40044590  # linux/input.h
_STEPS: Final = {"louder": VolumeKey(1), "quieter": VolumeKey(-1)}


class Events(msgspec.Struct, frozen=True):
    """Device files: `held` of the interface with the telephony keys, `volume` where volume keys are, else empty."""

    held: tuple[str, ...] = ()
    volume: str = ""


def find(hid: Path, dev: Path, descriptor: Descriptor) -> Events:
    """Those of the HID device at a path in /sys, and of the same USB device where it takes another for the volume."""
    own = _in_order(hid.resolve().glob("input/input*/event*"))
    around = [] if _reports_volume(descriptor) else [*own, *_in_order(_siblings(hid.resolve()))]
    volume = next((node.name for node in around if _has_volume(node)), "")
    folder = dev / "input"
    return Events(tuple(str(folder / node.name) for node in own), str(folder / volume) if volume else "")


@asynccontextmanager
async def hold(hid: Path, dev: Path, descriptor: Descriptor) -> AsyncIterator[int | None]:
    """Holds them; gives the descriptor to read volume keys from (non-blocking), None where reports carry them.

    None too where nothing has any. Waits a little for those that the kernel or udev is still busy with; whatever is in
    the way is logged, once.
    """
    held = _Held()
    try:
        yield await _take_in_time(held, partial(find, hid, dev, descriptor), volume=not _reports_volume(descriptor))
    finally:
        with trio.move_on_after(CLOSE_TIMEOUT, shield=True):
            await trio.to_thread.run_sync(held.close, abandon_on_cancel=True)


class ReportsOnly:
    """A device that is in no kernel: it has no number of vendor and product, and no input devices."""

    product: str = ""

    @asynccontextmanager
    async def hold_events(self) -> AsyncIterator[int | None]:
        """Nothing to hold, and nothing to hear there."""
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
    """Input devices held for ourselves. All of it waits for the kernel: in a thread, please."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}

    def take(self, events: Events) -> dict[str, str]:
        """Takes those that it has not; says which it could not open, and why."""
        missing = {}
        for path in {*events.held, events.volume} - {"", *self.open}:
            try:
                self.open[path] = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                _grab(path, self.open[path])
            except OSError as error:
                missing[path] = error.strerror or str(error)
        return missing

    def close(self) -> None:
        """Lets go of them."""
        while self.open:
            os.close(self.open.popitem()[1])


class VolumeKeys:
    """What volume keys say on an input device."""

    def __init__(self) -> None:
        self._reader = KeyReader({KEY_VOLUMEUP: "louder", KEY_VOLUMEDOWN: "quieter"})

    def heard(self, data: bytes) -> list[VolumeKey]:
        """The presses in these bytes; what the kernel dropped is let go."""
        events = self._reader.feed(data)
        if self._reader.resync_due:
            self._reader.release_all()
        return [_STEPS[event.symbol] for event in events if event.down]


def _grab(path: str, fd: int) -> None:
    try:
        fcntl.ioctl(fd, _EVIOCGRAB, 1)
    except OSError as error:  # another program has it, and hears it alone
        log.warning("speakerphone_keys_not_held", path=path, error=error.strerror)


def _reports_volume(descriptor: Descriptor) -> bool:
    inputs = [field for field in descriptor.fields if field.kind is Kind.INPUT]
    return any(field.index(usage) is not None for field in inputs for usage in (VOLUME, VOLUME_UP, VOLUME_DOWN))


def _siblings(hid: Path) -> list[Path]:
    """Input devices of the other interfaces of the same USB device."""
    usb = hid.parent.parent
    return list(usb.glob("*:*/*/input/input*/event*")) if PORT.fullmatch(usb.name) else []


def _in_order(nodes: Iterable[Path]) -> list[Path]:
    return sorted(nodes, key=lambda node: (len(node.name), node.name))


def _has_volume(node: Path) -> bool:
    try:
        return {KEY_VOLUMEUP, KEY_VOLUMEDOWN} <= bits_of((node / "device" / "capabilities" / "key").read_text())
    except (OSError, ValueError):
        return False
