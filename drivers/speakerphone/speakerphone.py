"""The driver of one speakerphone: emits what a person asks for with its keys, and shows lamps."""

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final

import structlog
import trio

from drivers.errors import DeviceError, DeviceLost
from drivers.flood import Flood
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.device import SpeakerphoneDevice, open_device
from drivers.speakerphone.events import VolumeKeys
from drivers.speakerphone.profiles import Profile
from drivers.speakerphone.requests import Flash, HoldKey, HookOff, HookOn, MuteKey, MuteLock, Reject, Request
from drivers.speakerphone.session import Session
from drivers.speakerphone.telephony import Lamps

log = structlog.get_logger()

ANSWER_AFTER: Final = 1.0  # seconds until the lamps are sent again; devices stop waiting for an answer after 2
EVENTS_SIZE: Final = 4096  # bytes; 170 input events
ANSWERED: Final = (HookOff, HookOn, Reject, MuteKey, HoldKey, Flash)

Emit = Callable[[Request], None]
OpenSpeakerphone = Callable[[SpeakerphoneConfig], AbstractAsyncContextManager[SpeakerphoneDevice]]


class Speakerphone:
    """Drives one speakerphone. `open`: opens it; `open_device`, or a virtual speakerphone's `open`.

    `profiles`: of devices, added by the user.
    """

    def __init__(
        self,
        config: SpeakerphoneConfig,
        open: OpenSpeakerphone = open_device,  # noqa: A002  # reads well: Speakerphone(c, open=…)
        profiles: Sequence[Profile] = (),
    ) -> None:
        self._config = config
        self._profiles = profiles
        self._open = open
        self._lamps = Lamps()
        self._wake = trio.Event()
        self._answer_by = float("inf")
        self._written: Lamps | None = None  # what the device has taken
        self._refused: Lamps | None = None  # what it has not
        self._wrote = trio.Event()
        self._is_there = False

    def set_lamps(self, lamps: Lamps) -> None:
        """Shows these lamps from now on; the latest ones are also shown when the device comes back."""
        if lamps != self._lamps:
            self._lamps = lamps
            self._wake.set()

    async def written(self) -> None:
        """Waits until the device has taken the lamps. DeviceError: it refuses them. DeviceLost: it is not there."""
        while self._written != self._lamps:
            if not self._is_there:
                raise DeviceLost("the speakerphone is not there")
            if self._refused == self._lamps:
                raise DeviceError("the speakerphone refuses the report of its lamps")
            await self._wrote.wait()

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Emits requests and keeps the lamps until the device is gone; when cancelled, turns the lamps off.

        Reports itself started when the device is open and shows its lamps.

        Raises DeviceMissing: when there is none; DeviceError: when it cannot be opened; DeviceLost: when it was
        unplugged, or took no report for a second.
        """
        async with self._open(self._config) as device:
            session = Session(device, self._profiles)
            try:
                await session.begin(self._lamps_now())
                self._is_there = True
                self._say_written(session)
                task_status.started()
                await self._converse(device, session, emit)
            except OSError as error:
                raise DeviceLost(f"speakerphone {device.name} went away: {error.strerror or error}") from error
            except BaseException:  # whatever ends this, the device is still there and must not go on ringing
                await session.go_dark()
                raise
            finally:
                self._is_there, self._written = False, None
                self._wake_who_waits()
                session.faults.sum_up()

    async def _converse(self, device: SpeakerphoneDevice, session: Session, emit: Emit) -> None:
        lost: OSError | None = None
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._keep_lamps, session)
                nursery.start_soon(_hear_volume, device, emit)
                await self._listen(session, emit)
        except* OSError as group:
            lost = _first(group)
        if lost is not None:
            raise lost

    async def _listen(self, session: Session, emit: Emit) -> None:
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

    async def _keep_lamps(self, session: Session) -> None:
        """Sends the lamps when they change, and once more when a request changed nothing: devices wait for them."""
        while True:
            await self._wait_for_reason(session)
            await session.show(self._lamps_now())
            self._say_written(session)

    def _say_written(self, session: Session) -> None:
        taken = session.shown if session.taken else None
        self._written, self._refused = taken, None if taken is not None else session.shown
        self._wake_who_waits()

    def _wake_who_waits(self) -> None:
        self._wrote.set()
        self._wrote = trio.Event()

    async def _wait_for_reason(self, session: Session) -> None:
        while self._lamps == session.shown and trio.current_time() < self._answer_by:
            self._wake = trio.Event()
            with trio.move_on_at(self._answer_by):
                await self._wake.wait()

    def _lamps_now(self) -> Lamps:
        self._answer_by = float("inf")
        return self._lamps


async def _hear_volume(device: SpeakerphoneDevice, emit: Emit) -> None:
    """Emits the volume keys of a device whose own reports have none."""
    async with device.hold_events() as fd:
        if fd is None:
            await trio.sleep_forever()
        keys, flood = VolumeKeys(), Flood(device.name)
        while True:
            await flood.may_read()
            await trio.lowlevel.wait_readable(fd)
            for key in keys.heard(_read(fd)):
                emit(key)


def _read(fd: int) -> bytes:
    """Returns what can be read now, perhaps nothing. Raises OSError: when the device is gone."""
    try:
        data = os.read(fd, EVENTS_SIZE)
    except BlockingIOError:
        return b""
    if not data:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    return data


def _first(group: BaseExceptionGroup[OSError]) -> OSError:
    """Returns one of the errors: a lost device fails the reading and the writing task at once."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
