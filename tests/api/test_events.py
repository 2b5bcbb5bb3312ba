"""Programs that follow the room: what they are told, where they go on, and what slow ones lose."""

import functools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import h11
import pytest
import trio
from starlette.applications import Starlette
from trio.testing import MockClock
from trio_websocket import ConnectionClosed, WebSocketConnection, open_websocket_url

from appliance.access.gate import Gate
from appliance.access.roles import Caller, Role
from appliance.api.about import ROOT
from appliance.api.following import followers
from appliance.api.following.followers import BEAT
from appliance.api.following.recent import MOST, Recent
from appliance.room.happened import Event
from appliance.run.parts import Parts
from appliance.runtime.web.connection import SEND_TIME
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import PONG
from tests.api.following import Follower, Told, follower
from tests.api.rooms import bearer, interface, room, set_state
from tests.runtime.web.client import Address, get, request
from tests.virtual_time import real

PRESSED = Event(kind="button", event_type="pressed", detail="call", id="1")


@pytest.fixture
def parts() -> Parts:
    return room()


async def served(parts: Parts, nursery: trio.Nursery, gate: Gate | None = None) -> Address:
    made = interface(parts) if gate is None else interface(parts, gate)
    serve = functools.partial(serve_web, Starlette(routes=made.routes), "127.0.0.1:0", sockets=made.sockets)
    ((host, port), *_) = await nursery.start(serve)
    return host, port


@pytest.fixture
async def address(parts: Parts, nursery: trio.Nursery) -> Address:
    return await served(parts, nursery)


def happens(parts: Parts, event: Event = PRESSED) -> None:
    assert parts.recent is not None
    parts.recent.hear(event)


