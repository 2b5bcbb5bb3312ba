"""Boots the guest once and keeps it as it is then, memory and disk: whoever needs a guest continues from there.

What is kept is good for exactly what made it: QEMU, its command, and the parts of the guest. The name says so.
"""

import hashlib
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.hardware.agent_line import Guest, GuestError
from tests.hardware.image import Image, build, cache, kept
from tests.hardware.machine import Booted, Machine, accelerator_here, hardware
from tests.hardware.monitor import Monitor

STALLED = 120.0  # seconds without any work of the disk after which a boot is given up
LONGEST = 1800.0  # seconds for all attempts
ATTEMPTS = 3  # the emulator now and then breaks a kernel that boots
SAVE_TIME = 300.0


def booted(deb: Path, folder: Path) -> Booted:
    """The guest with the firmware's package, as it was when it had booted; `folder` for what may go wrong meanwhile."""
    image = build(deb)
    accelerator = accelerator_here(image.kernel, folder)
    with cache() as place:
        made = kept(place, "booted", _key(image, accelerator), lambda out: _make(image, accelerator, out))
    return Booted(made, image.kernel, accelerator)


def _key(image: Image, accelerator: str) -> str:
    """What the guest's memory depends on."""
    version = subprocess.run(["qemu-system-x86_64", "--version"], check=True, capture_output=True, text=True).stdout
    processor = Path("/proc/cpuinfo").read_text() if accelerator == "kvm" else ""  # an emulated one is always the same
    flags = sorted({line for line in processor.splitlines() if line.startswith(("flags", "model name"))})
    words = (version, *hardware(accelerator, image.kernel), *flags, str(image.disk), Path(__file__).read_text())
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def _make(image: Image, accelerator: str, out: Path) -> None:
    """Makes the folder `out`, with `disk` and `state`."""
    began = time.monotonic()
    for attempt in range(ATTEMPTS):
        with tempfile.TemporaryDirectory(dir=out.parent, prefix="boot.") as folder:
            try:
                _boot(image, accelerator, Path(folder), began + LONGEST)
            except (GuestError, TimeoutError, ConnectionError) as error:
                if attempt == ATTEMPTS - 1:
                    raise
                print(f"the guest did not boot ({error}); once more", flush=True)
                continue
            (Path(folder) / "made").rename(out)
        print(f"the guest has booted: {time.monotonic() - began:.0f} s", flush=True)
        return


def _boot(image: Image, accelerator: str, folder: Path, deadline: float) -> None:
    made = folder / "made"
    made.mkdir()
    command = ["cp", "--sparse=always", "--reflink=auto", str(image.disk), str(made / "disk")]
    subprocess.run(command, check=True, timeout=300)
    machine = Machine(made / "disk", image.kernel, folder, accelerator, keep=True)
    try:
        guest = Guest(machine.channel)
        until_up(machine, guest, deadline)
        _settle(guest)
        guest.close()
        _save(machine, made / "state")
    except BaseException:
        if (console := folder / "console.log").exists():
            shutil.copy(console, folder.parent / "boot-failed.log")
        raise
    finally:
        machine.stop()


def until_up(machine: Machine, guest: Guest, deadline: float) -> None:
    """Until the agent answers. A boot is given up when nothing of it goes on any more, not because it is slow."""
    works, since = "", time.monotonic()
    while not guest.answers(5):
        now = time.monotonic()
        if (seen := machine.works()) != works:
            works, since = seen, now
        if now > min(deadline, since + STALLED):
            raise GuestError("the guest does not boot any further; see console.log")


def _settle(guest: Guest) -> None:
    """Lets the boot end: what runs on would be continued each time."""
    guest.pace()
    guest.do("run", within=120, words=["systemctl", "is-system-running", "--wait"], timeout=120)
    guest.run("udevadm", "settle", timeout=60)
    guest.run("journalctl", "--sync", timeout=60)
    guest.run("sync", timeout=60)


def _save(machine: Machine, state: Path) -> None:
    with Monitor(machine.monitor) as monitor:
        monitor.do("stop")
        monitor.do("migrate_set_parameter max-bandwidth 100G")
        monitor.do(f'migrate -d "exec:cat > {state}"')
        said = monitor.until("info migrate", "Migration status: completed", "failed", seconds=SAVE_TIME)
        if "failed" in said:
            raise ConnectionError(f"the guest's state was not saved: {said}")
