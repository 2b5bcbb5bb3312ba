import math
from types import SimpleNamespace
from typing import Any

import trio

from drivers.gpio.edges import Edges, edges_of
from drivers.gpio.steady import MOST_WAITING
from tests.virtual_time import real

Heard = list[tuple[bool, int, float]]


async def listening(steady: float) -> tuple[Any, Edges, Heard]:
    heard: Heard = []
    pin = SimpleNamespace()
    edges = edges_of(pin, lambda *what: heard.append(what), steady=steady)
    pin.when_changed(10.0, 1)
    await until(heard, 1)
    return pin, edges, heard


async def until(heard: Heard, count: int) -> None:
    with trio.fail_after(real(5)):
        while len(heard) < count:
            await trio.lowlevel.checkpoint()


async def test_what_piles_up_is_one_level_a_number_and_the_quiet_before() -> None:
    pin, edges, heard = await listening(steady=0.5)
    for at, level in ((12.0, 0), (12.25, 1), (12.5, 0)):
        pin.when_changed(at, level)
    await until(heard, 2)
    edges.close()
    assert heard == [(True, 1, math.inf), (False, 3, 2.0)]


async def test_levels_that_were_steady_are_kept_apart_however_late_the_loop_is() -> None:
    pin, edges, heard = await listening(steady=0.02)
    for at, level in ((12.0, 0), (12.001, 1), (12.002, 0), (12.102, 1), (12.152, 0), (12.155, 1)):
        pin.when_changed(at, level)
    await until(heard, 4)
    edges.close()
    rounded = [(level, count, round(quiet, 3)) for level, count, quiet in heard[1:]]
    assert rounded == [(False, 3, 2.0), (True, 1, 0.1), (True, 2, 0.05)]


async def test_what_waits_has_a_limit_and_ends_at_the_last_level() -> None:
    pin, edges, heard = await listening(steady=0.02)
    for number in range(10 * MOST_WAITING + 1):
        pin.when_changed(11.0 + number, number % 2)
    await until(heard, 1 + MOST_WAITING)
    edges.close()
    assert len(heard) == 1 + MOST_WAITING
    assert heard[-1][0] is False
    assert sum(count for _, count, _ in heard) == 1 + 10 * MOST_WAITING + 1


async def test_the_same_level_twice_means_that_an_edge_was_lost_and_nobody_knows_for_how_long() -> None:
    pin, edges, heard = await listening(steady=0.02)
    pin.when_changed(12.0, 1)
    await until(heard, 2)
    edges.close()
    assert heard[1] == (True, 2, 0.0)
