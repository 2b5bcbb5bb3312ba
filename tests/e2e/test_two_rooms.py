"""Two simulated rooms call each other through two running appliances."""

from contextlib import AsyncExitStack

from appliance.room.state import Phase
from appliance.simulator.options import CONTACTS, DOMAIN, Contact
from appliance.simulator.process.exchange import Exchange, room_ids
from tests.e2e.world import World, a_room

FIRST, SECOND = room_ids(2, DOMAIN)
ROOMS = (Contact(peer_id=FIRST, name="Room one"), Contact(peer_id=SECOND, name="Room two"))


async def two_rooms(stack: AsyncExitStack) -> tuple[World, World]:
    """Two rooms that know each other; the call button of each calls the other."""
    worlds = []
    for me, other in (ROOMS, ROOMS[::-1]):
        options = {"room_id": me.peer_id, "room_name": me.name, "contacts": (*CONTACTS, other)}
        worlds.append(await stack.enter_async_context(a_room(contact=other.peer_id, options=options)))
    Exchange().join(world.simulator for world in worlds)
    return worlds[0], worlds[1]


async def test_a_press_here_rings_there_and_a_press_there_answers(clock: object) -> None:
    async with AsyncExitStack() as stack:
        here, there = await two_rooms(stack)
        await here.press("call")
        await here.until_phase(Phase.CALLING)
        state = await there.until_phase(Phase.RINGING)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.name == "Room one"
        await there.until_hardware(lambda: there.lamp("ringing"))

        await there.press("call")
        await there.until_phase(Phase.IN_CALL)
        await here.until_phase(Phase.IN_CALL)
        await here.until_hardware(lambda: here.lamp("in_call"))
        await here.press("hangup")
        await here.until_phase(Phase.IDLE)
        await there.until_phase(Phase.IDLE)
        await there.until_hardware(lambda: not there.lamp("in_call"))
