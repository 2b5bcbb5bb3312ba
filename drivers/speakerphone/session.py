"""One open device from plug to unplug: reports in, lamps out."""

import errno
import os
from contextlib import suppress
from typing import Final

import structlog
import trio

from drivers.speakerphone.device import SpeakerphoneDevice
from drivers.speakerphone.faults import Faults
from drivers.speakerphone.profiles import GENERIC, profile_of
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.requests import Request
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps

log = structlog.get_logger()

REPORT_SIZE: Final = 4096 + 1
WRITE_TIMEOUT: Final = 1.0  # seconds for a device to take one report
DARK_TIMEOUT: Final = 0.3  # seconds for the lamps to go out when the driver ends


class Session:
    """Talks with the device; OSError when it is gone. `shown`: the lamps as last sent."""

    def __init__(self, device: SpeakerphoneDevice) -> None:
        self._device = device
        self._profile = profile_of(device.name, device.product)
        self._inputs = InputReports(device.descriptor, self._profile.pressed)
        self._outputs = OutputReports(device.descriptor, LAMP_USAGES)
        self._cleared = OutputReports(device.descriptor, self._profile.cleared)
        self._conversation = Conversation(self._profile)
        self.name = device.name
        self.faults = Faults(device.name)
        self.shown = Lamps()
        self._waiting = trio.CancelScope()

    async def begin(self, lamps: Lamps) -> None:
        """Puts the device in the state that its profile asks for, and sends the lamps for the first time."""
        if self._profile is not GENERIC:
            log.info("speakerphone_profile", name=self.name, profile=self._profile.name, limits=self._profile.limits)
        for report in self._cleared.encode(()):
            await self._write(report)
        await self.show(lamps)

    async def show(self, lamps: Lamps) -> None:
        """Sends the lamps."""
        self.shown = lamps
        self._conversation.lamps_sent(lamps, trio.current_time())
        self._waiting.deadline = self._conversation.deadline  # who waits for a report already
        for report in self._outputs.encode(self._profile.lit(lamps.usages(), self._outputs.lamps)):
            await self._write(report)

    async def requests(self) -> list[Request]:
        """What the next report asks for, or what the device asks for by saying nothing."""
        with trio.CancelScope(deadline=self._conversation.deadline) as self._waiting:
            await trio.lowlevel.wait_readable(self._device.fd)
        try:
            report = os.read(self._device.fd, REPORT_SIZE)
        except BlockingIOError:
            due = self._conversation.deadline <= trio.current_time()
            return self._conversation.settle(trio.current_time()) if due else []
        if not report:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return self._heard(report)

    async def go_dark(self) -> None:
        """The lamps go out, if the device takes that at once."""
        with trio.move_on_after(DARK_TIMEOUT, shield=True), suppress(OSError):
            await self.show(Lamps())

    def _heard(self, report: bytes) -> list[Request]:
        heard, now = self._inputs.read(report), trio.current_time()
        self.faults.note(heard.fault, report, now)
        return self._conversation.heard(heard, now)

    async def _write(self, report: bytes) -> None:
        with trio.move_on_after(WRITE_TIMEOUT) as scope:
            try:
                await self._device.write(report)
            except BrokenPipeError as error:
                if error.errno != errno.EPIPE:  # ESHUTDOWN is one too: the device is being unplugged
                    raise
                self.faults.refused()  # how USB says that a device refuses; its keys may work all the same
        if scope.cancelled_caught:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
