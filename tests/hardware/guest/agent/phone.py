"""A USB speakerphone: reports in, lamps out; like devices people buy, it answers the lamps it is sent."""

import errno
import fcntl
import os
from pathlib import Path

from agent.uhid import HidDevice
from agent.waiting import now, until

# Consumer control, of which the kernel makes an input device: report 1 in: volume up, volume down.
# Telephony headset: report 2 in: hook, mute (pulse), flash, redial, 4 bits of nothing. Out: off-hook, mute, ring, hold.
DESCRIPTOR = bytes.fromhex(
    "050C 0901 A101 8501 1500 2501 09E9 09EA 7501 9502 8102 9506 8103 C0"
    "050B 0905 A101 8502 1500 2501"
    "7501 9501 0920 8122"  # hook switch: absolute, no preferred state
    "9501 092F 8106"  # phone mute: relative
    "9501 0921 8106 9501 0924 8106"  # flash, redial
    "9504 8103"
    "0508 9504 0917 0909 0918 0920 9122"  # lamps
    "9504 9103 C0"
)
LAMPS = ("off_hook", "mute", "ring", "hold")
NAME = "Bench Speakerphone"
IDS = (0x1209, 0x0F11)
HOOK, MUTE, FLASH = 0x01, 0x02, 0x04
EVIOCGRAB = 0x40044590  # linux/input.h


class Phone:
    """Plugged in while it exists; `lamps` are what it was told to show, with the time of the last report."""

    def __init__(self) -> None:
        self._hook = 0
        self._locked = False
        self.lamps = dict.fromkeys(LAMPS, False)
        self.reports: list[tuple[int, dict[str, bool]]] = []
        self._device = HidDevice(NAME, IDS, DESCRIPTOR, self._written)
        self._device.plug_in()

    def hook(self, *, off: bool) -> int:
        """The call key; when."""
        self._hook = HOOK if off else 0
        return self._say(self._hook)

    def mute(self) -> int:
        """The mute key, pressed and let go; when."""
        at = self._say(self._hook | MUTE)
        self._say(self._hook)
        return at

    def flash(self) -> int:
        """The flash key, pressed and let go; when."""
        at = self._say(self._hook | FLASH)
        self._say(self._hook)
        return at

    def louder(self) -> int:
        """The key for more volume, pressed and let go; when."""
        at = now()
        self._device.send(b"\x01\x01")
        self._device.send(b"\x01\x00")
        return at

    def lock(self, *, shut: bool) -> None:
        """The mute lock: while it is shut, the device answers a mute lamp that goes dark with its mute key."""
        self._locked = shut

    def ramble(self) -> int:
        """Reports that are none; when the last was sent."""
        for report in (b"\x02" + bytes(9), b"\x02", b"\x09\x01", bytes(64), b"\x02" + bytes(9)):
            self._device.send(report)
        return now()

    def held_by_somebody(self) -> list[bool]:
        """For each input device that the kernel made of it, whether nobody else may hear it."""
        events = [event for event in Path("/sys/class/input").glob("event*") if _name(event) == NAME]
        return [_is_held(f"/dev/input/{event.name}") for event in events]

    def led_triggers(self) -> list[str]:
        """What the LEDs that the kernel made of it follow."""
        triggers = Path("/sys/class/leds").glob("*::mute/trigger")
        return [word for each in triggers for word in each.read_text().split() if word.startswith("[")]

    def wait_lamp(self, lamp: str, timeout: float, *, lit: bool, after: int = 0) -> int:
        """When the report came that left the lamp so, after the time `after`."""
        return until(f"{lamp} {lit}", lambda: self._when(lamp, after, lit=lit), timeout)

    def unplug(self) -> None:
        """Pulls it out."""
        self._device.unplug()

    def _when(self, lamp: str, after: int, *, lit: bool) -> int | None:
        return next((at for at, lamps in self.reports if at >= after and lamps[lamp] is lit), None)

    def _say(self, state: int) -> int:
        at = now()
        self._device.send(bytes([2, state]))
        return at

    def _written(self, report: bytes) -> None:
        was_muted, lit = self.lamps["mute"], report[1]
        self.lamps = {lamp: bool(lit & 1 << bit) for bit, lamp in enumerate(LAMPS)}
        self.reports.append((now(), self.lamps))
        if self.lamps["off_hook"] != bool(self._hook):  # the device follows its lamp, and says so
            self._hook = HOOK if self.lamps["off_hook"] else 0
            self._say(self._hook)
        if self._locked and was_muted and not self.lamps["mute"]:
            self.mute()


def _name(event: Path) -> str:
    return (event / "device" / "name").read_text().strip()


def _is_held(path: str) -> bool:
    fd = os.open(path, os.O_RDONLY)
    try:
        fcntl.ioctl(fd, EVIOCGRAB, 1)
    except OSError as error:
        return error.errno == errno.EBUSY
    finally:
        os.close(fd)
    return False
