"""The seeds of the campaign: a few for `make test`, the others divided into files that pytest's workers share.

A file is never divided.
"""

from collections.abc import Callable

import pytest

from appliance.simulator.option_types import Generation
from tests.e2e.campaign.play import play
from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import random_script

SEEDS = 200
FEW = 10
PARTS = 4


def few() -> Callable[[int], None]:
    """Returns the test of the first seeds."""
    return _test(range(FEW))


def part(number: int) -> Callable[[int], None]:
    """Returns the test of one part of the others, 0 to 3."""
    return pytest.mark.slow(_test(range(FEW + number, SEEDS, PARTS)))


def _test(seeds: range) -> Callable[[int], None]:
    @pytest.mark.generations(Generation.BOTH)  # in name only: the seed says which, as with `python -m`
    @pytest.mark.parametrize("seed", seeds)
    def test(seed: int) -> None:
        script = random_script(seed)
        failure = play(script, seed)
        assert failure is None, report(script, seed, failure)

    return test
