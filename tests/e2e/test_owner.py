"""What the room does to the others in its own conference, and what they write, as the simulated terminal has it."""

import io

from PIL import Image

from appliance.room.state import Phase
from appliance.terminal.messages.enums import ConferenceType, DeviceState
from tests.e2e.world import ANNA, JOHN, World, a_room

KEYS = f"""
F1 = "mute_all"
F2 = "remove {ANNA}"
F3 = "invite {JOHN}"
F4 = "hang_up all"
"""


async def own_meeting(world: World) -> None:
    """The room has a conference of its own, and Anna is in it."""
    with world.simulator.changing() as terminal:
        terminal.calls.create("Ours", ConferenceType.SYMMETRIC, [ANNA], auto_join=False)
    world.simulator.peer(ANNA).answer()
    await world.until(lambda state: state.phase is Phase.IN_CALL and ANNA in state.attendees)
    world.forget_sent()


async def test_all_are_muted_one_is_removed_and_another_invited(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await own_meeting(world)
        assert world.state.attendees[ANNA].mic is DeviceState.ON
        world.type(["F1"])
        await world.until_sent("turnRemoteMic", peerId=ANNA, on=False)
        await world.until(lambda state: state.attendees[ANNA].mic is DeviceState.MUTED and state.asked is None)
        world.type(["F3"])
        await world.until_sent("inviteToConference", peerId=JOHN)
        world.simulator.peer(JOHN).answer()
        await world.until(lambda state: JOHN in state.attendees)
        world.type(["F2"])
        await world.until_sent("kickPeer", peerId=ANNA)
        state = await world.until(lambda state: ANNA not in state.attendees)
        assert (state.phase, list(state.attendees)) == (Phase.IN_CALL, [JOHN])
        world.type(["F4"])
        await world.until_sent("hangUp", forAll=True)
        assert (await world.until_phase(Phase.IDLE)).attendees == {}


async def test_what_they_write_is_known_until_the_call_is_over(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await own_meeting(world)
        world.simulator.peer(ANNA).say("Good morning", to_all=True)
        state = await world.until(lambda state: bool(state.chat))
        assert [(line.who.peer_id, line.text.text) for line in state.chat] == [(ANNA, "Good morning")]
        world.type(["F4"])
        assert (await world.until_phase(Phase.IDLE)).chat == ()


async def test_the_pictures_of_those_in_the_call_come_through_the_box(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await own_meeting(world)
        got = await world.appliance.parts.avatars.of(ANNA)
        assert got is not None
        with Image.open(io.BytesIO(got)) as picture:
            assert picture.format == "JPEG"
        assert await world.appliance.parts.avatars.of("nobody@meet.example.com") is None
