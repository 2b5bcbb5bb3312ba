"""The conversation with a page that stays open, over real sockets."""

import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import msgspec
import pytest
import trio
import trio_websocket
from starlette.applications import Starlette
from starlette.types import Scope
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.language.catalogue import ENGLISH
from appliance.panel.access import Access
from appliance.panel.live.connection import BEAT, BURST, FREQUENT, SILENCE, Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking, Hears, Page
from appliance.panel.live.touch import Touch
from appliance.panel.people.conference import Conference
from appliance.panel.view import Viewed
from appliance.room.actions import Action, Mute
from appliance.room.meetings.agenda import Agenda
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from appliance.runtime.web.server import serve_web
from tests.runtime.web.test_sockets import page
from tests.virtual_time import real

MOSCOW = timezone(timedelta(hours=3))
IDLE = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, agenda=Agenda(known=True))
CHANGED = {
    "phase": "in_call",
    "doing": "In a call",
    "door": "in_use",
    "conference": msgspec.to_builtins(Conference()),
}
IN_CALL = RoomState(link=IDLE.link, phase=Phase.IN_CALL, agenda=IDLE.agenda)

NOBODY_ASKS: list[Action] = []
Start = Callable[..., Awaitable[tuple[str, int]]]


class Nobody(Access):
    """Nobody may touch."""

    def may_look(self, scope: Scope) -> bool:
        return True

    def may_touch(self, scope: Scope) -> bool:
        return False


def clock() -> datetime:
    return datetime(2026, 11, 27, 14, 30, tzinfo=MOSCOW)


@pytest.fixture
def followed() -> Followed[RoomState]:
    return Followed(IDLE)


@pytest.fixture
def box() -> list[str]:
    return ["box-1"]


@pytest.fixture
async def start(nursery: trio.Nursery, followed: Followed[RoomState], box: list[str]) -> Start:
    async def begin(
        clock: Callable[[], datetime | None] = clock,
        asked: list[Action] = NOBODY_ASKS,
        *,
        local: bool = True,
        kinds: Mapping[str, Hears] = {},
    ) -> tuple[str, int]:
        shown, touched = (Feed(Viewed("Neptune", ENGLISH, titles=titles)) for titles in (False, True))
        hears = {"do": Asking(Touch(asked.append, trio.current_time)), **kinds}
        access = Access() if local else Nobody()
        live = Live(followed, shown, clock, lambda: box[0], ENGLISH, touched=touched, hears=hears, access=access)
        serve = partial(serve_web, Starlette(), "127.0.0.1:0", sockets={"/live": live.talk})
        addresses: list[tuple[str, int]] = await nursery.start(serve)
        return addresses[0]

    return begin


async def told(connection: trio_websocket.WebSocketConnection) -> Any:  # JSON
    with trio.fail_after(real(5)):
        return json.loads(await connection.get_message())


async def test_everything_comes_first(start: Start) -> None:
    async with page(await start()) as connection:
        first = await told(connection)
    assert first["box"] == "box-1"
    assert first["clock"] == [180, round(clock().timestamp() * 1000)]
    assert first["view"]["room"] == "Neptune"
    assert first["view"]["door"] == "free"


async def test_a_box_that_is_another_is_told(start: Start, autojump_clock: MockClock, box: list[str]) -> None:
    autojump_clock.autojump_threshold = real(0.05)
    async with page(await start()) as connection:
        assert (await told(connection))["box"] == "box-1"
        assert "box" not in await told(connection)
        box[0] = "box-2"
        assert (await told(connection))["box"] == "box-2"


async def test_a_clock_that_is_not_set_is_not_told(start: Start) -> None:
    async with page(await start(lambda: None)) as connection:
        assert (await told(connection))["clock"] is None


async def test_then_what_changes(start: Start, followed: Followed[RoomState]) -> None:
    async with page(await start()) as connection:
        await told(connection)
        followed.value = IN_CALL
        changed = await told(connection)
        assert changed["view"] == CHANGED
        assert "box" not in changed


async def test_a_change_that_no_page_shows_is_not_told(start: Start, followed: Followed[RoomState]) -> None:
    async with page(await start()) as connection:
        await told(connection)
        followed.value = RoomState(link=IDLE.link, phase=IDLE.phase, agenda=IDLE.agenda, volume=0.5)
        await wait_all_tasks_blocked()
        followed.value = IN_CALL
        assert (await told(connection))["view"]["door"] == "in_use"


async def test_of_many_changes_at_once_the_last_is_told(start: Start, followed: Followed[RoomState]) -> None:
    async with page(await start()) as connection:
        await told(connection)
        for state in (IN_CALL, IDLE) * 50 + (IN_CALL,):
            followed.value = state
        assert (await told(connection))["view"] == CHANGED


async def test_a_beat_of_a_second(start: Start, autojump_clock: MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.05)
    async with page(await start()) as connection:
        first = await told(connection)
        beat = await told(connection)
    assert set(beat) == {"clock", "now"}
    assert beat["now"] - first["now"] == pytest.approx(BEAT * 1000, abs=1)


async def test_a_page_that_says_nothing_is_left(start: Start, autojump_clock: MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.05)
    address = await start()
    began = trio.current_time()
    async with page(address) as connection:
        with suppress(trio_websocket.ConnectionClosed):
            while True:
                await connection.get_message()
    assert trio.current_time() - began == pytest.approx(SILENCE, abs=0.5)


