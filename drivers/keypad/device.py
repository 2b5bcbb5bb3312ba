"""Opens a keypad: every event node of the device that has keys, through python-evdev.

A keyboard's calculator key comes from another node than its digits, and a sleep key that nobody grabs puts the machine
to sleep; so all nodes are opened, read and grabbed, or none. A device that was plugged in just now may have some nodes
only; opening it then waits for the others.

Opening and closing wait for the kernel (a close alone for tens of milliseconds), so both happen in a thread.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog
import trio

from drivers.claims import Claim, Claims
from drivers.errors import DeviceError
from drivers.keypad.choice import choose
from drivers.keypad.config import KeyboardConfig
from drivers.keypad.found import INPUT_CLASS, INPUT_DEVICES, Found
from drivers.keypad.nodes import has_all_nodes
from drivers.keypad.opening import close, grab, open_nodes, set_locks
from drivers.permissions import NotReady, is_new, once_permitted

if TYPE_CHECKING:
    from evdev import InputDevice

log = structlog.get_logger()


class KeypadNode(Protocol):
    """An open event node: a descriptor that gives `struct input_event`s, and which keys are down now."""

    @property
    def name(self) -> str:
        """What the node calls itself."""
        ...

    @property
    def fd(self) -> int:
        """The descriptor; non-blocking."""
        ...

    def active_keys(self) -> Collection[int]:
        """Returns the codes of all keys that are down. Raises OSError: when the device is gone."""
        ...


class KeypadDevice(Protocol):
    """An open keypad."""

    @property
    def name(self) -> str:
        """What the device calls itself."""
        ...

    @property
    def nodes(self) -> Sequence[KeypadNode]:
        """Its event nodes; when one of them is gone, so is the device."""
        ...


class EvdevKeypad:
    """A keypad whose nodes are open."""

    def __init__(self, found: Found, nodes: Sequence["InputDevice[str]"]) -> None:
        self.name = nodes[0].name
        self.path = found.path
        self.nodes = nodes

    def close(self) -> None:
        """Closes every node, which also ends the grab. Blocks."""
        close(self.nodes)


@asynccontextmanager
async def open_device(config: KeyboardConfig, claim: Claim | None = None) -> AsyncIterator[KeypadDevice]:
    """Opens the configured keypad, and grabs it if so configured. `claim`: which devices this entry may have.

    Raises DeviceMissing: when there is none; DeviceError: when something is in the way.
    """
    claim = claim or Claims().claim()
    try:
        device = await once_permitted(partial(_open, config, claim))
        try:
            log.info("keypad_opened", name=device.name, path=device.path, nodes=len(device.nodes))
            yield device
        finally:
            with trio.CancelScope(shield=True):
                await trio.to_thread.run_sync(device.close)
    finally:
        claim.release()


def locate(config: KeyboardConfig, claim: Claim, folder: Path = INPUT_DEVICES, classes: Path = INPUT_CLASS) -> Found:
    """Claims the configured keypad and returns it with the nodes that would be read. Blocks.

    Raises DeviceMissing: when there is none; DeviceError: when it may not be opened.
    """
    found = choose(config, claim, folder, classes)
    close(open_nodes(found))
    return found


def _open(config: KeyboardConfig, claim: Claim) -> EvdevKeypad:
    found = _complete(config, claim)
    nodes = open_nodes(found)
    try:
        for node, at in zip(nodes, found.nodes, strict=True) if config.grab else ():
            grab(node, at.path)
    except DeviceError:
        close(nodes)
        raise
    for node in nodes:
        set_locks(node)
    return EvdevKeypad(found, nodes)


def _complete(config: KeyboardConfig, claim: Claim) -> Found:
    """Returns the configured keypad once all its nodes are there. Raises NotReady: until then, if it is new."""
    claim.release()  # of the last attempt
    found = choose(config, claim, INPUT_DEVICES, INPUT_CLASS)
    if not is_new(found.path):
        return found
    if not has_all_nodes(found.folder):
        raise NotReady(found.path, f"keypad {found.name} ({found.path}) is not complete yet")
    claim.release()
    return choose(config, claim, INPUT_DEVICES, INPUT_CLASS)  # the last node may have come in between
