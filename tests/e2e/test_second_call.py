"""A second caller during a call, as the simulated terminal has it."""

import pytest

from appliance.room.state import Phase
from tests.e2e.world import ANNA, JOHN, RECEPTION, World, a_room, press_hook


async def two_calls(world: World) -> None:
    """The room talks to the reception, and Anna calls."""
    await world.in_a_call()
    world.simulator.peer(ANNA).call()
    state = await world.until_seen(lambda state: state.call_waiting is not None)
    assert state.conversation is not None
    assert state.conversation.peer is not None
    assert state.conversation.peer.peer_id == RECEPTION


@pytest.mark.parametrize("by", ["button", "key", "hook", "hold"])
async def test_it_is_answered_and_the_first_is_over(clock: object, by: str) -> None:
    async with a_room() as world:
        await two_calls(world)
        if by == "button":
            await world.press("call")
        elif by == "key":
            world.type(["call"])
        elif by == "hook":
            press_hook(world, off=True)
        else:
            world.hardware.speakerphones["speakerphone"].hold()
        await world.until_sent("accept")
        await world.until(lambda state: state.call_waiting is None and state.phase is Phase.IN_CALL)
        state = await world.until(lambda state: state.conversation is not None and state.conversation.peer is not None)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.peer_id == ANNA
        assert world.asked() == ["accept"]


async def test_it_is_declined_and_the_first_goes_on(clock: object) -> None:
    async with a_room() as world:
        await two_calls(world)
        world.type(["clear"])
        await world.until_sent("reject")
        state = await world.until(lambda state: state.call_waiting is None)
        assert state.phase is Phase.IN_CALL
        await world.press("mute")
        world.type("5")
        await world.until_sent("toneDial")
        assert world.asked()[0] == "reject"


async def test_hanging_up_ends_the_first_and_the_second_rings_until_it_is_answered(clock: object) -> None:
    async with a_room() as world:
        await two_calls(world)
        await world.press("hangup")
        await world.until_phase(Phase.RINGING)
        await world.press("call")
        state = await world.until_phase(Phase.IN_CALL)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.peer_id == ANNA
        assert world.asked() == ["hangUp", "accept"]


async def test_it_gives_up_or_is_forgotten_with_the_link_and_read_again(clock: object) -> None:
    async with a_room() as world:
        await two_calls(world)
        world.simulator.drop()
        await world.until_phase(Phase.UNKNOWN)
        assert world.state.call_waiting is None
        await world.until(lambda state: state.phase is Phase.IN_CALL and state.call_waiting is not None)
        world.simulator.peer(ANNA).leave()
        await world.until(lambda state: state.call_waiting is None)
        assert world.asked() == []


async def test_another_than_the_one_who_waits_is_not_let_through(clock: object) -> None:
    async with a_room() as world:
        await two_calls(world)
        actions = {peer["peerId"]: peer["actions"] for peer in world.simulator.terminal.describe()["peers"]}
        assert "call" not in actions[JOHN]
