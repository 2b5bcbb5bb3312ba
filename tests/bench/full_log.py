"""The command `offhook` with a log that is as long as it becomes: what a support bundle has to carry at most."""

import random

from appliance.cli.main import main
from appliance.runtime.logs import recent
from appliance.runtime.recent import KEPT, LONGEST

FIELDS = ("service", "reason", "error", "device", "peer", "after", "method", "address")

WORDS = 60  # of a line, most of which is cut off


def fill_log() -> None:
    """Fills the ring of the log."""
    for number in range(KEPT):
        write_line(number)


def write_line(number: int) -> None:
    """Has the ring take a line, the same for each number; nothing is printed."""
    chance = random.Random(number)
    words = " ".join(f"{chance.choice(FIELDS)}={chance.randrange(10_000_000)}" for _ in range(WORDS))
    recent(None, "info", {"level": "info", "event": "bench", "text": words[:LONGEST]})


if __name__ == "__main__":
    fill_log()
    main(prog_name="offhook")
