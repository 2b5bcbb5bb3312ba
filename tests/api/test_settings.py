"""Settings of the terminal for programs, in a whole room with a simulated terminal."""

import functools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import jsonschema
import pytest
import trio
from starlette.applications import Starlette
from trio.testing import MockClock

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.maintain.settings import Change
from appliance.room.parts.link import LinkPhase
from appliance.runtime.web.server import serve_web
from appliance.services.settings.service import NOT_HERE, UNDER_WAY
from tests.api.rooms import bearer, interface
from tests.api.test_document import DOCUMENT
from tests.e2e.world import ROOM as WORLD
from tests.e2e.world import World, a_room
from tests.runtime.web.client import Address, Answer, get, request

PLACE = f"{ROOT}/terminal/settings"


class Program:
    """A program that maintains the room."""

    def __init__(self, address: Address, world: World) -> None:
        self.address = address
        self.world = world

    async def read(self) -> dict[str, dict[str, Any]]:
        answer = await get(self.address, PLACE, bearer(Role.MAINTAIN))
        assert answer.status == 200, answer.body
        return {each["name"]: each for each in answer.json["settings"]}

    async def patch(self, body: bytes, role: Role = Role.MAINTAIN, kind: str = "application/json") -> Answer:
        sends = {"Content-Type": kind, **bearer(role)}
        return await request(self.address, "PATCH", PLACE, body, sends)

    async def became(self, wait: float = 5, **settings: Any) -> dict[str, tuple[str, str]]:
        answer = await self.patch(json.dumps({"settings": settings, "wait": wait}).encode())
        assert answer.status == 200, answer.body
        return {name: (each["outcome"], each["why"]) for name, each in answer.json["outcomes"].items()}


@asynccontextmanager
async def a_program(terminal: str = "") -> AsyncIterator[Program]:
    async with a_room(template=WORLD + "[api]\n", terminal=terminal) as world, trio.open_nursery() as nursery:
        app = Starlette(routes=interface(world.appliance.parts).routes)
        ((host, port), *_) = await nursery.start(functools.partial(serve_web, app, "127.0.0.1:0"))
        yield Program((host, port), world)
        nursery.cancel_scope.cancel()


async def test_what_the_terminal_has_confirmed_is_told_as_described() -> None:
    async with a_program() as program:
        answer = await get(program.address, PLACE, bearer(Role.MAINTAIN))
        schema = {"$ref": "#/components/schemas/TerminalSettings", "components": DOCUMENT["components"]}
        jsonschema.validate(answer.json, schema, jsonschema.Draft202012Validator)
        found = {each["name"]: each for each in answer.json["settings"]}
        assert (found["language"]["value"], found["language"]["kind"], found["language"]["may"]) == (
            "en",
            "choice",
            True,
        )
        assert found["loudspeaker_level"] | {"value": 50, "least": 0, "most": 100} == found["loudspeaker_level"]
        assert [each["value"] for each in found["camera"]["options"]][-1] == "none"


async def test_several_are_changed_at_once_and_each_has_its_outcome() -> None:
    async with a_program() as program:
        became = await program.became(auto_answer=True, loudspeaker_level=35, microphone="none", camera="no such")
        assert {name: outcome for name, (outcome, _) in became.items()} == {
            "auto_answer": "confirmed",
            "loudspeaker_level": "confirmed",
            "microphone": "confirmed",
            "camera": "refused",
        }
        assert "expected one of" in became["camera"][1]
        found = await program.read()
        assert (found["auto_answer"]["value"], found["loudspeaker_level"]["value"]) == (True, 35)
        assert (found["microphone_level"]["value"], found["microphone_level"]["may"]) == (None, False)
        (entry, *_) = program.world.appliance.parts.audit.last()
        assert (entry.who, entry.by, entry.what) == ("a maintain program", "token", "terminal_setting")


async def test_what_is_not_confirmed_in_time_is_asked_and_seen_to_be(autojump_clock: MockClock) -> None:
    async with a_program() as program:
        await program.read()
        program.world.simulator.stall(4)
        assert await program.became(1, auto_answer=True) == {"auto_answer": ("asked", "")}
        found = (await program.read())["auto_answer"]  # within two seconds of the first reading
        assert (found["value"], found["asked"], found["outcome"]) == (False, True, "asked")
        assert (await program.became(0, auto_answer=False))["auto_answer"][0] == "refused"


