"""A conference with a password, from the call to the conversation, as a person in the room joins it."""

import msgspec
from structlog.testing import capture_logs

from appliance.panel.status import state_json
from appliance.room.state import Phase
from appliance.simulator.options import PlannedMeeting
from tests.e2e.world import ANNA, World, a_room
from tests.virtual_time import passes

PIN = "1B7"
JOIN = f"""
F1 = "join {ANNA} {PIN}"
F2 = "call {ANNA}"
"""


async def asked(world: World) -> None:
    """Anna has a conference with a password, and the room has called her."""
    world.simulator.peer(ANNA).host(title="Board", pin=PIN)
    world.type(["F2"])
    await world.until(lambda state: state.password is not None)
    await world.until_phase(Phase.IDLE)
    world.forget_sent()


async def hold(world: World, key: str) -> None:
    keypad = world.hardware.keypads["keypad"]
    keypad.key(key, True)
    await passes(1)
    keypad.key(key, False)
    await passes(0.1)


async def test_a_password_is_asked_for_typed_and_sent(clock: object) -> None:
    with capture_logs() as logs:
        async with a_room(keys=JOIN) as world:
            await asked(world)
            world.type("1")
            await hold(world, "2")
            world.type("7")
            state = await world.until(lambda state: state.password is not None and len(state.password.entered) == 3)
            assert PIN not in msgspec.json.encode(state_json(state)).decode()
            assert state_json(state)["password"]["entered"] == 3
            assert world.asked() == []
            await world.press("call")
            await world.until_sent("call", peerId=ANNA)
            state = await world.until_phase(Phase.IN_CALL)  # the terminal compares the password
            assert (state.password, state.number) == (None, "")
    assert PIN not in repr(logs)


async def test_a_wrong_password_is_asked_for_again(clock: object) -> None:
    async with a_room(keys=JOIN) as world:
        await asked(world)
        world.type("99")
        world.hardware.keypads["keypad"].key("call")
        await world.until_sent("call", peerId=ANNA)
        state = await world.until(lambda state: state.password is not None and state.password.wrong)
        assert state.notice is None
        await world.until_phase(Phase.IDLE)
        world.type("1B7")
        world.hardware.keypads["keypad"].key("call")
        await world.until_phase(Phase.IN_CALL)


async def test_it_closes_by_itself_by_the_hook_and_with_the_link(clock: object) -> None:
    async with a_room(keys=JOIN) as world:
        await asked(world)
        await passes(61)
        assert world.state.password is None

        await asked_again(world)
        await passes(1)  # a speakerphone echoes its lamps for half a second
        world.simulator.press_hang_up()
        await world.until(lambda state: state.password is None)
        assert world.asked() == []

        await asked_again(world)
        world.simulator.drop()
        await world.until(lambda state: state.password is None)


async def asked_again(world: World) -> None:
    world.type(["F2"])
    await world.until(lambda state: state.password is not None)
    await world.until_phase(Phase.IDLE)
    world.forget_sent()


async def test_a_key_joins_with_the_password_of_the_configuration(clock: object) -> None:
    async with a_room(keys=JOIN) as world:
        world.simulator.peer(ANNA).host(pin=PIN)
        world.type(["F1"])
        await world.until_sent("call", peerId=ANNA)
        await world.until_phase(Phase.IN_CALL)


async def test_a_planned_meeting_asks_too(clock: object) -> None:
    meeting = PlannedMeeting(id="4711", topic="Locked", owner=ANNA, starts_in=-60, pin="42")
    async with a_room(contact="\\\\c\\\\4711", options={"meetings": (meeting,)}) as world:
        await world.press("call")
        await world.until(lambda state: state.password is not None)
        world.type("42")
        await world.press("call")
        await world.until_sent("call", peerId="\\c\\4711")
        await world.until_phase(Phase.IN_CALL)
