"""Plays seeds, or one script, and says in a line how it went; see the package."""

import argparse
import sys
import time

import msgspec
import structlog

from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import Script
from tests.e2e.chaos.growth import Left, left
from tests.e2e.chaos.play import play
from tests.e2e.chaos.script import faults_in, random_chaos

JUDGED_FROM = 50  # seeds, after as many


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.chaos", description=__doc__)
    parser.add_argument("script", nargs="?", help="JSON, as a failure prints it")
    parser.add_argument("seed", nargs="?", type=int, default=0, help="of a script: its terminal and its chance")
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    processors = [structlog.processors.LogfmtRenderer()]
    structlog.configure(processors=processors, logger_factory=structlog.ReturnLoggerFactory())
    if asked.script:
        failure = play(msgspec.json.decode(asked.script, type=Script), asked.seed)
        print(failure or "nothing went wrong")  # noqa: T201  # a command
        return 1 if failure else 0
    return _campaign(range(asked.first, asked.first + asked.seeds))


def _campaign(seeds: range) -> int:
    """Plays seeds; what the second half of them leaves behind is judged."""
    begun, faults, half = time.monotonic(), 0, left()
    for number, seed in enumerate(seeds):
        if number == len(seeds) // 2:
            half = left()
        script = random_chaos(seed)
        if (failure := play(script, seed)) is not None:
            print(report(script, seed, failure, play, "tests.e2e.chaos"))  # noqa: T201  # a command
            return 1
        faults += faults_in(script)
    played = f"{len(seeds)} seeds, {faults:,} faults in {time.monotonic() - begun:.0f} s"
    return _judge(played, half, left(), len(seeds) - len(seeds) // 2)


def _judge(played: str, before: Left, after: Left, rooms: int) -> int:
    """Says how it went; a few seeds are not judged by what they leave, since some code they all come to for once."""
    grown = after.grown_too_much(before, rooms) if rooms >= JUDGED_FROM else ""
    objects, memory = ((now - then) / rooms for now, then in zip(after, before, strict=True))
    left_each = f"a seed left {objects:+.1f} objects and {memory:+.0f} KiB"
    print(f"chaos: {played}; {left_each}; {grown or 'nothing went wrong'}")  # noqa: T201  # a command
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
