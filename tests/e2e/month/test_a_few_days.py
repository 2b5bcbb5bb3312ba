import pytest

from appliance.simulator.option_types import Generation
from tests.e2e.campaign.play import Failure
from tests.e2e.month.judge import flat
from tests.e2e.month.play import play

DAYS = 3


@pytest.mark.slow
@pytest.mark.generations(Generation.NEW)
def test_days_end_in_the_truth_and_leave_nothing_behind() -> None:
    judged = play(DAYS)
    assert not isinstance(judged, Failure), str(judged)
    assert flat(judged) == ""
