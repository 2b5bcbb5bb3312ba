"""The recipe's pieces, run as the card runs them, on folders and files of a test's own."""

import os
import shutil
import subprocess
from pathlib import Path

RECIPE = Path(__file__).parent.parent.parent / "image" / "card"
CARD = RECIPE / "root"
TOOLS = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))


def lacks(*commands: str) -> str:
    """The first of these programs that this machine has not, or nothing."""
    return next((command for command in commands if shutil.which(command, path=TOOLS) is None), "")


def words(name: str) -> list[str]:
    """A list of the recipe's, as its scripts read it."""
    done = run("sh", str(RECIPE / "read-list.sh"), str(RECIPE / name))
    return done.stdout.split()


PATIENCE = 300  # seconds: copying gigabytes on a busy machine takes more than a minute


def run(*command: str, check: bool = True, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A program with what it says; its failure is the test's."""
    return subprocess.run(
        command,
        check=check,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "PATH": TOOLS, "LC_ALL": "C", **environment},
    )