@pytest.mark.parametrize("wait", [0, 1])
async def test_the_first_reading_is_within_the_time_too(autojump_clock: MockClock, wait: float) -> None:
    async with a_program() as program:
        program.world.simulator.stall(4)
        began = trio.current_time()
        assert await program.became(wait, auto_answer=True) == {"auto_answer": ("asked", "")}
        assert trio.current_time() - began == pytest.approx(wait, abs=0.5)
        assert (await program.became(0, auto_answer=False))["auto_answer"] == ("refused", str(UNDER_WAY))
        settings = program.world.appliance.parts.settings
        assert await settings.change({"no_such": 1}, "anna", "session", 0) == {
            "no_such": Change(1, "refused", NOT_HERE)
        }
        assert settings.seen().changes == {"auto_answer": Change(True, "asked")}
        await trio.sleep(5)
        assert (await program.read())["auto_answer"]["value"] is True


async def test_one_that_waits_for_a_reading_and_is_refused_says_so_later(autojump_clock: MockClock) -> None:
    async with a_program() as program:
        program.world.simulator.stall(2)
        assert (await program.became(0, camera="no such"))["camera"] == ("asked", "")
        await trio.sleep(3)
        found = (await program.read())["camera"]
        assert (found["outcome"], "expected" in found["said"]) == ("refused", True)


async def test_one_that_waits_for_a_reading_that_never_comes_is_refused(autojump_clock: MockClock) -> None:
    async with a_program() as program:
        program.world.simulator.stall(600)
        assert (await program.became(0, auto_answer=True))["auto_answer"] == ("asked", "")
        await trio.sleep(30)
        assert program.world.appliance.parts.settings.seen().changes["auto_answer"].became == "refused"


async def test_without_a_link_it_says_why_nothing_is_known() -> None:
    async with a_program() as program:
        program.world.simulator.restart()
        await program.world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        answer = await get(program.address, PLACE, bearer(Role.MAINTAIN))
        assert (answer.json["settings"], bool(answer.json["why"])) == ([], True)
        assert (await program.became(auto_answer=True))["auto_answer"][0] == "refused"


async def test_a_user_may_not_do_what_is_the_administrators() -> None:
    async with a_program('role = "user"') as program:
        found = (await program.read())["http_server"]
        assert (found["may"], "administrator's account" in found["why"]) == (False, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b'{"settings": {"nothing": true}}', 400),
        (b'{"settings": {"auto_answer": "yes"}}', 400),
        (b'{"settings": {"auto_answer": null}}', 400),
        (b'{"settings": {"loudspeaker_level": 101}}', 400),
        (b'{"settings": {"language": "de"}}', 400),
        (b'{"settings": {"auto_answer": true}, "wait": 11}', 400),
        (b'{"settings": {"auto_answer": true}, "more": 1}', 400),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused_and_asks_nothing(body: bytes, status: int) -> None:
    async with a_program() as program:
        program.world.forget_sent()
        answer = await program.patch(body)
        assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
        assert program.world.asked() == []


async def test_a_level_is_asked_for_in_whole_percent() -> None:
    async with a_program() as program:
        assert await program.became(loudspeaker_level=15.0, microphone_level=20.6) == {
            "loudspeaker_level": ("confirmed", ""),
            "microphone_level": ("confirmed", ""),
        }
        found = await program.read()
        assert (found["loudspeaker_level"]["value"], found["microphone_level"]["value"]) == (15, 21)


async def test_a_change_of_nothing_changes_nothing() -> None:
    async with a_program() as program:
        assert await program.became() == {}
        assert program.world.asked() == []


async def test_what_is_so_already_may_be_asked_again() -> None:
    async with a_program() as program:
        assert await program.became(http_server=False) == {"http_server": ("confirmed", "")}
        assert await program.became(http_server=False) == {"http_server": ("confirmed", "")}


async def test_only_who_maintains_the_room_may() -> None:
    async with a_program() as program:
        for role in (Role.VIEW, Role.TOUCH):
            assert (await program.patch(b'{"settings": {"auto_answer": true}}', role)).status == 403
        answer = await program.patch(b"{}", kind="text/plain")
        assert (answer.status, answer.headers["accept-patch"]) == (415, "application/json")


async def test_a_flood_is_stopped() -> None:
    async with a_program() as program:
        for number in range(5):
            await program.became(**dict.fromkeys(("echo_cancellation", "gain_control", "shows_time"), number % 2 == 0))
        for number in range(35):
            await program.became(loudspeaker_level=number)
        answer = await program.patch(b'{"settings": {"auto_answer": true}}')
        assert (answer.status, answer.headers["retry-after"]) == (429, "10")
