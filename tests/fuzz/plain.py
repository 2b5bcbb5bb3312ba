"""Feeds a target with mutations of its corpus."""

import hashlib
import itertools
import time
from pathlib import Path

import msgspec

from tests.fuzz.corpus import MADE, beginning
from tests.fuzz.mutations import mutations
from tests.fuzz.targets import Target


class Found(Exception):
    """An input on which the target fails; `path` is where it was left."""

    def __init__(self, target: Target, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{target.name} fails on {path}; to see it again: python -m tests.fuzz --again {path} {target.name}"
        )


class Run(msgspec.Struct, frozen=True):
    """What a run did."""

    inputs: int
    seconds: float


def fuzz(target: Target, inputs: int, seed: int, made: Path = MADE) -> Run:
    """Takes the corpus and then `inputs` mutations of it. Raises Found: at the first that fails."""
    begun = time.monotonic()
    pool = beginning(target)
    count = 0
    for data in itertools.chain(pool, itertools.islice(mutations(pool, target.words, seed), inputs)):
        take(target, data, made)
        count += 1
    return Run(count, time.monotonic() - begun)


def take(target: Target, data: bytes, made: Path = MADE) -> None:
    """Takes one input. Raises Found: when the target fails, after leaving the input in a file."""
    try:
        target.take(data)
    except Exception as error:
        path = made / target.name / "found" / hashlib.sha256(data).hexdigest()[:16]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        raise Found(target, path) from error
