"""A VISCA joystick on a USB serial adapter: an ACM gadget on the kernel's own dummy host controller."""

import contextlib
import os
import select
import termios
import threading
import time
import tty
from pathlib import Path

from agent.waiting import now, until

GADGET = Path("/sys/kernel/config/usb_gadget/bench")
CONTROLLER = "dummy_udc.0"
FAR_END = Path("/dev/ttyGS0")


class Joystick:
    """Plugged in from its creation; `plug` and `unplug` from then on."""

    def __init__(self) -> None:
        function, configuration = GADGET / "functions/acm.0", GADGET / "configs/c.1"
        for folder in (function, configuration, GADGET / "strings/0x409"):
            folder.mkdir(parents=True)
        for name, value in {
            "idVendor": "0x1209",
            "idProduct": "0x0f12",
            "strings/0x409/manufacturer": "Offhook",
            "strings/0x409/product": "Bench Serial",
        }.items():
            (GADGET / name).write_text(value)
        (GADGET / "strings/0x409/serialnumber").write_text("0001")
        (configuration / "acm.0").symlink_to(function)
        self._fd = -1
        self._looped = threading.Event()
        self.plug()

    def plug(self) -> None:
        """Plugs it in; the kernel takes a moment to make a serial line of it."""
        (GADGET / "UDC").write_text(CONTROLLER)
        self._fd = os.open(FAR_END, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self._fd, termios.TCSANOW)

    def unplug(self) -> int:
        """Pulls it out; when."""
        at = now()
        (GADGET / "UDC").write_text("\n")
        os.close(self._fd)
        self._fd = -1
        return at

    def send(self, frame: str) -> int:
        """One VISCA frame (hexadecimal); when."""
        at = now()
        os.write(self._fd, bytes.fromhex(frame))
        return at

    def hammer(self, frames: list[str], every: float, seconds: float) -> int:
        """These frames again and again for so long, whatever comes back; how many."""
        count, until_then = 0, time.monotonic() + seconds
        while time.monotonic() < until_then:
            self.send(frames[count % len(frames)])
            count += 1
            time.sleep(every)
            self.forget()
        return count

    def loop(self) -> None:
        """From now on sends back what comes, as a line with TX and RX connected does, until `unloop`."""
        self._looped.set()
        threading.Thread(target=self._send_back, args=(os.dup(self._fd),), daemon=True).start()

    def unloop(self) -> None:
        """Takes the connection away."""
        self._looped.clear()

    def _send_back(self, fd: int) -> None:
        with open(fd, "r+b", buffering=0) as line:  # a descriptor
            while self._looped.is_set():
                readable, _, _ = select.select([line], [], [], 0.2)
                rest = (line.read(512) or b"") if readable else b""
                while rest and self._looped.is_set():
                    _, writable, _ = select.select([], [line], [], 0.2)
                    rest = rest[line.write(rest) or 0 :] if writable else rest

    def forget(self) -> None:
        """What came back so far is of no interest."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._fd, 4096):
                pass

    def heard(self, count: int, timeout: float) -> str:
        """The next so many frames that came back."""
        got = bytearray()

        def enough() -> bytes | None:
            with contextlib.suppress(BlockingIOError):
                got.extend(os.read(self._fd, 64))
            return bytes(got) if got.count(0xFF) >= count else None

        return until(f"{count} frames", enough, timeout).hex(" ").upper()
