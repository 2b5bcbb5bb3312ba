"""The machine as files and commands tell of it; tests give another root folder and other commands."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

COMMAND_TIME: Final = 10.0  # seconds; systemctl answers in a tenth, and a busy card takes longer

Ask = Callable[[Sequence[str]], str]
"""From the words of a command to its output, empty where it fails or does not exist. Blocks."""


def ask(words: Sequence[str]) -> str:
    """Returns the output of a command, empty where it fails, does not exist or takes longer than `COMMAND_TIME`."""
    try:
        done = subprocess.run(  # noqa: S603  # ours
            words, capture_output=True, text=True, timeout=COMMAND_TIME, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


class Machine(msgspec.Struct, frozen=True):
    """Where the kernel's files are, and how commands are asked. Everything here blocks for moments."""

    root: Path = Path("/")
    ask: Ask = ask

    def at(self, path: str) -> Path:
        """Returns the path below the root folder."""
        return self.root / path.lstrip("/")

    def text(self, path: str) -> str:
        """Returns what a file says, without the zeros of the device tree; empty where it cannot be read."""
        try:
            return self.at(path).read_text("utf-8", "replace").strip(" \n\0")
        except OSError:
            return ""

    def number(self, path: str) -> float | None:
        """Returns the number in a file, None where there is none."""
        try:
            return float(self.text(path))
        except ValueError:
            return None

    def found(self, pattern: str) -> list[Path]:
        """Returns what fits a pattern below the root folder, in order."""
        return sorted(self.root.glob(pattern.lstrip("/")))

    def properties(self, *words: str) -> Mapping[str, str]:
        """Returns the properties that `systemctl show` prints, by name."""
        lines = self.ask(("systemctl", "show", *words)).splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    @property
    def model(self) -> str:
        """The board as its device tree calls it; empty where there is none."""
        return self.text("/proc/device-tree/model")

    @property
    def boot_id(self) -> str:
        """What the kernel calls this start of it."""
        return self.text("/proc/sys/kernel/random/boot_id")
