"""Actions of programs, in a whole room with a simulated terminal: what became of them, and who may ask what."""

import functools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trio
from starlette.applications import Starlette
from trio.testing import MockClock

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.acting import KEPT
from appliance.programs.actions import BURST
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.runtime.web.server import serve_web
from tests.api.following import follower
from tests.api.rooms import bearer, interface
from tests.e2e.world import ANNA, World, a_room
from tests.e2e.world import ROOM as WORLD
from tests.runtime.web.client import Address, Answer, get, request


class Program:
    """A program that asks."""

    def __init__(self, address: Address, world: World) -> None:
        self.address = address
        self.world = world

    async def post(self, body: bytes, role: Role = Role.TOUCH, **headers: str) -> Answer:
        sends = {"Content-Type": "application/json", **bearer(role), **headers}
        return await request(self.address, "POST", f"{ROOT}/actions", body, sends)

    async def ask(self, do: str, role: Role = Role.TOUCH, key: str = "", **fields: Any) -> Answer:
        headers = {"Idempotency-Key": key} if key else {}
        return await self.post(json.dumps({"do": do, **fields}).encode(), role, **headers)

    async def became(self, do: str, role: Role = Role.TOUCH, **fields: Any) -> tuple[str, str]:
        answer = await self.ask(do, role, **fields)
        assert answer.status == 200, answer.body
        return answer.json["outcome"], answer.json["why"]


@asynccontextmanager
async def a_program(table: str = "[api]\n", more: str = "", *, up: bool = True) -> AsyncIterator[Program]:
    async with a_room(template=WORLD + more + table, up=up) as world, trio.open_nursery() as nursery:
        made = interface(world.appliance.parts)
        serve = functools.partial(serve_web, Starlette(routes=made.routes), "127.0.0.1:0")
        ((host, port), *_) = await nursery.start(serve)
        yield Program((host, port), world)
        nursery.cancel_scope.cancel()


async def test_what_the_terminal_confirms_is_said_to_be_confirmed() -> None:
    async with a_program() as program:
        assert await program.became("mute on") == ("confirmed", "")
        assert program.world.state.mic_muted is True
        assert await program.became("mute on") == ("confirmed", "")  # it is so already, and the terminal says yes
        assert await program.became(f"call {ANNA}") == ("confirmed", "")
        assert program.world.state.phase is Phase.CALLING
        assert await program.became("hang_up") == ("confirmed", "")


async def test_what_the_box_does_itself_is_done_at_once() -> None:
    async with a_program(more="[relays.lights]\npin = 26\n") as program:
        assert await program.became("dnd on") == ("confirmed", "")
        assert program.world.state.undisturbed is not None
        assert await program.became("relay lights on", Role.MAINTAIN) == ("confirmed", "")
        assert program.world.state.outputs["relay lights"] is True


async def test_a_terminal_that_says_nothing_has_only_been_asked(autojump_clock: MockClock) -> None:
    async with a_program() as program:
        program.world.simulator.stall(60)
        began = trio.current_time()
        assert await program.became("mute on", wait=2) == ("asked", "")
        assert 2 <= trio.current_time() - began < 3
        assert await program.became("mute on", wait=0) == ("asked", "")


async def test_what_the_terminal_refuses_is_refused_with_its_words() -> None:
    async with a_program() as program:
        words = "The terminal refused: wrong parameter: pos must be from -170 to 170"
        assert await program.became('command setPanPos {"pos": 9999}', Role.MAINTAIN) == ("refused", words)


async def test_what_makes_no_sense_now_is_nothing_and_says_why() -> None:
    async with a_program() as program:
        outcome, why = await program.became("hold on")
        assert (outcome, bool(why)) == ("nothing", True)


async def test_words_that_are_no_action_are_refused_with_what_is_meant() -> None:
    async with a_program() as program:
        outcome, why = await program.became("mut on")
        assert outcome == "refused"
        assert "mute" in why


async def test_without_a_link_nothing_is_asked() -> None:
    async with a_program() as program:
        program.world.simulator.restart()
        await program.world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        assert await program.became("mute on") == ("refused", "No link to the terminal")


async def test_what_a_role_may_ask() -> None:
    async with a_program('[api]\nactions = ["mute", "volume 40"]\n') as program:
        assert await program.became("volume 40") == ("confirmed", "")
        program.world.forget_sent()
        answer = await program.ask("volume 50")
        assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
        assert answer.json["detail"] == "`volume 50` is not listed under `actions` of [api]"
        assert program.world.asked() == []
        assert await program.became("volume 50", Role.MAINTAIN) == ("confirmed", "")
        assert (await program.ask("mute on", Role.VIEW)).status == 403


async def test_what_nobody_would_end_is_not_begun() -> None:
    async with a_program() as program:
        for words in ("camera left", "wait 5"):
            outcome, why = await program.became(words, Role.MAINTAIN)
            assert outcome == "refused"
            assert "expected an action that ends by itself" in why
        assert "ptzLeft" not in program.world.asked()


