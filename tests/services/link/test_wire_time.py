"""Presses are timed to the wire, also those that wait for it, and nothing is kept of those that never get there."""

from typing import cast

import trio

from appliance.fleet.metrics.counts import Counts
from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.inputs import Drive, Pressed, Released
from appliance.room.intents.call import HangUp
from appliance.room.local_events.link import LinkChanged
from appliance.room.orders.commands import Plan
from appliance.room.parts.link import Link as LinkState
from appliance.room.parts.link import LinkPhase
from appliance.room.respond import Order
from appliance.services.link.controller import Controller
from appliance.services.link.outbox import LONGEST
from appliance.services.link.wire_time import WireTime
from appliance.services.store import RoomStore
from appliance.terminal.errors import LinkLost
from appliance.terminal.link import Link
from appliance.terminal.loss import Cause
from tests.virtual_time import passes


class SlowSocket:
    """A link that takes nothing until it is told to; what it takes is lost at once."""

    def __init__(self) -> None:
        self.writable = False
        self._takes = trio.Event()

    def take(self) -> None:
        self.writable = True
        self._takes.set()

    async def until_writable(self) -> None:
        await self._takes.wait()

    def post_now(self, *_args: object, **_options: object) -> None:
        raise LinkLost("gone", Cause.ENDED)


def controller(link: object, counts: Counts) -> Controller:
    store = RoomStore()
    store.apply(LinkChanged(LinkState(LinkPhase.UP)))
    bindings = Bindings(buttons={"mute": bind("mute on"), "call": bind("call 1@x")})
    return Controller(
        store,
        cast("Link", link),
        bindings,
        move_local=lambda _: None,
        intended=lambda _intent, _before: None,
        observer=counts,
    )


async def test_too_many_orders_are_counted_as_lost(autojump_clock: object) -> None:
    counts = Counts()
    room = controller(SlowSocket(), counts)
    for _ in range(LONGEST + 5):
        room.put(Pressed("mute"))
        room.put(Released("mute"))
    assert counts.overflows == {"commands": 5}
    assert counts.presses == {"button": LONGEST + 5}
    assert sum(counts.wire.counts) == 0


async def test_what_waits_for_the_socket_is_timed_with_its_wait(autojump_clock: object) -> None:
    times: list[float] = []
    wire = WireTime(times.append)
    order, other = (Order(HangUp(), Plan(())) for _ in range(2))
    wire.begins(order, trio.current_time())
    await passes(3)
    wire.is_sent(other, trio.current_time())
    assert times == []
    wire.is_sent(order, trio.current_time())
    wire.is_sent(order, trio.current_time())
    assert times == [3.0]


def test_what_is_never_sent_is_not_kept() -> None:
    times: list[float] = []
    wire = WireTime(times.append)
    orders = [Order(HangUp(), Plan(())) for _ in range(10 * LONGEST)]
    for order in orders:
        wire.begins(order, 0.0)
    assert len(wire._begun) == LONGEST
    wire.is_sent(orders[-1], 1.0)
    assert times == [1.0]
    wire.forget()
    wire.is_sent(orders[-2], 1.0)
    assert times == [1.0]


async def test_a_joystick_is_not_timed(autojump_clock: object) -> None:
    counts = Counts()
    room = controller(SlowSocket(), counts)
    room.put(Drive(pan=1))
    assert room._wire is not None
    assert (room._wire._begun, counts.presses) == ({}, {})


async def test_a_press_that_meets_a_link_that_is_gone_has_failed(autojump_clock: object) -> None:
    counts, link = Counts(), SlowSocket()
    room = controller(link, counts)
    room.put(Pressed("mute"))
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: room.run(task_status=task_status))
        link.take()
        await passes(1)
        assert counts.failed == {"link_lost": 1}
        assert sum(counts.wire.counts) == 0
        nursery.cancel_scope.cancel()
