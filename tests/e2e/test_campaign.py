"""The campaign of faults; see `tests/e2e/campaign`."""

import pytest

from tests.e2e.campaign.play import play
from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import random_script

SEEDS = 200


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_happens_the_room_knows_the_truth_again(seed: int) -> None:
    script = random_script(seed)
    failure = play(script, seed)
    assert failure is None, report(script, seed, failure)
