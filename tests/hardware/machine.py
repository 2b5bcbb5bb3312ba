"""The virtual machine: QEMU with the guest's disk, a serial port for the agent and the link to the terminal."""

import subprocess
import time
from pathlib import Path

import msgspec

from tests.hardware.monitor import Monitor
from tests.hardware.processor import held

PROBE_TIME = 3.0
PANIC = b"Kernel panic"
CONTINUE_TIME = 120.0  # seconds; QEMU reads some hundred megabytes
CPU = "max,cx16=off"  # QEMU 7.2 emulates cmpxchg16b wrongly now and then, in the middle of the kernel's allocator
# panic: now and then the emulator trips over a kernel that patches itself while booting ("Oops: int3").
# tsc: a processor that is late makes the kernel doubt its clock, and then it patches itself in the middle of a test.
# watchdog_sec: nobody knows yet how slow this machine is; the room sets what is right for it (see `Room.keep_pace`).
APPEND = (
    "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=false net.ifnames=0 mitigations=off panic=1 tsc=reliable "
    "systemd.watchdog_sec=600"
)


class Booted(msgspec.Struct, frozen=True):
    """A guest that has booted: the folder with its `disk` and `state`, and what it was booted with."""

    folder: Path
    kernel: Path
    accelerator: str


class Machine:
    """One running guest. Its disk is left as it was. The monitor resets it as a cut of the power would."""

    def __init__(
        self,
        disk: Path,
        kernel: Path,
        folder: Path,
        accelerator: str,
        *,
        keep: bool = False,
        more: tuple[str, ...] = (),
    ) -> None:
        """`keep`: what is written to the disk stays there."""
        self.channel = folder / "channel.sock"
        self.monitor = folder / "monitor.sock"
        self._console = folder / "console.log"
        self._said_before = _size(self._console)
        for path in (self.channel, self.monitor):
            path.unlink(missing_ok=True)
        drive = f"file={disk},format=raw,if=virtio,cache=unsafe,snapshot={'off' if keep else 'on'}"
        places = [
            *("-drive", drive),
            *("-chardev", f"file,id=console,path={self._console},append=on"),
            *("-chardev", f"socket,id=bench,path={self.channel},server=on,wait=off"),
            *("-monitor", f"unix:{self.monitor},server=on,wait=off"),
        ]
        command = held([*hardware(accelerator, kernel), *places, *more])
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    @classmethod
    def continued(cls, booted: Booted, folder: Path) -> "Machine":
        """A guest that goes on from where it had booted."""
        incoming = ("-incoming", f"exec:cat {booted.folder}/state")
        machine = cls(booted.folder / "disk", booted.kernel, folder, booted.accelerator, more=incoming)
        try:
            with Monitor(machine.monitor, CONTINUE_TIME) as monitor:
                monitor.until("info migrate", "Migration status: completed", seconds=CONTINUE_TIME)
                monitor.do("cont")
        except BaseException:
            machine.stop()
            raise
        return machine

    def power_cut(self) -> None:
        """Resets the machine: nothing that runs in it hears of it."""
        with Monitor(self.monitor) as monitor:
            monitor.do("system_reset")

    def works(self) -> str:
        """What the disk has done so far: a machine for which this changes is alive, however slow it is."""
        with Monitor(self.monitor) as monitor:
            return monitor.do("info blockstats")

    def broken(self) -> bool:
        """Whether its kernel has panicked; it then starts anew, and what it was asked is never answered."""
        if self.process.poll() is not None:
            return True
        if _size(self._console) == self._said_before:
            return False
        with self._console.open("rb") as console:
            console.seek(self._said_before)
            return PANIC in console.read()

    def stop(self) -> None:
        """The end of it, whatever it is doing."""
        self.process.kill()
        self.process.wait(10)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def hardware(accelerator: str, kernel: Path) -> list[str]:
    """The command with everything that the guest sees, apart from what is behind its disk and its lines."""
    return [
        *_machine(accelerator, kernel),
        *("-append", APPEND),
        *("-serial", "chardev:console"),
        *("-device", "virtio-serial", "-device", "virtserialport,chardev=bench,name=offhook.bench"),
        *("-nic", "user,model=virtio-net-pci,restrict=off"),
    ]


def accelerator_here(kernel: Path, folder: Path) -> str:
    """KVM where it works, else emulation."""
    return "kvm" if _kvm_works(kernel, folder) else "tcg,thread=multi,tb-size=512"


def _machine(accelerator: str, kernel: Path) -> list[str]:
    return [
        *("qemu-system-x86_64", "-M", "q35", "-accel", accelerator, "-cpu", CPU, "-smp", "2", "-m", "1024"),
        *("-nodefaults", "-display", "none", "-no-user-config"),
        *("-kernel", str(kernel / "vmlinuz"), "-initrd", str(kernel / "initrd")),
    ]


def _kvm_works(kernel: Path, folder: Path) -> bool:
    """Whether a kernel prints its first lines under KVM; nested, it may hang or fail although /dev/kvm is there."""
    if not Path("/dev/kvm").exists():
        return False
    log = folder / "kvm-probe.log"
    log.unlink(missing_ok=True)
    probe = [*_machine("kvm", kernel), "-append", "console=ttyS0", "-serial", f"file:{log}"]
    process = subprocess.Popen(probe, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PROBE_TIME
        while time.monotonic() < deadline and process.poll() is None:
            if log.exists() and b"Run /init" in log.read_bytes():
                return True
            time.sleep(0.1)
        return False
    finally:
        process.kill()
        process.wait(10)
