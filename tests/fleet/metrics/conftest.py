import pytest
from trio.testing import MockClock


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before a page that a thread writes has arrived."""
    return MockClock(autojump_threshold=0.05)
