"""One open device from plug to unplug: input reports in, lamps out.

Two tasks share a session. One calls `requests` in a loop: it waits until hidraw is readable, reads exactly one report
(hidraw keeps reports apart), decodes it (`reports`) and asks the `Conversation` what it means. The other calls `show`
when the lamps change: the conversation is told first and the reports are written afterwards, so that the device's
answer can never be taken for a key press.

A conversation may have a deadline, at which silence means something (a device that does not follow its mute lamp).
The waiting task then wakes up without a report; `show` moves that deadline while the other task is waiting.

Errors: an unplugged device shows as OSError or as an empty read, in either task. A write that the device stalls (EPIPE)
is counted and survived, because its keys may work all the same; one that takes longer than `WRITE_TIMEOUT` is an error.
"""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import structlog
import trio

from drivers.speakerphone.device import SpeakerphoneDevice
from drivers.speakerphone.faults import Faults
from drivers.speakerphone.profiles import GENERIC, Profile, profile_of
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.requests import Request
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps
from drivers.speakerphone.usages import LED_OFF_HOOK

log = structlog.get_logger()

REPORT_SIZE: Final = 4096 + 1  # bytes; more than any report of a USB device, which is a packet or two
WRITE_TIMEOUT: Final = 1.0  # seconds for a device to take one report; a healthy one takes milliseconds
DARK_TIMEOUT: Final = 0.3  # seconds for the lamps to go out when the driver ends; a stop must not wait for a device


class Session:
    """The dialogue with an open device. `profiles`: added by the user.

    `shown`: the lamps as last sent; `taken`: whether it took them.

    Methods raise OSError: when the device is gone.
    """

    def __init__(self, device: SpeakerphoneDevice, profiles: Sequence[Profile] = ()) -> None:
        self._device = device
        self._profile = profile_of(device.name, device.product, profiles)
        self._inputs = InputReports(device.descriptor, self._profile.pressed)
        self._outputs = OutputReports(device.descriptor, LAMP_USAGES | self._profile.lamps())
        self._cleared = OutputReports(device.descriptor, self._profile.cleared)
        self._conversation = Conversation(self._profile)
        self.name = device.name
        self.faults = Faults(device.name)
        self.shown = Lamps()
        self.taken = False
        self._waiting = trio.CancelScope()

    async def begin(self, lamps: Lamps) -> None:
        """Writes what the profile asks for, and sends the lamps for the first time."""
        if self._profile is not GENERIC:
            log.info("speakerphone_profile", name=self.name, profile=self._profile.name, limits=self._profile.limits)
        for report in self._cleared.encode(()):
            await self._write(report)
        await self.show(lamps)

    async def show(self, lamps: Lamps) -> None:
        """Sends the lamps."""
        self.shown = lamps
        lit = self._profile.lit(lamps.usages(), self._outputs.lamps)
        self._conversation.lamps_sent(lamps, trio.current_time(), off_hook=LED_OFF_HOOK in lit)
        self._waiting.deadline = self._conversation.deadline  # for the task that is waiting for a report
        self.taken = True
        for report in self._outputs.encode(lit):
            await self._write(report)

    async def requests(self) -> list[Request]:
        """Waits for the next report, or for a deadline, and returns what is asked for."""
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
        """Turns the lamps off, if the device takes that at once."""
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
                if error.errno != errno.EPIPE:  # ESHUTDOWN raises the same class: the device is being unplugged
                    raise
                self.taken = False
                self.faults.refused()  # EPIPE is a stalled transfer: the device refuses the report
        if scope.cancelled_caught:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
