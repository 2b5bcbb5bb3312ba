"""Listens in on a speakerphone: passes everything between driver and device on, and reports it."""

import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import trio

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import Descriptor
from drivers.speakerphone.device import SpeakerphoneDevice
from drivers.speakerphone.session import REPORT_SIZE
from drivers.speakerphone.speakerphone import OpenSpeakerphone

Note = Callable[[bytes], None]


class Tap:
    """Pass its `open` to `Speakerphone`; `heard` and `sent` are called with each report on its way."""

    def __init__(self, open_device: OpenSpeakerphone, heard: Note, sent: Note) -> None:
        self._open = open_device
        self._heard = heard
        self._sent = sent

    @asynccontextmanager
    async def open(self, config: SpeakerphoneConfig) -> AsyncIterator[SpeakerphoneDevice]:
        """Opens the device and yields it as seen through the tap."""
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # keeps reports apart, as hidraw does
        near.setblocking(False)
        far.setblocking(False)
        with near:
            async with self._open(config) as device, trio.open_nursery() as nursery:
                nursery.start_soon(self._pass_on, device, far)
                yield _Tapped(device, near.fileno(), self._sent)
                nursery.cancel_scope.cancel()

    async def _pass_on(self, device: SpeakerphoneDevice, far: socket.socket) -> None:
        """Passes input reports on until the device is gone; closing this end then tells the driver."""
        with far, suppress(OSError):
            while True:
                await trio.lowlevel.wait_readable(device.fd)
                with suppress(BlockingIOError):
                    report = os.read(device.fd, REPORT_SIZE)
                    if not report:
                        return
                    self._heard(report)
                    far.send(report)  # BlockingIOError: nobody reads; the report is lost, as in the kernel's queue


class _Tapped:
    def __init__(self, device: SpeakerphoneDevice, fd: int, sent: Note) -> None:
        self.name: str = device.name
        self.product: str = device.product
        self.descriptor: Descriptor = device.descriptor
        self.fd = fd
        self._device = device
        self._sent = sent

    def hold_events(self) -> AbstractAsyncContextManager[int | None]:
        return self._device.hold_events()

    async def write(self, report: bytes) -> None:
        self._sent(report)
        await self._device.write(report)
