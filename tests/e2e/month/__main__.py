"""Plays days, and says in a line each how they went; see the package."""

import argparse
import sys
import time

from tests.e2e.campaign.play import Failure
from tests.e2e.month.judge import flat
from tests.e2e.month.play import Judged, play


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.month", description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    days: int = parser.parse_args().days
    begun = time.monotonic()
    judged = play(days, _tell)
    if isinstance(judged, Failure):
        print(f"day {judged}")  # noqa: T201  # a command
        return 1
    grown = flat(judged)
    rounds, lines = max(day.rounds for day in judged), max(day.lines for day in judged)
    most = f"at most {rounds:.0f} rounds an hour at night and {lines} lines a day"
    seconds = time.monotonic() - begun
    print(f"month: {days} days in {seconds:.0f} s; {most}; {grown or 'nothing went wrong'}")  # noqa: T201  # as above
    return 1 if grown else 0


def _tell(number: int, day: Judged) -> None:
    log = f"{day.lines} lines, {day.length} characters"
    rest = f"{day.left.objects} objects, {day.left.memory / 1024:.1f} MiB"
    print(f"day {number}: {log}; {day.rounds:.0f} rounds an hour at night; {rest}", flush=True)  # noqa: T201  # as above


if __name__ == "__main__":
    sys.exit(main())
