from types import SimpleNamespace

import trio
from trio.testing import wait_all_tasks_blocked

from drivers.gpio.edges import Edges


async def test_what_piles_up_is_one_level_a_number_and_the_quiet_before() -> None:
    heard: list[tuple[bool, int, float]] = []
    pin = SimpleNamespace()
    edges = Edges(pin, lambda *what: heard.append(what))
    edges.listen()
    pin.when_changed(10.0, 1)
    await wait_all_tasks_blocked()
    await trio.to_thread.run_sync(pin.when_changed, 12.0, 0)
    pin.when_changed(12.25, 1)
    pin.when_changed(12.5, 0)
    while len(heard) < 2:
        await trio.lowlevel.checkpoint()
    edges.close()
    assert heard[0] == (True, 1, float("inf"))
    assert sum(count for _, count, _ in heard[1:]) == 3
    assert heard[1][2] == 2.0
    assert not heard[-1][0]