async def test_what_may_be_asked_can_be_asked() -> None:
    async with a_program('[api]\nactions = ["mute", "volume 40"]\n') as program:

        async def may(role: Role) -> set[str]:
            forms = (await get(program.address, f"{ROOT}/actions", bearer(role))).json["actions"]
            return {form["form"].split()[0] for form in forms if form["may"]}

        assert await may(Role.VIEW) == set()
        assert await may(Role.TOUCH) == {"mute", "volume"}
        assert {"mute", "relay", "restart_terminal"} < await may(Role.MAINTAIN)


async def test_a_deadline_that_is_over_or_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_program() as program:
        clock = program.world.appliance.parts.clock()
        assert clock is not None
        now = clock.timestamp()
        assert await program.became("mute on", deadline=now - 1) == ("refused", "asked too long ago")
        assert await program.became("mute on", deadline=now + 20) == ("confirmed", "")
        outcome, why = await program.became("mute off", deadline=now + 600)
        assert (outcome, why) == ("refused", "issued in the future: one of the two clocks is wrong")


async def test_the_same_key_asks_once_and_is_answered_as_often_as_wanted() -> None:
    async with a_program() as program:
        first = await program.ask("mute on", key="a-1")
        assert await program.became("mute off") == ("confirmed", "")
        again = await program.ask("mute on", key="a-1")
        assert again.json == first.json == {"outcome": "confirmed", "why": ""}
        assert program.world.state.mic_muted is False
        other = await program.ask("hang_up", key="a-1")
        assert (other.status, other.headers["content-type"]) == (409, "application/problem+json")
        assert (await program.ask("mute on", Role.MAINTAIN, key="a-1")).json["outcome"] == "confirmed"
        assert program.world.state.mic_muted is True  # the key of another program


async def test_a_program_that_lost_its_connection_does_not_ask_twice(autojump_clock: MockClock) -> None:
    async with a_program() as program:
        program.world.simulator.stall(60)
        with trio.move_on_after(0.5):
            await program.ask("mute on", key="lost", wait=5)
        answers = []

        async def again() -> None:
            answers.append((await program.ask("mute on", key="lost")).json["outcome"])

        async with trio.open_nursery() as nursery:
            nursery.start_soon(again)
            nursery.start_soon(again)
        assert answers == ["asked", "asked"]
        await program.world.until(lambda state: state.mic_muted is True)
        assert program.world.asked().count("setMicMute") == 1


@pytest.mark.parametrize("key", ["x" * 65, "two words"])
async def test_a_key_that_is_none(key: str) -> None:
    async with a_program() as program:
        assert (await program.ask("mute on", key=key)).status == 400


@pytest.mark.slow
async def test_answers_are_kept_for_so_many_keys() -> None:
    async with a_program() as program:
        for number in range(KEPT + 1):
            await program.ask("nonsense", key=str(number))
        assert (await program.ask("other", key="1")).status == 409
        assert (await program.ask("other", key="0")).status == 200


async def test_a_flood_is_stopped() -> None:
    async with a_program() as program:
        statuses = [(await program.ask("dnd off", wait=0)).status for _ in range(BURST + 1)]
        assert statuses == [200] * BURST + [429]
        answer = await program.ask("dnd off")
        assert (answer.status, answer.headers["retry-after"]) == (429, "10")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"mute on", 400),
        (b"[]", 400),
        (b'{"do": ""}', 400),
        (b'{"do": 1}', 400),
        (b'{"do": "mute on", "wait": 11}', 400),
        (b'{"do": "mute on", "more": 1}', 400),
        (b'{"do": "mute on", "deadline": "now"}', 400),
        (b'{"do": "\xff"}', 400),
        (b'{"do": "' + b"x" * 301 + b'"}', 400),
        (b"[" * 20_000, 400),
        (b'{"do": "mute on", "wait": 1e999}', 400),
    ],
)
async def test_bodies_that_cannot_be_read(body: bytes, status: int) -> None:
    async with a_program() as program:
        answer = await program.post(body)
        assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
        assert program.world.asked() == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
async def test_bodies_of_another_kind(kind: str) -> None:
    async with a_program() as program:
        answer = await program.post(b'{"do": "mute on"}', Role.TOUCH, **{"Content-Type": kind})
        assert (answer.status, answer.headers["accept-post"]) == (415, "application/json")


async def test_who_asked_is_told_and_noted() -> None:
    async with a_program(more="[display.policy]\n") as program, follower(program.address) as follows:
        await follows.told()
        assert await program.became("mute on", by="Reception") == ("confirmed", "")
        while (told := await follows.told()).kind != "happened":
            pass
        assert (told.data["kind"], told.data["detail"], told.data["by"]) == ("action", "mute on", "Reception")
        (entry, *_) = program.world.appliance.parts.audit.last(1)
        assert (entry.who, entry.what, entry.by) == ("a touch program", "mute on", "token")
