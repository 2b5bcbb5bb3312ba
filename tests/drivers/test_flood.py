from collections.abc import MutableMapping
from typing import Any

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.flood import BURST, PAUSE, RATE, Flood
from tests.virtual_time import passes


def events(logs: list[MutableMapping[str, Any]]) -> list[str]:
    return [line["event"] for line in logs]


async def reads_within(flood: Flood, seconds: float) -> int:
    """How often a device that always has something to say is read."""
    count, end = 0, trio.current_time() + seconds
    while trio.current_time() < end:
        await flood.may_read()
        count += 1
    return count


async def test_a_device_that_always_talks_is_heard_so_often_and_told_once(autojump_clock: MockClock) -> None:
    flood = Flood("Chatterbox")
    with capture_logs() as logs:
        count = await reads_within(flood, 10)
    assert 0.9 * 10 * RATE < count <= 10 * RATE + BURST + 1
    assert events(logs) == ["device_floods"]
    assert logs[0]["device"] == "Chatterbox"


async def test_typing_as_fast_as_one_can_is_never_held_up(autojump_clock: MockClock) -> None:
    flood = Flood("Keypad")
    with capture_logs() as logs:
        for _ in range(1000):
            before = trio.current_time()
            await flood.may_read()
            assert trio.current_time() == before
            await passes(1 / 50)
    assert logs == []


async def test_a_device_that_has_calmed_down_is_told_and_heard_at_once_again(autojump_clock: MockClock) -> None:
    flood = Flood("Chatterbox")
    with capture_logs() as logs:
        await reads_within(flood, 1)
        await passes(5)
        before = trio.current_time()
        await flood.may_read()
        assert trio.current_time() == before
        await reads_within(flood, 2)
    assert events(logs) == ["device_floods", "device_floods_no_more", "device_floods"]


async def test_a_pause_is_short(autojump_clock: MockClock) -> None:
    flood = Flood("Chatterbox")
    longest = 0.0
    for _ in range(2000):
        before = trio.current_time()
        await flood.may_read()
        longest = max(longest, trio.current_time() - before)
    assert longest == pytest.approx(PAUSE)
