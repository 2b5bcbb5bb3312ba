"""A speakerphone: what a person asks for with its keys, and the lamps it shows."""

import errno
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Final

import structlog
import trio

from drivers.errors import DeviceLost
from drivers.flood import Flood
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.device import SpeakerphoneDevice, open_device
from drivers.speakerphone.reports import InputReports, OutputReports
from drivers.speakerphone.requests import Flash, HoldKey, HookOff, HookOn, MuteKey, MuteLock, Reject, Request
from drivers.speakerphone.telephony import LAMP_USAGES, Conversation, Lamps

log = structlog.get_logger()

REPORT_SIZE: Final = 4096 + 1
WRITE_TIMEOUT: Final = 1.0  # seconds for a device to take one report
DARK_TIMEOUT: Final = 0.3  # seconds for the lamps to go out when the driver ends
ANSWER_AFTER: Final = 1.0  # seconds; devices give up waiting for their lamps after 2
ANSWERED: Final = (HookOff, HookOn, Reject, MuteKey, HoldKey, Flash)

Emit = Callable[[Request], None]
OpenSpeakerphone = Callable[[SpeakerphoneConfig], AbstractAsyncContextManager[SpeakerphoneDevice]]


class Speakerphone:
    """Drives one speakerphone. `open` is how it is opened: `open_device`, or a virtual speakerphone's own."""

    def __init__(self, config: SpeakerphoneConfig, open: OpenSpeakerphone = open_device) -> None:  # noqa: A002  # reads well: Speakerphone(c, open=…)
        self._config = config
        self._open = open
        self._lamps = Lamps()
        self._wake = trio.Event()
        self._answer_by = float("inf")

    def set_lamps(self, lamps: Lamps) -> None:
        """Shows these from now on; the latest wins, also over a time without the device."""
        if lamps != self._lamps:
            self._lamps = lamps
            self._wake.set()

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Emits requests and keeps the lamps, until the device goes; when cancelled, the lamps go out.

        Started when the device is open and shows its lamps. DeviceMissing: there is none; DeviceError: something is in
        the way; DeviceLost: it was unplugged, or took no report for `WRITE_TIMEOUT`.
        """
        async with self._open(self._config) as device:
            session = _Session(device)
            try:
                await session.show(self._lamps_now())
                task_status.started()
                await self._converse(session, emit)
            except OSError as error:
                raise DeviceLost(f"speakerphone {device.name} went away: {error.strerror or error}") from error
            except BaseException:  # whatever else ends this: the device is there, and must not go on ringing
                await session.go_dark()
                raise

    async def _converse(self, session: "_Session", emit: Emit) -> None:
        lost: OSError | None = None
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._keep_lamps, session)
                await self._listen(session, emit)
        except* OSError as group:
            lost = _first(group)
        if lost is not None:
            raise lost

    async def _listen(self, session: "_Session", emit: Emit) -> None:
        flood = Flood(session.name)
        while True:
            await flood.may_read()
            for request in await session.requests():
                if isinstance(request, MuteLock):
                    log.info("speakerphone_mute_lock", name=session.name, on=request.on)
                if isinstance(request, ANSWERED):
                    self._answer_by = min(self._answer_by, trio.current_time() + ANSWER_AFTER)
                    self._wake.set()
                emit(request)

    async def _keep_lamps(self, session: "_Session") -> None:
        """Sends the lamps when they change, and once more where a request changed nothing: devices wait for them."""
        while True:
            await self._wait_for_reason(session)
            await session.show(self._lamps_now())

    async def _wait_for_reason(self, session: "_Session") -> None:
        while self._lamps == session.shown and trio.current_time() < self._answer_by:
            self._wake = trio.Event()
            with trio.move_on_at(self._answer_by):
                await self._wake.wait()

    def _lamps_now(self) -> Lamps:
        self._answer_by = float("inf")
        return self._lamps


class _Session:
    """One open device from plug to unplug."""

    def __init__(self, device: SpeakerphoneDevice) -> None:
        self._device = device
        self._inputs = InputReports(device.descriptor)
        self._outputs = OutputReports(device.descriptor, LAMP_USAGES)
        self._conversation = Conversation()
        self._refuses = False
        self.name = device.name
        self.shown = Lamps()

    async def show(self, lamps: Lamps) -> None:
        self.shown = lamps
        self._conversation.lamps_sent(lamps, trio.current_time())
        for report in self._outputs.encode(lamps.usages()):
            await self._write(report)

    async def requests(self) -> list[Request]:
        """What the next report asks for, or what the device asks for by saying nothing."""
        with trio.move_on_at(self._conversation.deadline) as waiting:
            await trio.lowlevel.wait_readable(self._device.fd)
        if waiting.cancelled_caught:
            return self._conversation.settle(trio.current_time())
        try:
            report = os.read(self._device.fd, REPORT_SIZE)
        except BlockingIOError:
            return []
        if not report:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return self._conversation.heard(self._inputs.read(report), trio.current_time())

    async def go_dark(self) -> None:
        with trio.move_on_after(DARK_TIMEOUT, shield=True), suppress(OSError):
            await self.show(Lamps())

    async def _write(self, report: bytes) -> None:
        with trio.move_on_after(WRITE_TIMEOUT) as scope:
            try:
                await self._device.write(report)
            except BrokenPipeError:  # how USB says that a device refuses; its keys may work all the same
                self._refused_once()
        if scope.cancelled_caught:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))

    def _refused_once(self) -> None:
        if not self._refuses:
            log.warning("speakerphone_refuses_lamps", name=self._device.name)
        self._refuses = True


def _first(group: BaseExceptionGroup[OSError]) -> OSError:
    """One of the errors: the loss shows in the reading and the writing task at once."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
