"""A room is locked, used as far as it may be, and unlocked with the PIN, at the keypad of a whole room."""

import msgspec
from structlog.testing import capture_logs

from appliance.panel.status import state_json
from appliance.room.parts.closed import Locked
from appliance.room.state import Phase
from tests.e2e.world import ANNA, ROOM, World, a_room
from tests.virtual_time import passes

PIN = "4711"
TEMPLATE = f"""{ROOM}
[buttons.lock]
pin = 4
press = "lock"
[lamps.locked]
pin = 25
"""
ROOM_LINES = f'lock_pin = "{PIN}"'


async def locks(world: World) -> None:
    await world.press("lock")
    await world.until(lambda state: state.locked is not None)
    await world.until_hardware(lambda: world.lamp("locked"))


async def test_a_locked_room_takes_the_pin_and_nothing_else(clock: object) -> None:
    with capture_logs() as logs:
        async with a_room(template=TEMPLATE, room=ROOM_LINES) as world:
            await locks(world)
            await passes(6)
            await world.press("call")
            state = await world.until(lambda state: state.notice is not None)
            assert state.notice is not None
            assert state.notice.text.key == "notice.locked"
            world.type(PIN[:3])
            state = await world.until(lambda state: state.locked is not None and len(state.locked.entered) == 3)
            assert state_json(state)["locked"]["entered"] == 3
            assert PIN[:3] not in msgspec.json.encode(state_json(state)["locked"]).decode()
            assert world.asked() == []
            world.type(PIN[3:])
            await world.until(lambda state: state.locked is None)
            await world.press("call")
            await world.until_sent("call")
    assert PIN not in repr(logs)


async def test_who_calls_a_locked_room_is_answered_and_the_call_ended(clock: object) -> None:
    async with a_room(template=TEMPLATE, room=ROOM_LINES) as world:
        await locks(world)
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        world.type("47")
        await world.until(lambda state: state.locked is not None and len(state.locked.entered) == 2)
        await passes(30.1)
        assert world.state.locked == Locked()
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is True)
        await world.press("mute")
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)
        assert world.asked() == ["accept", "setMicMute", "hangUp"]


async def test_after_five_wrong_pins_nobody_types_for_a_minute(clock: object) -> None:
    async with a_room(template=TEMPLATE, room=ROOM_LINES) as world:
        await locks(world)
        for _ in range(5):
            world.type("9876")
        await world.until(lambda state: state.locked is not None and state.locked.paused)
        world.type(PIN)
        await passes(61)
        assert world.state.locked == Locked()
        world.type(PIN)
        await world.until(lambda state: state.locked is None)
