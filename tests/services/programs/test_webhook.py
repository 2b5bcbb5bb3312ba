"""A room tells real web servers what happens, which take it, hang, break, refuse, restart and go away for ever."""

import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.hooks.config import HookConfig
from appliance.hooks.message import Sender
from appliance.hooks.plan import NO_CLOCK, WITHIN
from appliance.hooks.standing import GONE, NO_TIME
from appliance.hooks.waiting import MOST, STALE
from appliance.room.inputs import Input, Pressed, Released
from appliance.services.link.listening import FINGERS, Listening
from appliance.services.programs.happenings import Happenings
from appliance.services.programs.webhook import Here, WebhookService
from appliance.services.store import RoomStore
from appliance.terminal.config import CredentialsError
from tests.hooks.receiver import HANG, OK, Receiver, signed_by, status
from tests.hooks.test_signature import OTHER, SECRET
from tests.runtime.https_server import Authority
from tests.virtual_time import passes, real

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def mock_clock() -> MockClock:
    """Time passes at once where nobody has anything to do; a machine that is slow is given a moment."""
    return MockClock(autojump_threshold=real(0.1))


class Room:
    """A room without hardware; `told` is what was said of the hook: reasons, and "" when it works again."""

    def __init__(self) -> None:
        self.listening = Listening(FINGERS, None)
        self.has_time = True
        self.events = Happenings(RoomStore(), self.listening.next, self.time)
        self.told: list[str] = []
        self.here = Here(self.events, self.time, Sender("Neptune", "b5c1"), self.told.append)

    def time(self) -> datetime | None:
        return NOON + timedelta(seconds=trio.current_time()) if self.has_time else None

    def does(self, *given: Input) -> None:
        for each in given:
            self.listening.heard(each)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    return path


@asynccontextmanager
async def telling(url: str, secret: Path, **more: Any) -> AsyncIterator[Room]:
    room = Room()
    config = HookConfig(**{"url": url, "events": ("button.pressed",), "secret_file": str(secret)} | more)
    service = WebhookService("bookings", config, room.here, random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: room.events.run(task_status=task_status))
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        yield room
        nursery.cancel_scope.cancel()


@asynccontextmanager
async def told(receiver: Receiver, secret: Path, **more: Any) -> AsyncIterator[Room]:
    async with trio.open_nursery() as nursery:
        port = await nursery.start(receiver.http)
        async with telling(f"http://127.0.0.1:{port}/in", secret, **more) as room:
            yield room
        nursery.cancel_scope.cancel()


def details(receiver: Receiver) -> list[str]:
    return [request.json["data"]["detail"] for request in receiver.requests]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
async def test_events_arrive_signed_by_both_secrets_over_tls(tmp_path: Path, secret: Path) -> None:
    authority, receiver = Authority(tmp_path / "authority"), Receiver()
    await trio.Path(secret).write_text(f"{SECRET}\n{OTHER}\n")
    async with trio.open_nursery() as nursery:
        port = await nursery.start(receiver.https, authority.server())
        url = f"https://localhost:{port}/in?room=neptune"
        async with telling(url, secret, ca=str(authority.certificate), events=("button", "call")) as room:
            room.does(Pressed("call"), Released("call"))
            first, second = await receiver.has(2)
        nursery.cancel_scope.cancel()
    assert (first.line, receiver.connections) == ("POST /in?room=neptune HTTP/1.1", 1)
    for request in (first, second):
        assert signed_by(request, SECRET)
        assert signed_by(request, OTHER)
        assert request.headers["content-type"] == "application/json"
        assert request.headers["webhook-id"] == request.json["id"]
    assert first.json | {"id": "", "timestamp": ""} == {
        "version": 1,
        "type": "button.pressed",
        "timestamp": "",
        "id": "",
        "sequence": 1,
        "lost": 0,
        "room": "Neptune",
        "machine": "b5c1",
        "data": {"detail": "call", "by": ""},
    }
    assert (second.json["type"], second.json["sequence"]) == ("button.released", 2)
    assert first.json["id"] != second.json["id"]


