"""What is to be tried, what came of it, and the score. Both files are in the folder of the part."""

import math
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import msgspec

ASKED = "asked.json"
RESULTS = "results.jsonl"


class Result(StrEnum):
    """What the tests made of a mutant."""

    SEEN = "seen"
    TOO_LONG = "too long"  # it waited or ran for ever: seen as well, by whoever waits for the tests
    NOT_SEEN = "not seen"
    NOT_REACHED = "not reached"


class Asked(msgspec.Struct, frozen=True):
    """What a session is to try: mutants of a part, by name, and how many at once."""

    part: str
    mutants: list[str]
    at_once: int = 1

    def write(self, folder: Path) -> None:
        """Leaves it in the folder of the part."""
        (folder / ASKED).write_bytes(msgspec.json.encode(self))

    @staticmethod
    def read() -> "Asked":
        """Returns what is asked of the session in this folder."""
        return msgspec.json.decode(Path(ASKED).read_bytes(), type=Asked)


def note(name: str, result: Result) -> None:
    """Adds a result to those of the part in this folder."""
    with Path(RESULTS).open("ab") as results:
        results.write(msgspec.json.encode((name, result)) + b"\n")


def results_in(folder: Path) -> dict[str, Result]:
    """Returns the last result of each mutant."""
    path = folder / RESULTS
    lines = path.read_bytes().splitlines() if path.exists() else []
    return dict(msgspec.json.decode(line, type=tuple[str, Result]) for line in lines)


class Score(msgspec.Struct, frozen=True):
    """How many mutants had which result."""

    seen: int
    not_seen: int
    not_reached: int

    @property
    def tried(self) -> int:
        """All of them."""
        return self.seen + self.not_seen + self.not_reached

    def __str__(self) -> str:
        reached = f"{_percent(self.seen, self.seen + self.not_seen)} of those reached"
        return (
            f"{self.tried} tried, {self.seen} seen, {self.not_seen} not seen, {self.not_reached} not reached: "
            f"{_percent(self.seen, self.tried)}, {reached}"
        )


def score_of(results: Iterable[Result]) -> Score:
    """Returns the score."""
    every = list(results)
    seen = sum(result in {Result.SEEN, Result.TOO_LONG} for result in every)
    return Score(seen, every.count(Result.NOT_SEEN), every.count(Result.NOT_REACHED))


def uncertainty(score: Score) -> tuple[float, float]:
    """Returns where the score of all mutants is, as a share, with 95 % confidence if a sample has this one (Wilson)."""
    n, z = max(score.tried, 1), 1.96
    share = score.seen / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - reach, middle + reach


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
