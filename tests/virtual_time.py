"""Time for tests: it passes at once."""

import os

import trio
from trio.testing import MockClock

STUCK = 5.0  # real seconds
BUSIEST = 20.0  # times as long: more is not waited for, whatever the machine does beside


def real(seconds: float) -> float:
    """Returns how long to wait in real time for what takes `seconds` at most on a machine at rest.

    Also for how long nothing may happen before a mock clock jumps: it knows what its tasks wait for, and neither what
    is on its way through the kernel nor what a worker thread is about to do. The more programs wait for a processor,
    the longer these take.
    """
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * min(max(1.0, waiting), BUSIEST)


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
