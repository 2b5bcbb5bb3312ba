"""A keypad: what a person types, as it is typed."""

import errno
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog
import trio

from drivers.errors import DeviceLost
from drivers.flood import Flood
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.device import KeypadDevice, open_device
from drivers.keypad.reader import INPUT_EVENT, KeyEvent, KeyReader

log = structlog.get_logger()

CHUNK = 64 * INPUT_EVENT.size  # the kernel's own buffer for a keyboard

TOLD = (1, 10, 100, 1000)
"""How many times events were dropped, each worth a line; a keypad that floods may do it for ever."""

Emit = Callable[[KeyEvent], None]
OpenKeypad = Callable[[KeyboardConfig], AbstractAsyncContextManager[KeypadDevice]]


class Keypad:
    """Reads one keypad. `open` is how the device is opened: `open_device`, or a virtual keypad's own."""

    def __init__(self, config: KeyboardConfig, open: OpenKeypad = open_device) -> None:  # noqa: A002  # reads well: Keypad(c, open=…)
        self._config = config
        self._open = open

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Emits every key from now on until the device goes; what was down then goes up first.

        Started when the device is open. DeviceMissing: there is none; DeviceError: something is in the way;
        DeviceLost: it was unplugged.
        """
        async with self._open(self._config) as device:
            try:
                reader = KeyReader(self._config.keymap(), device.active_keys())
            except OSError as error:
                raise _lost(device, error) from error
            task_status.started()
            try:
                await _read(device, reader, emit)
            except OSError as error:
                for event in reader.release_all():
                    emit(event)
                raise _lost(device, error) from error


async def _read(device: KeypadDevice, reader: KeyReader, emit: Emit) -> None:
    flood = Flood(device.name)
    while True:
        await flood.may_read()
        await trio.lowlevel.wait_readable(device.fd)
        for event in _next_events(device, reader):
            emit(event)


def _next_events(device: KeypadDevice, reader: KeyReader) -> list[KeyEvent]:
    try:
        data = os.read(device.fd, CHUNK)
    except BlockingIOError:
        return []
    if not data:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    events = reader.feed(data)
    if reader.resync_due:
        reader.dropped += 1
        if reader.dropped in TOLD:
            log.warning("keypad_events_dropped", name=device.name, times=reader.dropped)
        events += reader.resync(device.active_keys())
    return events


def _lost(device: KeypadDevice, error: OSError) -> DeviceLost:
    return DeviceLost(f"keypad {device.name} went away: {error.strerror}")
