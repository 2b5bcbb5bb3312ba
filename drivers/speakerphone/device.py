"""Finds a speakerphone among the hidraw devices and opens it.

Opening a hidraw device blocks (about 50 ms for USB), and a write blocks until the device has taken it, even on a
non-blocking descriptor. Both therefore happen in a thread.
"""

import contextlib
import os
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import structlog
import trio

from drivers.claims import Claim, Claims
from drivers.errors import DeviceError, DeviceMissing
from drivers.identity import Identity, in_order, port_of, product_of
from drivers.matching import By, wanted
from drivers.permissions import NotPermitted, once_permitted
from drivers.speakerphone import events
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.controls import has_hook, has_mute, is_telephony
from drivers.speakerphone.descriptor import Descriptor, DescriptorError, parse
from drivers.speakerphone.eligible import is_eligible

log = structlog.get_logger()

HIDRAW: Final = Path("/sys/class/hidraw")
DEV: Final = Path("/dev")
_NO_HOOK: Final = "has no hook switch that can say anything: name it in the configuration to use its other keys"
CLOSE_TIMEOUT: Final = 0.3  # seconds that closing waits for a write; the kernel gives up on the write after 5


class SpeakerphoneDevice(Protocol):
    """An open device. One read of `fd`, which is non-blocking, returns one report."""

    @property
    def name(self) -> str:
        """The device's own name."""
        ...

    @property
    def product(self) -> str:
        """Vendor and product, such as "0b0e:0412"; empty where it has none."""
        ...

    @property
    def fd(self) -> int:
        """The file descriptor to read reports from."""
        ...

    @property
    def descriptor(self) -> Descriptor:
        """The parsed report descriptor."""
        ...

    def hold_events(self) -> AbstractAsyncContextManager[int | None]:
        """Grabs the device's input devices; yields a file descriptor of evdev to read volume keys from.

        Yields None where the reports carry the volume keys, or where there are none.
        """
        ...

    async def write(self, report: bytes) -> None:
        """Writes one output report, its ID in front (0 where reports are not numbered). Raises OSError: on failure."""
        ...


class Found(Identity, frozen=True, kw_only=True):
    """A hidraw device that can be used. `has_hook`: it has a hook switch that can say something."""

    has_hook: bool
    descriptor: Descriptor


class Hidraw:
    """An open hidraw device. A writing thread may outlive a cancelled wait; the file is closed after the last one."""

    def __init__(self, found: Found) -> None:
        self.name = found.name
        self.product = found.product
        self.descriptor = found.descriptor
        self._path = Path(found.path)
        self.fd = os.open(found.path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self._closed = False
        self._in_use = threading.Lock()  # taken in threads only, never in the event loop

    def hold_events(self) -> AbstractAsyncContextManager[int | None]:
        """See `events.hold`."""
        return events.hold(HIDRAW / self._path.name / "device", self._path.parent, self.descriptor)

    async def write(self, report: bytes) -> None:
        """Writes in a thread; when cancelled, leaves the thread to the kernel's own timeout."""
        await trio.to_thread.run_sync(self._write, report, abandon_on_cancel=True)

    async def close(self) -> None:
        """Closes the file, after waiting briefly for a write that is still under way."""
        with trio.move_on_after(CLOSE_TIMEOUT, shield=True):
            await trio.to_thread.run_sync(self._close, abandon_on_cancel=True)

    def _write(self, report: bytes) -> None:
        with self._in_use:
            if not self._closed:
                os.write(self.fd, report)

    def _close(self) -> None:
        with self._in_use:
            self._closed = True
            os.close(self.fd)


@asynccontextmanager
async def open_device(config: SpeakerphoneConfig, claim: Claim | None = None) -> AsyncIterator[SpeakerphoneDevice]:
    """Opens the configured speakerphone. `claim`: which devices this entry may have.

    Raises DeviceMissing: when there is none; DeviceError: when it cannot be opened.
    """
    claim = claim or Claims().claim()
    try:
        device = await once_permitted(partial(_open, config, claim))
        try:
            yield device
        finally:
            await device.close()
    finally:
        claim.release()


def find_speakerphones(hidraw: Path = HIDRAW, dev: Path = DEV) -> list[Found]:
    """Returns every speakerphone, headset and microphone with a mute key: those with a hook first, then by USB port.

    Opens none of them. Blocks for as long as reading a few files of /sys takes.
    """
    found = []
    for node in hidraw.glob("hidraw*"):
        with contextlib.suppress(DeviceError, OSError):  # a mouse, or a device that has just gone
            each = _look_at(node, dev)
            if is_eligible(node / "device", each.descriptor):
                found.append(each)
    return sorted(found, key=lambda each: (not each.has_hook, in_order(each)))


def locate(config: SpeakerphoneConfig, claim: Claim, hidraw: Path = HIDRAW, dev: Path = DEV) -> Found:
    """Claims the configured speakerphone and returns it, without opening it. Blocks.

    Raises DeviceMissing: when there is none; DeviceError: when what is named is not a speakerphone.
    """
    wish = wanted(config.device)
    if wish.by is By.PATH:
        there = [_look_at(hidraw / Path(wish.real_path()).name, dev)]
    else:
        there = [each for each in find_speakerphones(hidraw, dev) if wish.fits(each)]
    fitting = [each for each in there if each.has_hook or wish.by is not By.ANY]
    try:
        return claim.take(wish, fitting, "speakerphone")
    except DeviceMissing as error:
        left_out = [f"; {each.path} ({each.name}) {_NO_HOOK}" for each in there if each not in fitting]
        raise DeviceMissing(f"{error}{''.join(left_out)}") from None


def _open(config: SpeakerphoneConfig, claim: Claim) -> Hidraw:
    claim.release()  # of the last attempt
    found = locate(config, claim, HIDRAW, DEV)
    try:
        device = Hidraw(found)
    except PermissionError as error:
        raise NotPermitted(found.path) from error
    except OSError as error:
        raise DeviceMissing(f"no speakerphone at {found.path}: {error.strerror}") from error
    log.info("speakerphone_opened", name=found.name, path=found.path, product=found.product, port=found.port)
    return device


def _look_at(node: Path, dev: Path) -> Found:
    path = str(dev / node.name)
    try:
        descriptor = parse((node / "device" / "report_descriptor").read_bytes())
        about = _about((node / "device" / "uevent").read_text("utf-8", "replace"))
    except OSError as error:
        raise DeviceMissing(f"no HID device at {path}: {error.strerror}") from error
    except DescriptorError as error:
        raise DeviceError(f"the report descriptor of {path} makes no sense: {error}") from error
    name = about.get("HID_NAME", path)
    if not (is_telephony(descriptor) or has_mute(descriptor)):
        raise DeviceError(f"{path} ({name}) is not a speakerphone: it has neither telephony keys nor a mute key")
    return Found(
        path=path,
        name=name,
        product=_product(about.get("HID_ID", "")),
        port=port_of(node / "device"),
        has_hook=has_hook(descriptor),
        descriptor=descriptor,
    )


def _about(uevent: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in uevent.splitlines() if "=" in line)


def _product(hid_id: str) -> str:
    """Returns vendor:product from the kernel's bus:vendor:product, such as "0003:00000B0E:00000412"."""
    numbers = [int(part, 16) & 0xFFFF for part in hid_id.split(":")[1:]]
    return product_of(*numbers) if len(numbers) == 2 else ""
