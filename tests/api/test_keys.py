"""What a second request with a key gets whose first one was refused, or has had no answer."""

import json
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from trio.testing import wait_all_tasks_blocked

from appliance.access.roles import Caller, Role
from appliance.api.acting import Acting
from appliance.api.asks import Ask, Done
from appliance.runtime.web.server import serve_web
from tests.runtime.web.client import Answer, request

SENT = 3  # requests at once
CALLER = Caller("crestron", Role.TOUCH, "token")


class Room:
    """Answers one request after the other as it is told to, once it is let; counts how often it was asked.

    `came`: requests that have arrived; `all_came`: `SENT` have.
    """

    def __init__(self, *answers: Done | Exception) -> None:
        self._answers = iter(answers)
        self.asked = self.came = 0
        self.all_came = trio.Event()
        self.goes_on = trio.Event()

    async def act(self, _ask: Ask, _caller: Caller) -> Done:
        self.asked += 1
        answer = next(self._answers)
        await self.goes_on.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer


async def served(nursery: trio.Nursery, room: Room) -> Callable[[], Awaitable[Answer]]:
    """Serves the room, and returns what asks it with one and the same key."""
    acting = Acting(room.act)

    async def endpoint(request: Request) -> Response:
        room.came += 1
        if room.came == SENT:
            room.all_came.set()
        return await acting.answer(request, CALLER)

    app = Starlette(routes=[Route("/", endpoint, methods=["POST"])])
    (address, *_) = await nursery.start(partial(serve_web, app, "127.0.0.1:0"))
    headers = {"Content-Type": "application/json", "Idempotency-Key": "a-1"}
    return partial(request, address[:2], "POST", "/", json.dumps({"do": "mute on"}).encode(), headers)


async def test_a_refusal_by_status_is_not_kept_and_the_next_is_judged_anew(nursery: trio.Nursery) -> None:
    room = Room(HTTPException(429, "too many"), Done("confirmed"))
    room.goes_on.set()
    ask = await served(nursery, room)
    assert (await ask()).status == 429
    assert (await ask()).json["outcome"] == "confirmed"
    assert (await ask()).json["outcome"] == "confirmed"
    assert room.asked == 2


async def test_who_waited_for_one_that_was_refused_is_judged_anew_as_well(nursery: trio.Nursery) -> None:
    room = Room(HTTPException(429, "too many"), Done("confirmed"))
    ask = await served(nursery, room)
    answers = list[Answer]()

    async def asks() -> None:
        answers.append(await ask())

    async with trio.open_nursery() as asking:
        for _ in range(SENT):
            asking.start_soon(asks)
        await room.all_came.wait()
        await wait_all_tasks_blocked()
        room.goes_on.set()
    assert sorted(each.status for each in answers) == [200, 200, 429]
    assert {each.json["outcome"] for each in answers if each.status == 200} == {"confirmed"}
    assert room.asked == 2


@pytest.mark.parametrize("outcome", ["refused", "nothing"])
async def test_what_the_room_makes_of_it_is_kept_whatever_it_is(nursery: trio.Nursery, outcome: str) -> None:
    room = Room(Done("refused", "No link") if outcome == "refused" else Done("nothing", "No link"), Done("confirmed"))
    room.goes_on.set()
    ask = await served(nursery, room)
    first, again = await ask(), await ask()
    assert first.json == again.json == {"outcome": outcome, "why": "No link"}
    assert room.asked == 1
