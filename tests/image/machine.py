"""An emulated machine with a built card in it.

QEMU's `virt` board. Without the loader, kernel, initial file system and command line are off the card, as on a Pi 5.
With it, the loader has the card behind an SD controller, as on a Pi, and Linux the same on virtio, which is quicker.
"""

import contextlib
import socket
import subprocess
import time
from pathlib import Path

from tests.hardware.monitor import Monitor
from tests.image.recipe import run

BOOT_PARTITION = 16 << 20  # bytes from the beginning, see genimage.cfg
SIZE = 4 << 30  # bytes of the card that the image was written to
BOOT_TIME = 240.0  # seconds; 25 to 60 on two slow cores


class NotUpError(AssertionError):
    """The machine did not come up in its time."""


class Card:
    """A card that an image was written to: a file, bigger than the image."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.folder = folder
        self.disk = folder / "card.img"
        run("cp", "--sparse=always", str(image), str(self.disk))
        with self.disk.open("r+b") as disk:
            disk.truncate(SIZE)
        self._boot = f"{self.disk}@@{BOOT_PARTITION}"
        run("mcopy", "-n", "-o", "-i", self._boot, "::pi5/vmlinuz", "::pi5/initrd", "::pi5/cmdline.txt", str(folder))

    def put(self, name: str, text: str) -> None:
        """A file onto the boot partition, as from any computer."""
        self.put_bytes(name, text.encode())

    def put_bytes(self, name: str, content: bytes) -> None:
        """The same for a file that is no text."""
        file = self.folder / name
        file.write_bytes(content)
        run("mcopy", "-o", "-i", self._boot, str(file), f"::{name}")

    def read(self, name: str) -> str | None:
        """A file of the boot partition; None where there is none."""
        done = run("mtype", "-i", self._boot, f"::{name}", check=False)
        return done.stdout if done.returncode == 0 else None


class Machine:
    """One start of a card, until it is stopped as by a cut of the power."""

    def __init__(self, card: Card, key: Path, loader: Path | None = None, log: Path | None = None) -> None:
        """`loader`: u-boot-qemu.bin, where the card starts as a Pi does. `log`: a file for what is written to it."""
        self._card = card
        self._key = key
        self._loader = loader
        self._log = log
        self._starts = 0
        self._boot = ""
        self.monitor = card.folder / "monitor.sock"
        self.monitor.unlink(missing_ok=True)
        self.ssh_port = _free_port()
        self.console = card.folder / "console.log"
        self.console.unlink(missing_ok=True)
        self.channel = card.folder / "channel.sock"
        self.channel.unlink(missing_ok=True)
        self.process = subprocess.Popen(self._command(), stdin=subprocess.DEVNULL)

    def cut_power(self) -> None:
        """The end of it, whatever it is doing; what it had not yet handed to the card is lost."""
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        """As a cut of the power, but for what QEMU itself has not yet written to its log."""
        with Monitor(self.monitor) as monitor, contextlib.suppress(ConnectionError):
            monitor.do("stop")
            monitor.do("quit")
        self.process.wait(30)

    def run(self, command: str, *, seconds: float = 90, given: bytes | None = None) -> str:
        """What a command says, by SSH with the key that room.toml names; it must succeed."""
        done = self._ssh(command, seconds, given)
        if done.returncode:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout.decode()

    def until_reached(self, seconds: float = BOOT_TIME) -> None:
        """Until somebody can log in."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self._ssh("true", 20, None).returncode == 0:
                    return
            except subprocess.TimeoutExpired:
                continue
            time.sleep(1)
        raise NotUpError(f"not up within {seconds:g} s; see {self.console}")

    def until_said(self, words: str, seconds: float = BOOT_TIME) -> None:
        """Until the console shows something."""
        deadline = time.monotonic() + seconds
        while words not in self.said():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise NotUpError(f"the console did not say {words!r} within {seconds:g} s; see {self.console}")
            time.sleep(0.2)

    def until_started(self, slot: str, seconds: float = 2 * BOOT_TIME) -> None:
        """Until the machine can be reached, has started since this was asked last, and runs from that slot."""
        deadline = time.monotonic() + seconds
        self._starts += 1
        while time.monotonic() < deadline:
            with contextlib.suppress(AssertionError, subprocess.TimeoutExpired):
                self.until_reached(deadline - time.monotonic())
                boot = self.run("cat /proc/sys/kernel/random/boot_id", seconds=20)
                if boot != self._boot and f"rauc.slot={slot}" in self.run("cat /proc/cmdline", seconds=20).split():
                    self._boot = boot
                    return
            self._starts += 1  # a connection to the start before tells nothing
            time.sleep(1)
        raise NotUpError(f"not up in slot {slot} within {seconds:g} s; see {self.console}")

    def said(self) -> str:
        """What the console has shown so far."""
        return self.console.read_text(errors="replace") if self.console.exists() else ""

    def _ssh(self, command: str, seconds: float, given: bytes | None) -> "subprocess.CompletedProcess[bytes]":
        options = {
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "BatchMode": "yes",
            "ConnectTimeout": "15",
            "LogLevel": "ERROR",
            "ControlMaster": "auto",
            "ControlPath": str(self._card.folder / f"ssh-{self.ssh_port}-{self._starts}"),
            "ControlPersist": "600",
        }
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        where = ["-i", str(self._key), "-p", str(self.ssh_port), "root@127.0.0.1"]
        return subprocess.run(
            ["ssh", "-F", "none", *words, *where, command],
            check=False,
            capture_output=True,
            timeout=seconds,
            input=given or b"",
        )

    def _command(self) -> list[str]:
        return [
            *("qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2", "-m", "1024"),
            *("-accel", "tcg,thread=multi", "-nodefaults", "-no-user-config", "-display", "none"),
            *(self._by_loader() if self._loader else self._directly()),
            *("-device", "virtio-blk-pci,drive=card" + (",discard=off,write-zeroes=off" if self._log else "")),
            *("-serial", f"file:{self.console}"),
            *("-monitor", f"unix:{self.monitor},server=on,wait=off"),
            *("-device", "qemu-xhci", "-device", "virtio-serial-pci"),
            *("-chardev", f"socket,id=bench,path={self.channel},server=on,wait=off"),
            *("-device", "virtserialport,chardev=bench,name=offhook.bench"),
            *("-device", "i6300esb", "-watchdog-action", "reset"),
            *("-nic", f"user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:{self.ssh_port}-:22"),
        ]

    def _directly(self) -> list[str]:
        folder = self._card.folder
        line = (folder / "cmdline.txt").read_text().strip()
        return [
            *("-kernel", str(folder / "vmlinuz"), "-initrd", str(folder / "initrd")),
            *("-append", f"{line} console=ttyAMA0"),
            *(self._logged() if self._log else ("-drive", f"id=card,{self._drive()}")),
        ]

    def _by_loader(self) -> list[str]:
        both = "file.locking=off"  # one card, twice
        return [
            *("-bios", str(self._loader)),
            *("-drive", f"id=sd,{self._drive()},{both}", "-device", "sdhci-pci", "-device", "sd-card,drive=sd"),
            *("-drive", f"id=card,{self._drive()},{both}"),
        ]

    def _drive(self) -> str:
        # what the machine has handed over is on the card at once, as on a real one, and nothing else is
        return f"file={self._card.disk},format=raw,if=none,cache=writethrough"

    def _logged(self) -> list[str]:
        card = f"driver=raw,node-name=plain,file.driver=file,file.filename={self._card.disk}"
        log = f"driver=file,node-name=log,filename={self._log}"
        return [
            *("-blockdev", card, "-blockdev", log),
            *("-blockdev", "driver=blklogwrites,node-name=card,file=plain,log=log,log-super-update-interval=1"),
        ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
