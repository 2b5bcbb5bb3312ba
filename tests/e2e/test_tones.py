"""Tones of the Pi's own sound card follow the terminal, whoever did what to it."""

import pytest

from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from drivers.tones.sound import RING, RING_SECONDS, Sound, tone
from tests.e2e.world import RECEPTION, World, a_room
from tests.virtual_time import passes

TONES = """
[tones]
keys = true
volume = 100
"""
RING_TONE = tone(RING, RING_SECONDS, 1.0)


def heard(world: World) -> Sound | None:
    return world.hardware.tones.playing


@pytest.mark.generations(Generation.OLD)
async def test_it_rings_until_somebody_answers_elsewhere(clock: object) -> None:
    async with a_room(terminal=TONES) as world:
        world.simulator.peer(RECEPTION).call()
        await world.until_phase(Phase.RINGING)
        await passes(0.01)
        assert heard(world) == RING_TONE
        world.simulator.press_hook_off()
        await world.until_phase(Phase.IN_CALL)
        await passes(0.001)
        assert heard(world) is None
        played = world.hardware.tones.played
        await passes(30)
        assert world.hardware.tones.played == played


async def test_it_is_silent_once_the_link_is_lost(clock: object) -> None:
    async with a_room(terminal=TONES) as world:
        world.simulator.peer(RECEPTION).call()
        await world.until_phase(Phase.RINGING)
        await passes(0.01)
        assert heard(world) == RING_TONE
        world.simulator.drop()
        await world.until(lambda state: state.phase is Phase.UNKNOWN)
        await passes(0.001)
        assert heard(world) is None


async def test_a_digit_in_a_call_is_sent_and_heard(clock: object) -> None:
    async with a_room(terminal=TONES) as world:
        await world.in_a_call()
        before = world.hardware.tones.played
        world.type("5")
        assert (await world.until_sent("toneDial"))["symbol"] == "5"
        await passes(1)
        assert world.hardware.tones.played == before + 1


async def test_a_press_is_heard_and_what_a_joystick_does_is_not(clock: object) -> None:
    async with a_room(terminal=TONES.replace("keys", "presses")) as world:
        before = world.hardware.tones.played
        await world.press("mute")
        await world.until_sent("setMicMute")
        await passes(1)
        assert world.hardware.tones.played == before + 1
        world.joystick("81 01 06 01 01 01 01 03 FF")
        await world.until_sent("ptzLeft")
        await passes(1)
        assert world.hardware.tones.played == before + 1


async def test_a_room_without_the_table_is_silent(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(RECEPTION).call()
        await world.until_phase(Phase.RINGING)
        await passes(30)
        assert (heard(world), world.hardware.tones.played) == (None, 0)
