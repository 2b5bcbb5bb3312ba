"""The way to the terminal: the room first, places for both, and no reply that is waited for in vain."""

import math
from collections.abc import Callable
from typing import Any

import trio
from trio.testing import wait_all_tasks_blocked

from appliance.share.upstream import PLACES, Upstream
from appliance.terminal.errors import LinkLost
from appliance.terminal.link import Link
from appliance.terminal.loss import Cause
from appliance.terminal.messages import ReplyFrame, Untyped
from appliance.terminal.messages.calls import GetAppState, HangUp
from appliance.terminal.pending_reply import PendingReply
from tests.share.conftest import Box


class Narrow:
    """A link whose socket takes nothing until it is told to, and notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.taken: list[Callable[[ReplyFrame], None]] = []
        self.writable = False
        self.lost: LinkLost | None = None
        self._open = trio.Event()

    def open(self) -> None:
        self.writable = True
        self._open.set()

    async def until_writable(self, *, behind: bool = False) -> None:
        while not self.writable:
            await self._open.wait()

    def post_now(self, command: Any, *, taken: Callable[[ReplyFrame], None] | None = None, **_: Any) -> PendingReply:
        if self.lost is not None:
            raise self.lost
        self.sent.append(command.method)
        if taken is not None:
            self.taken.append(taken)
        return Never()


class Never(PendingReply):
    """A reply that does not come."""

    def __init__(self) -> None:
        """Needs nothing: nobody reads it."""

    @property
    def due(self) -> float:
        return math.inf

    async def frame(self) -> ReplyFrame:
        await trio.sleep_forever()
        raise AssertionError


def reply(method: str) -> ReplyFrame:
    return ReplyFrame(method, "1", result=True, error="", text=b"{}")


async def test_the_room_goes_first_although_it_comes_last(box: Box) -> None:
    narrow: Any = Narrow()
    box.link.session = narrow
    order: list[str] = []

    async def room() -> None:
        await box.link.until_writable()
        box.link.post_now(HangUp())

    async def ask() -> None:
        await Upstream(box.link).send(Untyped("setMicMute"), lambda _reply: None, order.append)

    async with trio.open_nursery() as nursery:
        for task in (ask, ask, ask):
            nursery.start_soon(task)
        await wait_all_tasks_blocked()
        nursery.start_soon(room)
        await wait_all_tasks_blocked()
        narrow.open()
        await wait_all_tasks_blocked()
    assert narrow.sent == ["hangUp", "setMicMute", "setMicMute", "setMicMute"]


async def test_half_of_the_places_are_left_to_the_room() -> None:
    narrow: Any = Narrow()
    narrow.open()
    upstream = Upstream(narrow)
    heard: list[ReplyFrame] = []
    async with trio.open_nursery() as nursery:
        for _ in range(PLACES + 2):
            nursery.start_soon(upstream.send, Untyped("getAppState"), heard.append, _nobody)
        await wait_all_tasks_blocked()
        assert len(narrow.sent) == PLACES
        for taken in narrow.taken[:2]:
            taken(reply("getAppState"))
        await wait_all_tasks_blocked()
        assert len(narrow.sent) == PLACES + 2
        assert len(heard) == 2


async def test_a_second_reply_is_no_reply() -> None:
    narrow: Any = Narrow()
    narrow.open()
    heard: list[ReplyFrame] = []
    await Upstream(narrow).send(Untyped("getAppState"), heard.append, _nobody)
    narrow.taken[0](reply("getAppState"))
    narrow.taken[0](reply("getAppState"))
    assert len(heard) == 1


async def test_a_lost_link_costs_no_place() -> None:
    narrow: Any = Narrow()
    narrow.open()
    narrow.lost = LinkLost("gone", Cause.BROKE)
    upstream = Upstream(narrow)
    failed: list[str] = []
    for _ in range(3 * PLACES):
        await upstream.send(Untyped("getAppState"), _never, failed.append)
    assert set(failed) == {"no link to the terminal"}


async def test_who_leaves_while_waiting_costs_no_place() -> None:
    narrow: Any = Narrow()
    upstream = Upstream(narrow)
    for _ in range(3 * PLACES):
        with trio.move_on_after(0):
            await upstream.send(Untyped("getAppState"), _never, _nobody)
    narrow.open()
    await upstream.send(Untyped("getAppState"), _never, _nobody)
    assert narrow.sent == ["getAppState"]


async def test_the_link_itself_lets_those_in_front_go_first(box: Box) -> None:
    assert isinstance(box.link, Link)
    await box.link.until_writable(behind=True)
    assert (await box.link.request(GetAppState())).result is True


def _nobody(why: str) -> None:
    raise AssertionError(why)


def _never(_reply: ReplyFrame) -> None:
    raise AssertionError
