"""Replies that get lost: what had to be asked for is asked for again, and nothing acts on what was true before."""

import msgspec
import pytest

from appliance.room.parts.reading import Reading
from appliance.room.state import Phase
from appliance.room.texts import HISTORY_UNKNOWN
from tests.e2e.world import ANNA, JOHN, RECEPTION, World, a_room
from tests.virtual_time import passes

KEYS = f'"*" = "redial"\nF1 = "call {ANNA}"'


async def a_call(world: World, key: str, peer: str) -> None:
    world.type([key])
    await world.until_phase(Phase.CALLING)
    world.simulator.peer(peer).answer()
    await world.until_phase(Phase.IN_CALL)


async def lose_replies(world: World, seconds: int) -> None:
    """Loses every reply; events go on, so that the link has no reason to think that the terminal is gone."""
    world.simulator.faults.mute_replies(seconds)
    for _ in range(seconds):
        world.simulator.peer(JOHN).offline()
        await passes(0.5)
        world.simulator.peer(JOHN).online()
        await passes(0.5)


async def test_redial_after_a_lost_reply_calls_whom_the_terminal_names_last(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await world.in_a_call(RECEPTION)
        world.simulator.peer(RECEPTION).leave()
        await world.until_phase(Phase.IDLE)
        await world.until(lambda state: not state.stale)
        await a_call(world, "F1", ANNA)
        world.simulator.faults.mute_replies(6)
        world.simulator.peer(ANNA).leave()
        await world.until_phase(Phase.IDLE)
        await lose_replies(world, 6)
        assert Reading.HISTORY in world.state.stale
        world.forget_sent()
        world.type("*")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text == HISTORY_UNKNOWN
        assert "call" not in world.asked()

        await passes(600)  # ten quiet minutes
        assert "auth" not in {command["method"] for command in world.sent()}  # the session was the same all the time
        world.type("*")
        assert (await world.until_sent("call"))["peerId"] == ANNA


@pytest.mark.parametrize("lost", ["getMicMute", "getSettings", "getCallHistory", "getAbook", "getPtzControls"])
async def test_what_is_lost_while_the_terminal_is_read_is_asked_for_again(clock: object, lost: str) -> None:
    async with a_room() as world:
        await passes(10)
        whole = world.state
        world.simulator.faults.lose_reply(lost)
        world.simulator.drop()
        await passes(60)
        assert msgspec.structs.replace(world.state, active_at=whole.active_at) == whole
