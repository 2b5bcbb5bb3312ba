"""The whole bench: `python -m tests.hardware.run`.

The guest is booted once and kept as it is then. From there a machine continues for the tests of devices and service,
and one for those of network and power: one after the other, because two emulated machines on one small one starve each
other, or at once where there are processors for both and the guest is not slow.

What each wrote is in `build/hardware/devices` and `build/hardware/system`: output, junit, journal, coverage, times.
What failed is tried once more, on a fresh machine, and what comes of that is in the folder `again` beside them.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.hardware.agent_line import Guest
from tests.hardware.boot import booted, until_up
from tests.hardware.machine import Booted, Machine

OUT = Path("build/hardware")
LONGEST = 2400.0  # seconds for everything, stretched as the guest is slow
MEASURE_TIME = 300.0
AT_ONCE = 4  # processors for two machines of two
QUICK = 1.5  # factor up to which a guest is not slow
PARTS = {
    "devices": [
        *("test_inputs.py", "test_display.py", "test_plugs.py"),
        *("test_service.py", "test_buttons.py", "test_outputs.py", "test_bench_check.py"),
    ],
    "system": ["test_network.py", "test_zz_power.py"],
}


def main() -> int:
    """Runs both; 0 if all tests passed."""
    began = time.monotonic()
    factor = _factor(booted(Path(os.environ["OFFHOOK_DEB"]), _folder(OUT)))
    held = os.environ.get("OFFHOOK_BENCH_CPU")
    print(f"factor {factor:.1f}: so many times slower is the guest than where the limits were written", flush=True)
    print(
        f"load of this machine: {os.getloadavg()[0]:.1f}; QEMU " + (f"held to {held} %" if held else "not held"),
        flush=True,
    )
    deadline = began + LONGEST * max(1.0, factor)
    failed = _first(factor, deadline)
    for part in failed.copy():
        print(f"again: what failed of {part}", flush=True)
        if _status(_start(part, "--last-failed", again=True), deadline) == 0:
            failed.remove(part)
        print((OUT / part / "again" / "output.txt").read_text())
    print(f"the bench took {time.monotonic() - began:.0f} s; failed: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


def _factor(guest: Booted) -> float:
    """How many times slower than the reference a guest is that has this machine for itself."""
    folder = _folder(OUT / "measured")
    machine = Machine.continued(guest, folder)
    try:
        line = Guest(machine.channel)
        until_up(machine, line, time.monotonic() + MEASURE_TIME)
        return line.pace()
    finally:
        machine.stop()


def _first(factor: float, deadline: float) -> list[str]:
    """The parts that failed; each part's output is shown when it has ended."""
    failed = []
    if factor <= QUICK and (os.cpu_count() or 1) >= AT_ONCE:
        running = {part: _start(part) for part in PARTS}
        failed = [part for part, process in running.items() if _status(process, deadline)]
    else:
        failed = [part for part in PARTS if _status(_start(part), deadline)]
    for part in PARTS:
        print((OUT / part / "output.txt").read_text(), flush=True)
    return failed


def _status(process: "subprocess.Popen[bytes]", deadline: float) -> int:
    """How it ended, within the time of everything."""
    try:
        return process.wait(max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # pytest puts its machine away
        return process.wait(60) or 1


def _start(part: str, *options: str, again: bool = False) -> "subprocess.Popen[bytes]":
    folder = _folder(OUT / part / "again" if again else OUT / part)
    cache = OUT / part / "cache"  # knows what failed
    always = ["-m", "hardware", "-rA", "--durations=10", "-o", f"cache_dir={cache}", f"--junitxml={folder}/junit.xml"]
    modules = [f"tests/hardware/{module}" for module in PARTS[part]]
    with (folder / "output.txt").open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *always, *options, *modules],
            env={**os.environ, "OFFHOOK_BENCH_OUT": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / "console.log").unlink(missing_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
