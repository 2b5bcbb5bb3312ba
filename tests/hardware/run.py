"""The whole bench, in two machines at once, as one has to wait while a link is cut: `python -m tests.hardware.run`.

What each wrote is in `build/hardware/devices` and `build/hardware/system`: output, junit, journal, coverage, times.
What failed is tried once more, alone, and what comes of that is in the folder `again` beside them.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.hardware.agent_line import BROKEN

OUT = Path("build/hardware")
LONGEST = 1200.0  # seconds for everything
PARTS = {
    # buttons last: bounce storms want a machine that is not busy with booting another
    "devices": ["test_inputs.py", "test_display.py", "test_plugs.py", "test_service.py", "test_buttons.py"],
    "system": ["test_network.py", "test_zz_power.py"],
}


def main() -> int:
    """Runs both; 0 if all tests passed."""
    began = time.monotonic()
    running = [(part, _start(part)) for part in PARTS]
    failed = {part: status for part, process in running if (status := _status(process, began))}
    for part in PARTS:
        print((OUT / part / "output.txt").read_text())
    for part, status in failed.copy().items():
        # two emulated machines on one small one starve each other, and the emulator itself breaks a kernel now and then
        options = () if status == BROKEN else ("--last-failed",)
        print(f"again, alone: {'what failed' if options else 'all'} of {part}")
        if _status(_start(part, *options, again=True), began) == 0:
            del failed[part]
        print((OUT / part / "again" / "output.txt").read_text())
    print(f"the bench took {time.monotonic() - began:.0f} s; failed: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


def _status(process: "subprocess.Popen[bytes]", began: float) -> int:
    """How it ended, within the time of everything."""
    try:
        return process.wait(max(1.0, LONGEST - (time.monotonic() - began)))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)  # pytest puts its machine away
        return process.wait(30) or 1


def _start(part: str, *options: str, again: bool = False) -> "subprocess.Popen[bytes]":
    folder = OUT / part / "again" if again else OUT / part
    folder.mkdir(parents=True, exist_ok=True)
    cache = OUT / part / "cache"  # knows what failed
    always = ["-m", "hardware", "-rA", "-o", f"cache_dir={cache}", f"--junitxml={folder}/junit.xml"]
    modules = [f"tests/hardware/{module}" for module in PARTS[part]]
    with (folder / "output.txt").open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *always, *options, *modules],
            env={**os.environ, "OFFHOOK_BENCH_OUT": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


if __name__ == "__main__":
    sys.exit(main())
