import math

import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.runtime.followed import SOONEST, Followed, follow
from tests.virtual_time import passes


async def keep_up(followed: Followed[str], seen: list[str]) -> None:
    value = None
    while True:
        value = await followed.newer_than(value)
        seen.append(value)


async def test_followers_get_the_latest_and_nothing_queues(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_up, followed, seen)
        await wait_all_tasks_blocked()
        followed.value = "b"
        followed.value = "c"
        await wait_all_tasks_blocked()
        assert seen == ["a", "c"]
        nursery.cancel_scope.cancel()


async def test_the_same_value_wakes_nobody(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_up, followed, seen)
        await wait_all_tasks_blocked()
        followed.value = followed.value
        followed.wake()
        await wait_all_tasks_blocked()
        assert seen == ["a"]
        nursery.cancel_scope.cancel()


async def test_what_is_held_back_is_there_at_once_and_seen_after_waking(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(keep_up, followed, seen)
        await wait_all_tasks_blocked()
        followed.hold_back("b")
        await wait_all_tasks_blocked()
        assert followed.value == "b"
        assert seen == ["a"]
        followed.wake()
        await wait_all_tasks_blocked()
        assert seen == ["a", "b"]
        nursery.cancel_scope.cancel()


async def test_who_follows_looks_at_changes_and_at_the_time_it_asked_for(autojump_clock: MockClock) -> None:
    followed, looks = Followed("a"), list[tuple[str, float]]()
    begin = trio.current_time()

    def look(value: str, now: float) -> float:
        looks.append((value, round(now - begin, 3)))
        return begin + 10 if now < begin + 10 else math.inf

    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, followed, look)
        await passes(4)
        followed.value = "b"
        await passes(1000)
        assert looks == [("a", 0.0), ("b", 4.0), ("b", 10.0)]
        nursery.cancel_scope.cancel()


async def test_who_asks_for_a_time_that_is_past_does_not_spin(autojump_clock: MockClock) -> None:
    looks = 0

    def look(_value: str, now: float) -> float:
        nonlocal looks
        looks += 1
        return now - 1

    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, Followed("a"), look)
        await passes(1)
        assert looks <= 1 / SOONEST + 1
        nursery.cancel_scope.cancel()
