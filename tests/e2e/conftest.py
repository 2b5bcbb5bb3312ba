"""Every end-to-end test runs against an older and a newer terminal: they stand in one building.

The newer one, or the last one named, belongs to `make test`, the others to `make test-slow`.

The mark `generations` says which, where only some make sense. The terminal that says both, which is what the demo and
other developers meet, is that of most other tests.
"""

from collections.abc import Iterator

import pytest
from trio.testing import MockClock

from appliance.simulator.option_types import Generation
from tests.e2e.world import GENERATION
from tests.virtual_time import real


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    mark = metafunc.definition.get_closest_marker("generations")
    which = mark.args if mark else (Generation.OLD, Generation.NEW)
    quick = Generation.NEW if Generation.NEW in which else which[-1]
    each = [pytest.param(one, id=one.value, marks=() if one is quick else pytest.mark.slow) for one in which]
    metafunc.parametrize("generation", each, indirect=True)


@pytest.fixture(autouse=True)
def generation(request: pytest.FixtureRequest) -> Iterator[Generation]:
    token = GENERATION.set(request.param)
    yield request.param
    GENERATION.reset(token)


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before what is on its way through the kernel has arrived."""
    return MockClock(autojump_threshold=real(0.002))
