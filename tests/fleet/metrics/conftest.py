import pytest
from trio.testing import MockClock

from tests.virtual_time import real


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before a page that a thread writes has arrived."""
    return MockClock(autojump_threshold=real(0.05))
