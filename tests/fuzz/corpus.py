"""The corpus of each target: files in the repository, and what the target itself begins with."""

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.targets import Target

KEPT = Path(__file__).parent / "corpus"
MADE = Path("build") / "fuzz"


def kept(target: Target) -> Iterator[Path]:
    """Yields the files of the repository: what once failed, and what reaches far."""
    return (path for path in sorted((KEPT / target.name).glob("*")) if path.is_file())


def beginning(target: Target) -> list[bytes]:
    """Returns all inputs that a run begins with."""
    return [*target.seeds(), *(path.read_bytes() for path in kept(target))]
