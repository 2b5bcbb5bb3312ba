import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.runtime.followed import Followed


async def follow(followed: Followed[str], seen: list[str]) -> None:
    value = None
    while True:
        value = await followed.newer_than(value)
        seen.append(value)


async def test_followers_get_the_latest_and_nothing_queues(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, followed, seen)
        await wait_all_tasks_blocked()
        followed.value = "b"
        followed.value = "c"
        await wait_all_tasks_blocked()
        assert seen == ["a", "c"]
        nursery.cancel_scope.cancel()


async def test_the_same_value_wakes_nobody(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, followed, seen)
        await wait_all_tasks_blocked()
        followed.value = followed.value
        followed.wake()
        await wait_all_tasks_blocked()
        assert seen == ["a"]
        nursery.cancel_scope.cancel()


async def test_what_is_held_back_is_there_at_once_and_seen_after_waking(autojump_clock: MockClock) -> None:
    followed, seen = Followed("a"), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, followed, seen)
        await wait_all_tasks_blocked()
        followed.hold_back("b")
        await wait_all_tasks_blocked()
        assert followed.value == "b"
        assert seen == ["a"]
        followed.wake()
        await wait_all_tasks_blocked()
        assert seen == ["a", "b"]
        nursery.cancel_scope.cancel()
