"""The virtual machine: QEMU with the guest's disk, a serial port for the agent and the link to the terminal."""

import socket
import subprocess
import time
from pathlib import Path

BOOT_TIME = 120.0  # seconds; TCG on two slow cores takes 25
PROBE_TIME = 3.0
CPU = "max,cx16=off"  # QEMU 7.2 emulates cmpxchg16b wrongly now and then, in the middle of the kernel's allocator


class Machine:
    """One running guest. Its disk is left as it was. The monitor resets it as a cut of the power would."""

    def __init__(self, disk: Path, kernel: Path, folder: Path, *, accelerator: str | None = None) -> None:
        self._folder = folder
        self.accelerator = accelerator or ("kvm" if _kvm_works(kernel, folder) else "tcg,thread=multi,tb-size=512")
        self.channel = folder / "channel.sock"
        self.monitor = folder / "monitor.sock"
        for path in (self.channel, self.monitor):
            path.unlink(missing_ok=True)
        self.process = subprocess.Popen(self._command(disk, kernel), stdin=subprocess.DEVNULL)

    def power_cut(self) -> None:
        """Resets the machine: nothing that runs in it hears of it."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.settimeout(10)
            monitor.connect(str(self.monitor))
            monitor.sendall(b"system_reset\n")
            said = b""
            while said.count(b"(qemu)") < 2:  # before and after
                said += monitor.recv(4096)

    def stop(self) -> None:
        """The end of it, whatever it is doing."""
        self.process.kill()
        self.process.wait(10)

    def _command(self, disk: Path, kernel: Path) -> list[str]:
        return [
            *_machine(self.accelerator, kernel),
            *(
                "-append",
                # panic: now and then the emulator trips over a kernel that patches itself while booting ("Oops: int3")
                "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=false net.ifnames=0 mitigations=off panic=1",
            ),
            *("-drive", f"file={disk},format=raw,if=virtio,cache=unsafe,snapshot=on"),
            *("-chardev", f"file,id=console,path={self._folder}/console.log", "-serial", "chardev:console"),
            *("-device", "virtio-serial", "-chardev", f"socket,id=bench,path={self.channel},server=on,wait=off"),
            *("-device", "virtserialport,chardev=bench,name=offhook.bench"),
            *("-monitor", f"unix:{self.monitor},server=on,wait=off"),
            *("-nic", "user,model=virtio-net-pci,restrict=off"),
        ]


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
