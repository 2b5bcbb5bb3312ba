import pytest
from trio.testing import MockClock


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before what is on its way through the kernel has arrived."""
    return MockClock(autojump_threshold=0.002)
