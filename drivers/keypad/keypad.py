"""Reads the keys of a keypad from all its event nodes, as they are typed."""

import errno
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import structlog
import trio

from drivers.errors import DeviceLost
from drivers.flood import Flood
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.device import KeypadDevice, KeypadNode, open_device
from drivers.keypad.key_events import INPUT_EVENT, KeyDecoder, KeyEvent
from drivers.keypad.modifiers import Modifiers

log = structlog.get_logger()

CHUNK = 64 * INPUT_EVENT.size  # the kernel's own buffer for a keyboard

TOLD = (1, 10, 100, 1000)
"""Numbers of losses that are logged; all of them could fill the log when a keypad floods."""

Heard = Callable[[int, bytes], None]
"""Called with the number of a node and what a read of it brought, before that is understood."""

Emit = Callable[[KeyEvent], None]
NodeHeard = Callable[[bytes], None]
OpenKeypad = Callable[[KeyboardConfig], AbstractAsyncContextManager[KeypadDevice]]


class Keypad:
    """Reads one keypad. `open` is how the device is opened: `open_device`, or a virtual keypad's own."""

    def __init__(
        self,
        config: KeyboardConfig,
        open: OpenKeypad = open_device,  # noqa: A002  # reads well: Keypad(c, open=…)
        heard: Heard | None = None,
    ) -> None:
        """`heard`: for whoever records what the device sends."""
        self._config = config
        self._open = open
        self._heard = heard

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Emits every key event until the device goes away; then releases the keys that are down.

        Reports started when the device is open. Raises DeviceMissing: when there is none; DeviceError: when something
        is in the way; DeviceLost: when it was unplugged, or one of its nodes is gone.
        """
        modifiers = Modifiers(self._config.modifiers())
        async with self._open(self._config) as device:
            try:
                nodes = [(node, self._decoder(node, modifiers)) for node in device.nodes]
            except OSError as error:
                raise _lost(device, error) from error
            task_status.started()
            losses: list[OSError] = []
            async with trio.open_nursery() as nursery:
                for number, (node, decoder) in enumerate(nodes):
                    heard = None if self._heard is None else partial(self._heard, number)
                    nursery.start_soon(_read_until_lost, node, decoder, emit, heard, losses, nursery.cancel_scope)
            for _, decoder in nodes:
                for event in decoder.release_all():
                    emit(event)
            raise _lost(device, losses[0])

    def _decoder(self, node: KeypadNode, modifiers: Modifiers) -> KeyDecoder:
        return KeyDecoder(self._config.keymap(), node.active_keys(), modifiers)


async def _read_until_lost(
    node: KeypadNode,
    decoder: KeyDecoder,
    emit: Emit,
    heard: NodeHeard | None,
    losses: list[OSError],
    all_nodes: trio.CancelScope,
) -> None:
    try:
        await _read(node, decoder, emit, heard)
    except OSError as error:
        losses.append(error)
        all_nodes.cancel()


async def _read(node: KeypadNode, decoder: KeyDecoder, emit: Emit, heard: NodeHeard | None) -> None:
    flood = Flood(node.name)
    while True:
        await flood.may_read()
        await trio.lowlevel.wait_readable(node.fd)
        for event in _next_events(node, decoder, heard):
            emit(event)


def _next_events(node: KeypadNode, decoder: KeyDecoder, heard: NodeHeard | None) -> list[KeyEvent]:
    try:
        data = os.read(node.fd, CHUNK)
    except BlockingIOError:
        return []
    if not data:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    if heard is not None:
        heard(data)
    events = decoder.feed(data)
    if decoder.resync_due:
        decoder.dropped += 1
        if decoder.dropped in TOLD:
            log.warning("keypad_events_dropped", name=node.name, times=decoder.dropped)
        events += decoder.resync(node.active_keys())
    return events


def _lost(device: KeypadDevice, error: OSError) -> DeviceLost:
    return DeviceLost(f"keypad {device.name} went away: {error.strerror}")
