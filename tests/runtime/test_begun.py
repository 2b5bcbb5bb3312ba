"""Tasks that others begin, and their owner."""

import trio
from trio.testing import wait_all_tasks_blocked

from appliance.runtime.begun import Begun


async def test_they_run_while_their_owner_does_and_end_with_it() -> None:
    tasks, ended = Begun(), list[str]()

    async def one() -> None:
        try:
            await trio.sleep_forever()
        finally:
            ended.append("one")

    assert tasks.nursery is None
    async with trio.open_nursery() as nursery:
        await nursery.start(tasks.run)
        assert tasks.nursery is not None
        tasks.nursery.start_soon(one)
        await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
    assert ended == ["one"]
    assert tasks.nursery is None
