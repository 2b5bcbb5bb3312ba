"""The firmware as a systemd service."""

import os
import subprocess
from pathlib import Path

from agent import pace
from agent.waiting import now, until

UNIT = "offhook.service"
PROPERTIES = ("ActiveState", "MainPID", "NRestarts", "StatusText", "WatchdogUSec")


def show(unit: str = UNIT) -> dict[str, str]:
    """What systemd says of it."""
    out = run(["systemctl", "show", unit, *(f"--property={name}" for name in PROPERTIES)])["out"]
    return dict(line.split("=", 1) for line in out.splitlines())


def wait_state(state: str, timeout: float, not_pid: int = 0) -> dict[str, str]:
    """Its properties once it is in a state, with a main process other than `not_pid`."""

    def look() -> dict[str, str] | None:
        shown = show()
        return shown if shown["ActiveState"] == state and int(shown["MainPID"]) != not_pid else None

    return until(f"{UNIT} {state}", look, timeout, every=0.1)


def kill(signal: str) -> int:
    """A signal to its main process; when."""
    pid = show()["MainPID"]
    at = now()
    run(["kill", f"-{signal}", pid])
    return at


def run(words: list[str], timeout: float = 30) -> dict[str, str | int]:
    """A command's exit status and output; `timeout` is stretched by the machine's pace."""
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=pace.limit(timeout))
    return {"status": done.returncode, "out": done.stdout, "err": done.stderr}


def write(path: str, text: str) -> None:
    """A file."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    os.sync()  # a cut of the power must not take it