async def test_a_page_that_says_something_is_not(start: Start, autojump_clock: MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.05)
    async with page(await start()) as connection:
        for _ in range(10):
            await told(connection)
            await connection.send_message("{}")


async def test_twenty_pages_are_told_the_same(
    start: Start, followed: Followed[RoomState], nursery: trio.Nursery
) -> None:
    address, views = await start(), []

    async def watch(task_status: trio.TaskStatus[None]) -> None:
        async with page(address) as connection:
            await told(connection)
            task_status.started()
            while "view" not in (message := await told(connection)):
                pass  # a beat: the machine is slow
            views.append(message["view"])

    async with trio.open_nursery() as watching:
        for _ in range(20):
            await watching.start(watch)
        followed.value = IN_CALL
    assert views == [CHANGED] * 20


async def test_a_page_that_takes_nothing_costs_no_other(
    start: Start, followed: Followed[RoomState], autojump_clock: MockClock
) -> None:
    autojump_clock.autojump_threshold = real(0.05)
    address = await start()
    async with await trio.open_tcp_stream(*address) as slow, page(address) as quick:
        await slow.send_all(
            b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        await told(quick)
        followed.value = IN_CALL
        assert (await told(quick))["view"]["door"] == "in_use"


async def test_a_clock_of_utc(start: Start) -> None:
    async with page(await start(lambda: datetime(2026, 11, 27, tzinfo=UTC))) as connection:
        assert (await told(connection))["clock"][0] == 0


async def ask(connection: trio_websocket.WebSocketConnection, do: str, seen: int) -> Any:  # JSON
    await connection.send_message(json.dumps({"do": do, "id": 7, "seen": seen}))
    while "did" not in (answer := await told(connection)):
        pass
    return answer


async def test_a_page_that_may_touch_asks_for_an_action(start: Start) -> None:
    asked: list[Action] = []
    async with page(await start(asked=asked)) as connection:
        first = await told(connection)
        assert first["touch"] is True
        assert await ask(connection, "mute on", first["now"]) == {"did": 7, "why": ""}
    assert asked == [Mute("mic", on=True)]


@pytest.mark.parametrize("words", ["reclaim", "relay door on", "camera left", "mute loudly", "", "call " + "x" * 400])
async def test_what_no_panel_may_ask_is_refused(start: Start, words: str) -> None:
    asked: list[Action] = []
    async with page(await start(asked=asked)) as connection:
        first = await told(connection)
        if words:
            assert (await ask(connection, words, first["now"]))["why"]
    assert asked == []


async def test_a_touch_on_a_room_that_is_no_more_is_refused(start: Start) -> None:
    asked: list[Action] = []
    async with page(await start(asked=asked)) as connection:
        first = await told(connection)
        for seen in (first["now"] - 3500, first["now"] + 60_000, 0):
            assert "behind" in (await ask(connection, "hang_up", seen))["why"]
    assert asked == []


async def test_a_page_that_may_only_look_is_told_less_and_asks_in_vain(
    start: Start, followed: Followed[RoomState]
) -> None:
    asked: list[Action] = []
    followed.value = RoomState(
        link=IDLE.link, phase=Phase.IN_CALL, conversation=Conversation(Person("a@example.org", "Anna"))
    )
    async with page(await start(asked=asked, local=False)) as connection:
        first = await told(connection)
        assert first["touch"] is False
        assert "Anna" not in json.dumps(first)
        assert (await ask(connection, "hang_up", first["now"]))["why"] == "This screen only shows the room"
    assert asked == []


@pytest.mark.parametrize("said", ["[]", "nothing", '{"do": 1}', "x" * 10_000])
async def test_what_makes_no_sense_ends_the_conversation(start: Start, said: str) -> None:
    async with page(await start()) as connection:
        await told(connection)
        await connection.send_message(said)
        with trio.fail_after(real(5)), suppress(trio_websocket.ConnectionClosed):
            while True:
                await connection.get_message()


class Holding:
    """What a page begins here ends with its connection."""

    def __init__(self) -> None:
        self.held: dict[Page, int] = {}
        self.ended: list[int] = []

    def hear(self, page: Page, said: bytes) -> None:
        self.held[page] = json.loads(said)["hold"]

    def left(self, page: Page) -> None:
        self.ended.append(self.held.pop(page, 0))


async def test_what_a_page_began_ends_with_it(start: Start) -> None:
    holding = Holding()
    address = await start(kinds={"hold": holding})
    async with page(address) as other:
        await told(other)
        async with page(address) as connection:
            await told(connection)
            await connection.send_message('{"hold": 3}')
        with trio.fail_after(real(5)):
            while not holding.ended:
                await trio.testing.wait_all_tasks_blocked(0.01)
        assert holding.ended == [3]


async def test_a_beat_does_not_delay_the_touch_behind_it(start: Start, mock_clock: MockClock) -> None:
    async with page(await start(asked=[])) as connection:
        now = (await told(connection))["now"]
        await connection.send_message("{}")
        assert (await ask(connection, "mute on", now))["why"] == ""
    assert trio.current_time() == pytest.approx(now / 1000)


async def test_a_page_that_talks_on_and_on_waits(start: Start, autojump_clock: MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.02)
    async with page(await start(asked=[])) as connection:
        now = (await told(connection))["now"]
        for _ in range(BURST + 2 * FREQUENT):
            await connection.send_message("{}")
        await ask(connection, "mute on", now)
    assert trio.current_time() - now / 1000 == pytest.approx(2, abs=0.1)
