"""Ends a room's process again and again, and says how that went; see the package."""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.cli.processes import simulated
from tests.kills.play import Ended, Kills
from tests.kills.room import PIN, Place


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="offhook-kills-") as folder, simulated("--pin", PIN) as terminal:
        kills = Kills(terminal, Place(Path(folder), terminal.web_port), random.Random(asked.seed))
        ended = list[Ended]()
        for number in range(1, asked.kills + 1):
            try:
                ended.append(kills.one())
            except AssertionError as error:
                print(f"kill {number}: {error}")  # noqa: T201  # a command
                return 1
            print(f"kill {number}: {_told(ended[-1])}", flush=True)  # noqa: T201  # as above
    print(_summary(ended, time.monotonic() - begun))  # noqa: T201  # as above
    return 0


def _told(one: Ended) -> str:
    return f"{one.by.name}, up in {one.start:.1f} s, ended in {one.end:.2f} s, {one.acts} acts"


def _summary(ended: list[Ended], seconds: float) -> str:
    ways = ", ".join(f"{count} {by.name}" for by, count in Counter(one.by for one in ended).most_common())
    up, down = [one.start for one in ended], [one.end for one in ended if one.by.name != "SIGKILL"] or [0.0]
    start = f"up in {statistics.median(up):.1f} s (at most {max(up):.1f})"
    end = f"stopped in {statistics.median(down):.2f} s (at most {max(down):.2f})"
    acts = sum(one.acts for one in ended)
    return f"kills: {len(ended)} in {seconds:.0f} s: {ways}; {acts} acts; {start}, {end}; nothing went wrong"


if __name__ == "__main__":
    sys.exit(main())