async def test_only_what_is_wanted_is_told(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver()
    async with told(receiver, secret) as room:
        room.does(Released("a"), Pressed("b"))
        await passes(60)
    assert [request.json["sequence"] for request in receiver.requests] == [1]
    assert room.told == []


async def test_a_try_that_fails_is_made_again_with_one_id_and_a_new_time(mock_clock: MockClock, secret: Path) -> None:
    broken = status("500 Broken")
    receiver = Receiver(broken, broken, broken)
    async with told(receiver, secret) as room:
        room.does(Pressed("call"))
        requests = await receiver.has(4)
    assert len({request.headers["webhook-id"] for request in requests}) == 1
    stamps = [int(request.headers["webhook-timestamp"]) for request in requests]
    assert stamps == [int(NOON.timestamp() + request.at) for request in requests], "the time is that of the try"
    assert all(signed_by(request, SECRET) for request in requests)
    gaps = [later.at - sooner.at for sooner, later in pairwise(requests)]
    assert [0.5 * 2**n <= gap <= 2**n + 0.5 for n, gap in enumerate(gaps)] == [True] * 3
    assert room.told == [], "it was not away for long"


async def test_what_stays_broken_is_offline_until_it_takes_something(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver(otherwise=status("502 Bad Gateway"))
    async with told(receiver, secret) as room:
        room.does(Pressed("first"))
        await passes(STALE + 1)
        asked = len(receiver.requests)
        assert room.told == [reason := room.told[0]]
        assert reason.endswith("it answers 502")
        assert 10 <= asked <= 25, "more and more seldom"
        await passes(3600)
        assert len(receiver.requests) == asked, "what is stale is not sent, and nobody is asked without a reason"
        receiver.otherwise = OK
        room.does(Pressed("second"))
        await passes(40)
        last = receiver.requests[-1].json
        assert (last["data"]["detail"], last["sequence"], last["lost"]) == ("second", 2, 1)
        assert room.told == [reason, ""]
        room.does(Pressed("third"))
        await passes(1)
        assert receiver.requests[-1].json["lost"] == 0


async def test_a_receiver_that_restarts_gets_all_in_order(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver()
    async with trio.open_nursery() as nursery:
        first = await nursery.start(_until_stopped, receiver, 0)
        port, stop = first
        async with telling(f"http://127.0.0.1:{port}/in", secret) as room:
            room.does(Pressed("before"))
            await receiver.has(1)
            stop.cancel()
            await wait_all_tasks_blocked()
            room.does(*(Pressed(str(number)) for number in range(5)))
            await passes(90)
            assert details(receiver) == ["before"]
            assert len(room.told) == 1
            await nursery.start(_until_stopped, receiver, port)
            await receiver.has(6)
            await passes(1)
            assert room.told[1:] == [""]
        nursery.cancel_scope.cancel()
    assert details(receiver) == ["before", "0", "1", "2", "3", "4"]
    assert [request.json["lost"] for request in receiver.requests] == [0] * 6


async def _until_stopped(
    receiver: Receiver, port: int, *, task_status: trio.TaskStatus[tuple[int, trio.CancelScope]]
) -> None:
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            task_status.started((await nursery.start(receiver.http, port), scope))


async def test_too_many_events_cost_the_oldest_and_the_next_message_says_so(
    mock_clock: MockClock, secret: Path
) -> None:
    receiver = Receiver(otherwise=status("503 Busy"))
    async with told(receiver, secret) as room:
        room.does(Pressed("0"))
        await receiver.has(1)
        for number in range(1, MOST + 11):
            room.does(Pressed(str(number)))
            await wait_all_tasks_blocked()
        receiver.otherwise = OK
        seen = len(receiver.requests)
        await receiver.has(seen + MOST + 1)
        await passes(1)
    arrived = receiver.requests[seen:]
    assert [each.json["data"]["detail"] for each in arrived] == ["0", *map(str, range(11, MOST + 11))]
    assert [each.json["lost"] for each in arrived] == [10] + [0] * MOST


async def test_an_event_that_is_refused_does_not_hold_up_the_next(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver(status("422 No"), OK)
    async with told(receiver, secret) as room:
        room.does(Pressed("bad"), Pressed("good"))
        await receiver.has(2)
        await passes(60)
    assert details(receiver) == ["bad", "good"]
    assert receiver.requests[1].json["lost"] == 1


async def test_who_is_gone_is_left_alone(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver(status("410 Gone"))
    async with told(receiver, secret) as room:
        room.does(Pressed("call"), Pressed("again"))
        await passes(24 * 3600)
    assert details(receiver) == ["call"]
    assert room.told == [GONE]


@pytest.mark.parametrize(("asks", "from_", "to"), [("20", 20, 21), ("100000", 299, 301), ("soon", 0.5, 2)])
async def test_a_receiver_that_asks_for_time_gets_it(
    mock_clock: MockClock, secret: Path, asks: str, from_: float, to: float
) -> None:
    receiver = Receiver(status("429 Slowly", f"Retry-After: {asks}"))
    async with told(receiver, secret) as room:
        room.does(Pressed("call"))
        await receiver.has(1)
        await passes(1)
        room.does(Pressed("other"))
        first, second = await receiver.has(2)
    assert from_ <= second.at - first.at <= to


async def test_who_hangs_holds_up_nobody_but_himself(mock_clock: MockClock, secret: Path) -> None:
    receiver, other = Receiver(HANG), Receiver()
    async with trio.open_nursery() as nursery:
        port = await nursery.start(other.http)
        async with told(receiver, secret) as room:
            config = HookConfig(url=f"http://127.0.0.1:{port}/", events=("button",), secret_file=str(secret))
            beside = WebhookService("beside", config, room.here)
            await nursery.start(lambda task_status: beside.run(task_status=task_status))
            room.does(Pressed("call"))
            (there,) = await other.has(1)
            hung, taken = await receiver.has(2)
            assert there.at - hung.at < 1
            assert WITHIN <= taken.at - hung.at < WITHIN + 2
            assert hung.json["id"] == taken.json["id"] == there.json["id"], "one event has one id everywhere"
        nursery.cancel_scope.cancel()


async def test_without_the_time_of_day_nothing_is_signed(mock_clock: MockClock, secret: Path) -> None:
    receiver = Receiver()
    async with told(receiver, secret) as room:
        room.has_time = False
        room.does(Pressed("call"))
        await passes(2 * NO_CLOCK - 1)
        assert (receiver.requests, room.told) == ([], [NO_TIME])
        room.has_time = True
        (request,) = await receiver.has(1)
        await passes(1)
        assert request.json["timestamp"] is None, "when it happened nobody knew"
        assert room.told == [NO_TIME, ""]


async def test_without_its_secret_it_does_not_start(tmp_path: Path) -> None:
    with pytest.RaisesGroup(CredentialsError):
        async with telling("http://127.0.0.1:1/", tmp_path / "none"):
            pytest.fail("it has no secret")
