from types import SimpleNamespace

import trio

from drivers.gpio.edges import Edges


async def test_what_piles_up_is_one_level_a_number_and_the_quiet_before() -> None:
    heard: list[tuple[bool, int, float]] = []
    pin = SimpleNamespace()
    edges = Edges(pin, lambda *what: heard.append(what))
    edges.listen()
    pin.when_changed(10.0, 1)
    with trio.fail_after(5):
        while not heard:
            await trio.lowlevel.checkpoint()
    for at, level in ((12.0, 0), (12.25, 1), (12.5, 0)):
        pin.when_changed(at, level)
    with trio.fail_after(5):
        while len(heard) < 2:
            await trio.lowlevel.checkpoint()
    edges.close()
    assert heard == [(True, 1, float("inf")), (False, 3, 2.0)]
