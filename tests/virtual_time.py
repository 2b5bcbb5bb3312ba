"""Time for tests: it passes at once."""

import trio
from trio.testing import MockClock


async def passes(seconds: float) -> None:
    """Lets `seconds` of the mock clock go by; refuses to wait in real time."""
    clock = trio.lowlevel.current_clock()
    assert isinstance(clock, MockClock), "a test must not wait: use the autojump_clock fixture"
    await trio.sleep(seconds)
