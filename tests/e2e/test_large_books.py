"""Address books that are too large for one breath: the room is up at once, and the names come as fast as the wire."""

import json
from typing import Any

import msgspec
import pytest
import trio

from appliance.panel.status import health_json
from appliance.room.parts.link import LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.people.who import name_in
from appliance.room.state import Phase
from appliance.simulator.options import CONTACTS, Contact
from appliance.terminal.messages import long_frames
from appliance.terminal.messages.enums import AppState
from tests.e2e.world import JOHN, World, a_room
from tests.virtual_time import passes

PEOPLE = 20_000
LARGE = 5 * 2**20  # bytes


def people(count: int, name: str = "Person") -> tuple[Contact, ...]:
    more = (Contact(peer_id=f"person.{number}@meet.example.com", name=f"{name} {number}") for number in range(count))
    return (*CONTACTS, *more)


def bytes_of(world: World) -> int:
    return len(json.dumps(world.simulator.terminal.directory.address_book()))


def received(world: World) -> dict[str, Any]:
    return msgspec.structs.asdict(world.appliance.parts.link.counters)


async def names_are_known(world: World, count: int) -> None:
    state = await world.until(lambda state: Reading.CONTACTS not in state.stale and len(state.contacts) >= count)
    assert name_in(state.contacts, f"person.{count - 8}@meet.example.com").endswith(f" {count - 8}")


@pytest.mark.parametrize("name", ["Person", "P" * 250])
async def test_a_room_with_20000_people_is_up_at_once_again_and_has_their_names(clock: object, name: str) -> None:
    async with a_room(options={"contacts": people(PEOPLE, name)}) as world:
        assert len(name) < 10 or bytes_of(world) > LARGE
        await names_are_known(world, PEOPLE)
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        began = trio.current_time()
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        assert trio.current_time() - began < 1
        await names_are_known(world, PEOPLE)
        assert trio.current_time() - began < 1.5
        assert received(world)["garbage"] == 0


@pytest.mark.slow
async def test_names_that_take_half_a_minute_hold_up_nothing_and_are_asked_for_once(clock: object) -> None:
    async with a_room(options={"contacts": people(PEOPLE, "P" * 250)}) as world:
        await names_are_known(world, PEOPLE)
        world.simulator.faults.slow(LARGE // 30, 300)
        world.forget_sent()
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        began = trio.current_time()
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        assert trio.current_time() - began < 2
        await world.press("call")
        await world.until_terminal(lambda terminal: terminal.app_state is AppState.WAITING)
        await names_are_known(world, PEOPLE)
        assert 25 < trio.current_time() - began < 45
        assert [command["method"] for command in world.sent()].count("getAbook") == 1
        assert world.state.link.phase is LinkPhase.UP


async def test_what_was_cut_is_said_by_the_health(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "MOST_ENTRIES", 1000)
    async with a_room(options={"contacts": people(2000)}) as world:
        await names_are_known(world, 1000)
        await passes(60)
        assert len(world.state.contacts) == 1000
        world.simulator.peer(JOHN).call()
        await world.until_phase(Phase.RINGING)
        health = health_json(world.state, received(world))
        assert health["received"]["too_many"] == {"AddressBookReply.abook": 1007}
