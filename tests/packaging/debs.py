"""The built packages."""

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])
ARCHES = ("amd64", "arm64")
MACHINES = {"amd64": 0x3E, "arm64": 0xB7}  # e_machine of ELF


def package(arch: str) -> Path:
    """Where `make deb` leaves the package for an architecture."""
    return ROOT / "dist" / f"offhook_{VERSION}_{arch}.deb"


def run(*command: str | Path, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """A command that has ended, with what it said."""
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout)


def output(*command: str | Path, timeout: float = 60) -> str:
    """What a command says; fails with its errors."""
    done = run(*command, timeout=timeout)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout
