"""The loader in an emulated machine: QEMU's raspi3b with the Pi's loader, or its board virt with that board's own.

raspi3b resets at once where a watchdog is armed. The device tree that QEMU passes in place of the Pi's firmware says
that there is none; the loader itself is the very one that a card has.
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.image.recipe import run

WATCHDOG = "/soc/watchdog@7e100000"
SCREEN = "/soc/hdmi@7e902000"
PATIENCE = 180.0  # seconds for a start, which takes one or two where nothing else runs


class SilentError(AssertionError):
    """The machine did not say what was expected in its time."""


class Board:
    """A running machine with a card. The first serial line is for a slot's kernel, the second is the header's."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._said = [b"", b""]
        self._lines = [_Line(folder / f"serial{number}") for number in (0, 1)]
        words = [word for line in self._lines for word in line.options]
        self.process = subprocess.Popen([*command, *words], stdin=subprocess.DEVNULL)
        for line in self._lines:
            line.connect()

    def said(self, line: int = 0) -> str:
        """All that a serial line has carried so far."""
        self._said[line] += self._lines[line].read()
        return self._said[line].decode(errors="replace")

    def type(self, text: bytes) -> None:
        """Bytes that come in on both lines."""
        for line in self._lines:
            line.write(text)

    def starts(self, count: int, seconds: float = PATIENCE) -> list[str]:
        """The names of the first slots that started, as many as asked for. Raises SilentError when there are fewer."""
        deadline = time.monotonic() + seconds
        while len(found := names(self.said())) < count:
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SilentError(
                    f"{len(found)} of {count} starts within {seconds:g} s: {found}\n{self.said()[-2000:]}"
                )
            time.sleep(0.01)
        return found[:count]

    def end(self, seconds: float = PATIENCE) -> str:
        """Waits until a machine that is not to restart has ended; returns the slot that started, or nothing."""
        # a line that is not read stops a machine after some hundred bytes
        self._said[0] += self._lines[0].rest(seconds)
        self.process.wait(seconds)
        return "".join(names(self._said[0].decode(errors="replace")))

    def cut_power(self) -> None:
        """The end of it."""
        self.process.kill()
        self.process.wait(10)
        for line in self._lines:
            line.close()


class _Line:
    """One serial line of the machine: a socket that it connects to."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(1)
        self._peer: socket.socket
        self.options = ["-serial", f"unix:{path}"]

    def connect(self) -> None:
        self._listener.settimeout(PATIENCE)
        self._peer, _ = self._listener.accept()
        self._peer.setblocking(False)
        self._listener.close()

    def read(self) -> bytes:
        try:
            return self._peer.recv(1 << 16)
        except BlockingIOError:
            return b""

    def rest(self, seconds: float) -> bytes:
        """All that comes until the machine ends. Raises TimeoutError when nothing comes for so long."""
        self._peer.settimeout(seconds)
        return b"".join(iter(lambda: self._peer.recv(1 << 16), b""))

    def write(self, text: bytes) -> None:
        self._peer.sendall(text)

    def close(self) -> None:
        self._peer.close()


def names(said: str) -> list[str]:
    """The slots that a serial line tells of, whole lines only."""
    return [line[6] for line in said.split("\n")[:-1] if line.startswith("@SLOT ")]


@contextmanager
def raspi3b(loader: Path, card: Path, *, watchdog: bool = False, screen: bool = True) -> Iterator[Board]:
    """A Raspberry Pi 3 B. With its watchdog, QEMU resets it as soon as the loader arms that."""
    tree = card.with_suffix(".dtb")
    tree.write_bytes((loader / "dtb/bcm2837-rpi-3-b.dtb").read_bytes())
    for node, there in ((WATCHDOG, watchdog), (SCREEN, screen)):
        run("fdtput", "-t", "s", str(tree), node, "status", "okay" if there else "disabled")
    board = ["-M", "raspi3b", "-kernel", str(loader / "u-boot-rpi.bin"), "-dtb", str(tree)]
    with running([*board, "-drive", f"file={card},format=raw,if=sd"], card.parent) as machine:
        yield machine


@contextmanager
def virt(loader: Path, card: Path, *, log: Path | None = None, once: bool = False) -> Iterator[Board]:
    """QEMU's board virt. `log` gets all that is written to the card, as `read_log` of replay.py reads it.

    `once`: it ends where it would restart.
    """
    board = ["-M", "virt", "-cpu", "cortex-a53", "-m", "512", "-bios", str(loader / "u-boot-qemu.bin")]
    drive = ["-blockdev", f"driver=raw,node-name=raw,file.driver=file,file.filename={card}"]
    if log is not None:
        logged = f"file=raw,log.driver=file,log.filename={log},log-super-update-interval=1"
        drive += ["-blockdev", f"driver=blklogwrites,node-name=logged,{logged}"]
    board += ["-no-reboot"] if once else []
    drive += ["-device", "sdhci-pci", "-device", f"sd-card,drive={'raw' if log is None else 'logged'}"]
    with running([*board, *drive], card.parent) as machine:
        yield machine


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[Board]:
    """A machine, until its power is cut."""
    machine = Board(["qemu-system-aarch64", "-nodefaults", "-no-user-config", "-display", "none", *command], folder)
    try:
        yield machine
    finally:
        machine.cut_power()
