"""What is said of a script that fails: what went wrong, and how to see it again."""

import msgspec

from tests.e2e.campaign.play import Failure, generation_of, play
from tests.e2e.campaign.script import Script
from tests.e2e.campaign.shrink import Play, shrunk


def report(script: Script, seed: int, failure: Failure, played: Play = play, module: str = "tests.e2e.campaign") -> str:
    """Returns the shortest script that fails, what goes wrong in it, and the command that plays it.

    `played`: what plays a script; `module`: the command of the same.
    """
    shorter, less = shrunk(script, seed, failure, played)
    steps = "".join(f"\n  {msgspec.json.encode(step).decode()}" for step in shorter)
    command = f"python -m {module} '{msgspec.json.encode(shorter).decode()}' {seed}"
    which = f"seed {seed}, generation {generation_of(seed)}"
    return f"{which}, {failure}\nthe least that fails: {less}{steps}\nto see it again:\n{command}"
