"""Plays seeds, or one script, and says in a line how it went; see the package."""

import argparse
import sys
import time

import msgspec
import structlog

from tests.e2e.campaign.script import Script
from tests.e2e.campaign.shrink import shrunk
from tests.e2e.chaos.play import memory, play
from tests.e2e.chaos.script import faults_in, random_chaos


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.chaos", description=__doc__)
    parser.add_argument("script", nargs="?", help="JSON, as a failure prints it")
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed; with a script, its chance")
    asked = parser.parse_args()
    processors = [structlog.processors.LogfmtRenderer()]
    structlog.configure(processors=processors, logger_factory=structlog.ReturnLoggerFactory())
    if asked.script:
        failure = play(msgspec.json.decode(asked.script, type=Script), asked.first)
        print(failure or "nothing went wrong")  # noqa: T201  # a command
        return 1 if failure else 0
    return _campaign(range(asked.first, asked.first + asked.seeds))


def _campaign(seeds: range) -> int:
    begun, faults, warm = time.monotonic(), 0, 0
    for seed in seeds:
        script = random_chaos(seed)
        if (failure := play(script, seed)) is not None:
            shorter, less = shrunk(script, seed, failure, play)
            said = msgspec.json.encode(shorter).decode()
            print(f"seed {seed}, {failure}\nthe least that fails: {less}")  # noqa: T201  # a command
            print(f"python -m tests.e2e.chaos --first {seed} '{said}'")  # noqa: T201  # as above
            return 1
        faults += faults_in(script)
        warm = warm or (memory() if seed >= seeds.start + len(seeds) // 10 else 0)
    grown = (memory() - warm) / 1024
    seconds = time.monotonic() - begun
    played = f"{len(seeds)} seeds, {faults:,} faults in {seconds:.0f} s"
    print(f"chaos: {played}; memory {grown:+.1f} MiB; nothing went wrong")  # noqa: T201  # as above
    return 0


if __name__ == "__main__":
    sys.exit(main())
