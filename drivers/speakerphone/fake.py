"""A virtual speakerphone: real reports through a real socket, which keeps them apart as hidraw does."""

import errno
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import trio

from drivers.errors import DeviceMissing
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import Descriptor, parse
from drivers.speakerphone.events import ReportsOnly

DESCRIPTOR: Final = bytes.fromhex(
    # consumer control, report 1: volume up and down
    "05 0C 09 01 A1 01 85 01 15 00 25 01 09 E9 09 EA 75 01 95 02 81 02 95 06 81 03 C0"
    # telephony headset, report 2: hook switch, mute switch, button 7 ("reject"), hold key
    "05 0B 09 05 A1 01 85 02 15 00 25 01 09 20 09 2F 75 01 95 02 81 22 05 09 09 07 95 01 81 02"
    "05 0B 09 23 95 01 81 06 95 04 81 03"
    # the same report out: the lamps off-hook, mute, ring, hold, microphone
    "05 08 09 17 09 09 09 18 09 20 09 21 95 05 91 22 95 03 91 03 C0"
)
VOLUME_REPORT: Final = 1
PHONE_REPORT: Final = 2
LAMP_BITS: Final = {"off_hook": 0, "mute": 1, "ring": 2, "hold": 3}


class VirtualSpeakerphone:
    """A speakerphone for tests and the demo; pass its `open` to `Speakerphone`.

    `changed` is called when the lamps change, and when it is plugged or unplugged. It behaves as devices do: hook and
    mute follow the lamps and acknowledge them; while the off-hook lamp is dark, the hang-up key is the reject key.
    `keeps_muted`: a closed mute lock, so that what is muted stays muted. Its user looks at the lamps: a second press of
    mute waits until the first has been answered.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None, name: str = "virtual speakerphone") -> None:
        self.name = name
        self.plugged = True
        self.keeps_muted = False
        self._changed = changed
        self._line: _Line | None = None
        self._lamps = dict.fromkeys(LAMP_BITS, False)
        self._off_hook = False
        self._mute = False
        self._mute_asked = False  # a press that the lamps have not answered yet
        self._mute_next: bool | None = None

    @property
    def lamps(self) -> dict[str, bool]:
        """The lamps off_hook, mute, ring and hold, lit or dark."""
        return dict(self._lamps)

    @asynccontextmanager
    async def open(self, config: SpeakerphoneConfig) -> AsyncIterator["_Line"]:  # noqa: ARG002  # the shape of open_device
        """Opens it as `open_device` does. Raises DeviceMissing: while unplugged."""
        await trio.lowlevel.checkpoint()
        if not self.plugged:
            raise DeviceMissing(f"no speakerphone: {self.name} is unplugged")
        line = _Line(self.name, self._lamps_arrived)
        self._line = line
        try:
            yield line
        finally:
            line.close()
            self._line = None

    def hook(self, off: bool) -> None:  # noqa: FBT001  # hook(True) is what the interface promises
        """Presses the call key (True) or the hang-up key (False)."""
        self._off_hook = off
        if off or self._lamps["off_hook"]:
            self._send_state()
        else:
            self._send_state(reject=True)
            self._send_state()

    def mute(self, on: bool | None = None) -> None:  # noqa: FBT001  # mute(True) is what the interface promises
        """Presses the mute key if that mutes (True) or unmutes (False), or in any case (None)."""
        if self._mute_asked:
            self._mute_next = not self._mute if on is None else on
        elif on != self._mute:
            self._mute = not self._mute
            self._mute_asked = self._line is not None
            self._send_state()

    def hold(self) -> None:
        """Presses the hold key, which is one-shot."""
        self._send_state(hold=True)
        self._send_state()

    def volume(self, step: int) -> None:
        """Presses volume up (positive) or down (negative) `step` times."""
        for _ in range(abs(step)):
            self._send(VOLUME_REPORT, 1 if step > 0 else 2)
            self._send(VOLUME_REPORT, 0)

    def unplug(self) -> None:
        """Unplugs it: the driver loses it and cannot open it until `plug`."""
        self.plugged = False
        self._go_silent()
        if self._line is not None:
            self._line.hang_up()
        self._changed()

    def plug(self) -> None:
        """Plugs it in again."""
        self.plugged = True
        self._changed()

    def _go_silent(self) -> None:
        self._lamps = dict.fromkeys(LAMP_BITS, False)
        self._off_hook = self._mute = self._mute_asked = False
        self._mute_next = None

    def _lamps_arrived(self, report: bytes) -> None:
        before = self._lamps, self._off_hook, self._mute
        self._lamps = {name: bool(report[1] >> bit & 1) for name, bit in LAMP_BITS.items()}
        self._off_hook, self._mute_asked = self._lamps["off_hook"], False
        self._mute = self._lamps["mute"] or (self._mute and self.keeps_muted)
        if (self._lamps, self._off_hook, self._mute) != before:
            self._send_state()  # the acknowledgement
            self._changed()
        waiting, self._mute_next = self._mute_next, None
        if waiting is not None:
            self.mute(waiting)

    def _send_state(self, *, reject: bool = False, hold: bool = False) -> None:
        self._send(PHONE_REPORT, self._off_hook | self._mute << 1 | reject << 2 | hold << 3)

    def _send(self, report_id: int, bits: int) -> None:
        if self._line is not None and self.plugged:
            self._line.send(bytes([report_id, bits]))


class _Line(ReportsOnly):
    """Both ends of the socket: the driver reads `fd`, the virtual device holds the other."""

    def __init__(self, name: str, lamps_arrived: Callable[[bytes], None]) -> None:
        self.name = name
        self.descriptor: Descriptor = parse(DESCRIPTOR)
        self._lamps_arrived = lamps_arrived
        self._near, self._far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._near.setblocking(False)
        self._far.setblocking(False)
        self.fd = self._near.fileno()

    async def write(self, report: bytes) -> None:
        await trio.lowlevel.wait_writable(self._near)
        try:
            self._near.send(report)
            self._lamps_arrived(self._far.recv(len(report) + 1))
        except OSError as error:  # the far end is closed
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV)) from error

    def send(self, report: bytes) -> None:
        try:
            self._far.send(report)
        except BlockingIOError:
            return  # nobody reads; what does not fit is lost, as in the kernel's queue

    def hang_up(self) -> None:
        self._far.close()

    def close(self) -> None:
        self._near.close()
        self._far.close()
