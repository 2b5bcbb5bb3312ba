"""A call that is cut says by what, with the simulated terminal's own sequence of events."""

import pytest

from appliance.room.parts.call import Ending
from appliance.room.state import Phase
from tests.e2e.world import ANNA, RECEPTION, World, a_room
from tests.some import some


async def ended(world: World) -> Ending:
    return some((await world.until(lambda state: state.last_end is not None)).last_end).ending


@pytest.mark.parametrize("ringing", [False, True])
async def test_a_call_is_cut_by_the_loss_of_the_server(clock: object, ringing: bool) -> None:
    async with a_room() as world:
        if ringing:
            world.simulator.peer(ANNA).call()
            await world.until_phase(Phase.RINGING)
        else:
            await world.in_a_call()
        world.simulator.lose_server()
        await world.until(lambda state: state.last_end is not None and state.last_end.ending is Ending.SERVER_LOST)
        assert "has lost its server" in str(some(world.state.notice).text)


async def test_the_other_side_leaves(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.simulator.peer(RECEPTION).leave()
        assert await ended(world) is Ending.PEER_LEFT


async def test_somebody_hangs_up_here(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.press("hangup")
        assert await ended(world) is Ending.HERE
        assert world.state.notice is None