async def test_first_the_room_then_what_changes_then_what_happens(
    parts: Parts, address: Address, autojump_clock: MockClock
) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        assert (program.status, program.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        first = await program.told()
        assert (first.kind, first.data["view"]["mic_muted"], first.data["view"]["room"]) == ("view", True, "Neptune")
        set_state(parts, mic_muted=False)
        change = await program.told()
        assert (change.kind, change.data["view"]) == ("change", {"mic_muted": False})
        happens(parts)
        happened = await program.told()
        assert (happened.kind, happened.data["detail"], happened.data["id"]) == ("happened", "call", "1")
        assert len({first.id, change.id, happened.id}) == 3


async def test_what_is_for_those_who_touch_is_told_to_them_alone(parts: Parts, address: Address) -> None:
    async def whom(role: Role) -> str:
        async with follower(address, bearer(role)) as program:
            peer_id: str = (await program.told()).data["view"]["call"]["peer_id"]
            return peer_id

    assert [await whom(role) for role in Role] == ["", "anna@example.org", "anna@example.org"]


@pytest.mark.parametrize("by", ["header", "query"])
async def test_a_program_that_was_away_goes_on_where_it_was(by: str, parts: Parts, address: Address) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        last = (await program.told()).id
    set_state(parts, mic_muted=False)
    set_state(parts, volume=0.5)
    happens(parts)
    headers = {"Last-Event-ID": last} if by == "header" else {}
    async with follower(address, {**bearer(Role.VIEW), **headers}, "" if headers else f"?after={last}") as program:
        change, happened = await program.told(), await program.told()
        assert (change.kind, change.data["view"]) == ("change", {"mic_muted": False, "volume": 50})
        assert (happened.kind, happened.data["id"]) == ("happened", "1")


@pytest.mark.parametrize(
    "after", ["00000000.1.1.1", "nonsense", "{process}.2.1.0", "{process}.1.99.0", "{process}.1.0.0"]
)
async def test_an_id_that_stands_for_another_count_begins_anew_and_says_so(
    after: str, parts: Parts, address: Address
) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        process = (await program.told()).id.partition(".")[0]
    headers = {"Last-Event-ID": after.format(process=process)}
    async with follower(address, {**bearer(Role.VIEW), **headers}) as program:
        assert [(each.kind, each.data.get("events", 0)) for each in (await program.told(), await program.told())] == [
            ("lost", None),
            ("view", 0),
        ]


async def test_a_program_that_is_too_slow_is_told_how_much_it_has_lost(parts: Parts, address: Address) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        last = (await program.told()).id
    for number in range(MOST + 7):
        happens(parts, Event(kind="button", event_type="pressed", id=str(number)))
    async with follower(address, {**bearer(Role.VIEW), "Last-Event-ID": last}) as program:
        lost, oldest = await program.told(), await program.told()
        assert (lost.kind, lost.data) == ("lost", {"events": 7})
        assert (oldest.kind, oldest.data["id"]) == ("happened", "7")


def test_the_memory_that_all_share_is_bounded() -> None:
    recent = Recent(most=3)
    for number in range(5):
        recent.hear(Event(kind="call", event_type="begun", id=str(number)))
    assert [(place, event.id) for place, event in recent.since(0)[1]] == [(3, "2"), (4, "3"), (5, "4")]
    assert [recent.since(place)[0] for place in range(6)] == [2, 1, 0, 0, 0, 0]
    assert recent.since(5) == (0, [])


async def test_a_room_in_which_nothing_happens_gives_signs_of_life(
    parts: Parts, address: Address, autojump_clock: MockClock
) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        await program.told()
        began = trio.current_time()
        assert [await program.told(), await program.told()] == [Told(), Told()]
        assert 2 * followers.BEAT <= trio.current_time() - began < 3 * followers.BEAT


async def test_changes_in_quick_succession_are_told_at_once(
    parts: Parts, address: Address, autojump_clock: MockClock
) -> None:
    async with follower(address, bearer(Role.VIEW)) as program:
        await program.told()
        for level in range(30):
            set_state(parts, volume=level / 100)
            await trio.lowlevel.checkpoint()
        changes = [await program.told()]
        while changes[-1].data["view"]["volume"] != 29:
            changes.append(await program.told())
        assert len(changes) <= 3


class TakenBack:
    """Knows one token, until it is taken back."""

    def __init__(self) -> None:
        self.good = True

    def caller(self, secret: str) -> Caller | None:
        return Caller("program", Role.VIEW, "token") if self.good and secret == "view" else None


async def test_a_token_that_is_taken_back_ends_what_it_began(
    parts: Parts, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    tokens = TakenBack()
    address = await served(parts, nursery, Gate(tokens=tokens))
    async with follower(address, bearer(Role.VIEW)) as program:
        await program.told()
        tokens.good = False
        began = trio.current_time()
        happens(parts)
        assert await program.ends()
        assert trio.current_time() - began <= followers.BEAT


async def test_so_many_follow_and_no_more(parts: Parts, address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "MOST", 2)
    async with follower(address) as one, follower(address) as two:
        await one.told(), await two.told()
        answer = await get(address, f"{ROOT}/events")
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        assert "2 programs follow" in answer.json["detail"]
    with trio.fail_after(real(5)):
        while True:
            async with follower(address) as later:
                if later.status == 200:
                    break


async def test_head_ends(address: Address) -> None:
    answer = await request(address, "HEAD", f"{ROOT}/events")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"


async def everything(program: Follower) -> None:
    while True:
        await program.told()


async def test_a_program_that_reads_nothing_is_disconnected_and_costs_no_other(
    parts: Parts, address: Address, autojump_clock: MockClock
) -> None:
    """Its socket is full: what it is told waits for it nowhere, and after `SEND_TIME` it is gone."""
    autojump_clock.autojump_threshold = real(0.05)  # megabytes are on their way to the quick one
    async with follower(address, bearer(Role.VIEW)) as slow, follower(address, bearer(Role.VIEW)) as quick:
        await slow.told()
        await quick.told()
        for number in range(1, 401):
            happens(parts, Event(kind="button", event_type="pressed", detail="x" * 20_000, id=str(number)))
            if number % 50 == 0:
                while (await quick.told()).data["id"] != str(number):
                    pass
        await trio.sleep(SEND_TIME + 1)
        with pytest.raises((h11.RemoteProtocolError, trio.BrokenResourceError)):
            await everything(slow)


@asynccontextmanager
async def websocket(address: Address, headers: Mapping[str, str] | None = None) -> AsyncIterator[WebSocketConnection]:
    sends = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    async with open_websocket_url(f"ws://127.0.0.1:{address[1]}{ROOT}/events", extra_headers=sends) as connection:
        yield connection
        await trio.aclose_forcefully(connection._stream)  # the library leaves it open where the server has closed


async def heard(connection: WebSocketConnection) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await connection.get_message())
    return found


async def test_the_same_over_a_websocket(parts: Parts, address: Address) -> None:
    async with websocket(address, bearer(Role.VIEW)) as connection:
        first = await heard(connection)
        assert (first["event"], first["data"]["view"]["mic_muted"]) == ("view", True)
        set_state(parts, mic_muted=False)
        happens(parts)
        change, happened = await heard(connection), await heard(connection)
        assert (change["event"], change["data"]["view"]) == ("change", {"mic_muted": False})
        assert (happened["event"], happened["data"]["id"]) == ("happened", "1")


async def test_a_program_says_nothing_over_its_websocket(address: Address) -> None:
    async with websocket(address) as connection:
        await heard(connection)
        await connection.send_message('{"do": "hang_up"}')
        with pytest.raises(ConnectionClosed):
            await heard(connection)


async def test_a_websocket_that_answers_no_ping_is_gone(address: Address, autojump_clock: MockClock) -> None:
    async with await trio.open_tcp_stream(*address) as stream:
        head = (
            f"GET {ROOT}/events HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        await stream.send_all(head.encode())
        began = trio.current_time()
        while await stream.receive_some():
            pass
        assert BEAT + PONG <= trio.current_time() - began < BEAT + PONG + 5


async def test_a_websocket_is_not_opened_for_who_may_not_and_that_is_said(address: Address) -> None:
    wants = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Authorization": "Bearer guess",
    }
    answer = await get(address, f"{ROOT}/events", wants)
    assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert answer.json["status"] == 401
