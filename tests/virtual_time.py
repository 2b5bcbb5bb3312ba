"""Time for tests: it passes at once."""

import trio
from trio.testing import MockClock

STUCK = 5.0  # real seconds


def still_clock() -> MockClock:
    """Returns a clock that stands still, for what must happen without waiting for any time, however slow the machine.

    It jumps when nothing at all has happened for `STUCK` seconds: whoever waits for time then fails and does not hang.
    """
    return MockClock(autojump_threshold=STUCK)


async def passes(seconds: float) -> None:
    """Lets `seconds` of the mock clock go by; refuses to wait in real time."""
    clock = trio.lowlevel.current_clock()
    assert isinstance(clock, MockClock), "a test must not wait: use the autojump_clock fixture"
    await trio.sleep(seconds)
