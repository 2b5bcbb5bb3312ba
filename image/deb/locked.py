"""Prints a part of the lock file: `locked.py only "NAME..."` or `locked.py without "NAME..."`.

Markers that name a machine are dropped with `only`: what is built for another machine is not judged by this one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements" / "runtime.txt"


def entries(lock: str) -> Iterator[tuple[str, str]]:
    """Each entry's name and its text, hashes included."""
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock):
        name = re.match(r"[A-Za-z0-9._-]+(?===)", entry)
        if name:
            yield name[0], entry.rstrip()


def part(lock: str, how: str, names: set[str]) -> Iterator[str]:
    """The entries asked for. Raises ValueError for a name that the lock file does not have."""
    found = dict(entries(lock))
    if strangers := names - found.keys():
        raise ValueError(f"{LOCK.name} has no {', '.join(sorted(strangers))}")
    for name, entry in found.items():
        if (name in names) is (how == "only"):
            yield re.sub(r" ; [^\\\n]*", " ", entry, count=1) if how == "only" else entry


if __name__ == "__main__":
    print("\n".join(part(LOCK.read_text(), sys.argv[1], set(sys.argv[2].split()))))
