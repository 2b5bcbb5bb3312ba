from collections.abc import AsyncIterator

import pytest
from trio.testing import MockClock

from tests.terminal.scripted import ScriptedTerminal, scripted_terminal
from tests.virtual_time import real


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once when nothing else happens, sockets of this process included."""
    return MockClock(autojump_threshold=real(0.02))


@pytest.fixture
async def terminal(clock: MockClock) -> AsyncIterator[ScriptedTerminal]:
    async with scripted_terminal() as terminal:
        yield terminal
