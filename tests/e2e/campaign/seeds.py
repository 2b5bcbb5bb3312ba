"""The seeds of the campaign, divided into the files that pytest's workers share: a file is never divided."""

from collections.abc import Callable

import pytest

from appliance.simulator.option_types import Generation
from tests.e2e.campaign.play import play
from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import random_script

SEEDS = 200
PARTS = 4


def part(number: int) -> Callable[[int], None]:
    """Returns the test of one part, 0 to 3."""

    @pytest.mark.generations(Generation.BOTH)  # as `python -m` plays it
    @pytest.mark.parametrize("seed", range(number, SEEDS, PARTS))
    def test(seed: int) -> None:
        script = random_script(seed)
        failure = play(script, seed)
        assert failure is None, report(script, seed, failure)

    return test
