"""What is said of a script that fails: what went wrong, and how to see it again."""

import msgspec

from tests.e2e.campaign.play import Failure, generation_of
from tests.e2e.campaign.script import Script
from tests.e2e.campaign.shrink import shrunk


def report(script: Script, seed: int, failure: Failure) -> str:
    """Returns the shortest script that fails, what goes wrong in it, and the command that plays it."""
    shorter, less = shrunk(script, seed, failure)
    steps = "".join(f"\n  {msgspec.json.encode(step).decode()}" for step in shorter)
    command = f"python -m tests.e2e.campaign '{msgspec.json.encode(shorter).decode()}' {seed}"
    which = f"seed {seed}, generation {generation_of(seed)}"
    return f"{which}, {failure}\nthe least that fails: {less}{steps}\nto see it again:\n{command}"
