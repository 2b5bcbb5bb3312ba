"""The whole bench, in two machines at once, as one has to wait while a link is cut: `python -m tests.hardware.run`.

What each wrote is in `build/hardware/devices` and `build/hardware/system`: output, junit, journal, coverage, times.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

OUT = Path("build/hardware")
LONGEST = 840.0  # seconds for everything
PARTS = {
    # buttons last: bounce storms want a machine that is not busy with booting another
    "devices": ["test_inputs.py", "test_display.py", "test_plugs.py", "test_service.py", "test_buttons.py"],
    "system": ["test_network.py", "test_zz_power.py"],
}


def main() -> int:
    """Runs both; 0 if all tests passed."""
    began = time.monotonic()
    running = {part: _start(part, modules) for part, modules in PARTS.items()}
    failed = []
    for part, process in running.items():
        try:
            status = process.wait(max(1.0, LONGEST - (time.monotonic() - began)))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)  # pytest puts its machine away
            status = process.wait(30)
        failed += [part] if status else []
        print((OUT / part / "output.txt").read_text())
    print(f"the bench took {time.monotonic() - began:.0f} s; failed: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


def _start(part: str, modules: list[str]) -> "subprocess.Popen[bytes]":
    folder = OUT / part
    folder.mkdir(parents=True, exist_ok=True)
    tests = [f"tests/hardware/{module}" for module in modules]
    options = ["-m", "hardware", "-rA", "-o", "cache_dir=" + str(folder / "cache"), f"--junitxml={folder}/junit.xml"]
    with (folder / "output.txt").open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, *tests],
            env={**os.environ, "OFFHOOK_BENCH_OUT": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


if __name__ == "__main__":
    sys.exit(main())
