"""The seeds that continuous integration plays: 10,000 faults, divided into files that pytest's workers share."""

from collections.abc import Callable

import pytest

from appliance.simulator.option_types import Generation
from tests.e2e.campaign.report import report
from tests.e2e.chaos.play import play
from tests.e2e.chaos.script import random_chaos

SEEDS = 108
PARTS = 4


def part(number: int) -> Callable[[int], None]:
    """Returns the test of one part of the seeds, 0 to 3."""

    @pytest.mark.slow
    @pytest.mark.generations(Generation.BOTH)  # in name only: the seed says which, as with `python -m`
    @pytest.mark.parametrize("seed", range(number, SEEDS, PARTS))
    def test(seed: int) -> None:
        script = random_chaos(seed)
        failure = play(script, seed)
        assert failure is None, report(script, seed, failure, play, "tests.e2e.chaos")

    return test
