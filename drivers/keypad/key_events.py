"""Decodes the bytes of an evdev node into key events. No I/O.

The stream is a row of `struct input_event` (kernel documentation, input/input.rst and input/event-codes.rst).
"""

import struct
from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from drivers.keypad.modifiers import Modifiers

INPUT_EVENT: Final = struct.Struct("@llHHi")  # seconds, microseconds, type, code, value; 24 bytes, or 16 on 32 bits

EV_SYN: Final = 0
EV_KEY: Final = 1
SYN_REPORT: Final = 0
SYN_DROPPED: Final = 3
UP: Final = 0
DOWN: Final = 1  # 2 is autorepeat, which is no press


class KeyEvent(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A key that has a symbol went down or up.

    `lost`: it counts as released because it is not known whether it was down all the time.
    """

    symbol: str
    down: bool
    lost: bool = False


LOST: Final = KeyEvent("", down=False, lost=True)
"""Events of any keys may be missing at this point."""


class KeyDecoder:
    """Turns bytes, split anywhere, into key events. Bytes that make no sense are skipped; nothing raises.

    `down`: the codes of the keys that are down already; they count when they are pressed again. `modifiers`: those of
    the whole device, of which this may be one node of several.
    """

    def __init__(
        self, keymap: Mapping[int, str], down: Collection[int] = (), modifiers: Modifiers | None = None
    ) -> None:
        self._keymap = keymap
        self._modifiers = (modifiers or Modifiers()).node(down)
        self._held: dict[int, str | None] = {}  # what each key meant when it was pressed
        self._ignored = set(down)
        self._rest = b""
        self._skipping = False
        self.dropped = 0
        """How many times the kernel dropped events; the caller counts."""
        self.resync_due = False
        """The kernel dropped events: the caller asks the device which keys are down and calls `resync`."""

    def feed(self, data: bytes) -> list[KeyEvent]:
        """Returns the key events in `data`, continuing with what was left of the last call."""
        data = self._rest + data
        whole = len(data) - len(data) % INPUT_EVENT.size
        self._rest = data[whole:]
        events: list[KeyEvent] = []
        for _, _, kind, code, value in INPUT_EVENT.iter_unpack(data[:whole]):
            self._take(kind, code, value, events)
        return events

    def resync(self, down: Collection[int]) -> list[KeyEvent]:
        """Releases every key, then presses those that are down now and were not; `down`: their codes.

        A key that was down before may have been released and pressed again meanwhile, or not: it counts when it is
        pressed again, so that nothing is typed twice and nothing counts as held.
        """
        self.resync_due = False
        unsure = (self._ignored | self._held.keys()) & set(down)
        pressed = sorted(set(down) - unsure)
        events = self.release_all()
        self._ignored = unsure
        self._modifiers.reset(down)
        return events + [event for code in pressed for event in self._key(code, down=True)]

    def release_all(self) -> list[KeyEvent]:
        """Releases every key that is down: the device is gone, or has lost events."""
        held, self._held = self._held, {}
        return [KeyEvent(symbol, down=False, lost=True) for _, symbol in sorted(held.items()) if symbol is not None]

    def _take(self, kind: int, code: int, value: int, events: list[KeyEvent]) -> None:
        if kind == EV_SYN and code == SYN_DROPPED:
            self._skipping = True
        elif kind == EV_SYN and code == SYN_REPORT and self._skipping:
            # the kernel says: everything up to this report is incomplete
            self._skipping = False
            self.resync_due = True
            events.append(LOST)
        elif kind == EV_KEY and value in (UP, DOWN) and not self._skipping:
            self._modifiers.move(code, down=value == DOWN)
            events += self._key(code, down=value == DOWN)

    def _key(self, code: int, *, down: bool) -> list[KeyEvent]:
        if code in self._ignored:
            if not down:
                self._ignored.discard(code)
            return []
        if code not in self._keymap or down == (code in self._held):
            return []
        if down:
            symbol = self._held[code] = self._modifiers.meaning(code, self._keymap)
        else:
            symbol = self._held.pop(code)
        return [] if symbol is None else [KeyEvent(symbol, down)]
