"""What a room does by itself, from the room.toml to the terminal."""

import pytest

from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from tests.e2e.test_calls import create_conference
from tests.e2e.world import ANNA, JOHN, RECEPTION, ROOM, World, a_room
from tests.virtual_time import passes


def automatic(lines: str) -> str:
    """The template of a room with these automations."""
    return f"{ROOM}\n[automations]\n{lines}\n"


async def call_over(world: World) -> None:
    """The far side ends the call, and the room has settled."""
    world.simulator.peer(RECEPTION).leave()
    await world.until_phase(Phase.IDLE)
    await passes(5)


async def test_a_room_without_the_table_does_nothing_by_itself(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        await passes(30)
        assert world.asked() == []


async def test_whom_the_room_may_answer_is_answered_muted(clock: object) -> None:
    answer = f'auto_answer = {{{{ delay = 3, allow = ["{ANNA}"], mute = true }}}}'
    async with a_room(template=automatic(answer)) as world:
        world.simulator.peer(JOHN).call()
        await world.until_phase(Phase.RINGING)
        await passes(10)
        assert world.asked() == []
        world.simulator.peer(JOHN).leave()
        await world.until_phase(Phase.IDLE)
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.IN_CALL)
        await world.until(lambda state: state.mic_muted is True)
        assert world.asked() == ["setMicMute", "accept"]


async def test_a_room_enters_muted_and_leaves_as_it_was(clock: object) -> None:
    lines = "mute_on_entry = true\nunmute_after = true\nrestore_volume = true"
    async with a_room(template=automatic(lines)) as world:
        before = world.state.volume
        await world.in_a_call()
        await world.until(lambda state: state.mic_muted is True)
        with world.simulator.changing() as terminal:
            terminal.settings.change({"audioPlayLevel": 0.9}, logged_in=True)
        await world.until(lambda state: state.volume == 0.9)
        await call_over(world)
        assert (world.state.mic_muted, world.state.volume) == (False, before)


async def test_who_is_busy_is_called_again_until_somebody_presses(clock: object) -> None:
    async with a_room(template=automatic("[automations.retry_busy]\ntimes = 2\npause = 10")) as world:
        await world.press("call")
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(RECEPTION).busy()
        await world.until_phase(Phase.IDLE)
        assert world.asked() == ["call"]
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(RECEPTION).busy()
        await world.until_phase(Phase.IDLE)
        await world.press("hangup")
        await passes(60)
        assert world.asked() == ["call", "call"]


@pytest.mark.generations(Generation.NEW)
async def test_a_terminal_that_sleeps_wakes_for_a_press(clock: object) -> None:
    async with a_room(template=automatic("wake_on_touch = true")) as world:
        await world.until(lambda state: state.sleeping is False)
        with world.simulator.changing() as terminal:
            terminal.sleep.set(enabled=True)
        await world.until(lambda state: state.sleeping is True)
        await world.press("mute")
        await world.until(lambda state: state.sleeping is False)
        assert world.asked() == ["setMicMute", "setSleepMode"]


@pytest.mark.generations(Generation.NEW)
async def test_a_terminal_that_sleeps_wakes_for_whoever_comes(clock: object) -> None:
    lines = "wake_on_presence = true\n\n[presence.door]\npin = 25"
    async with a_room(template=automatic(lines)) as world:
        await world.until(lambda state: state.sleeping is False)
        with world.simulator.changing() as terminal:
            terminal.sleep.set(enabled=True)
        await world.until(lambda state: state.sleeping is True)
        world.hardware.gpio.sense("door", somebody=True)
        await world.until(lambda state: state.sleeping is False)
        assert world.asked() == ["setSleepMode"]


async def test_a_room_that_nobody_else_is_with_leaves_the_conference(clock: object) -> None:
    async with a_room(template=automatic("hang_up_alone = 5")) as world:
        await create_conference(world)
        await world.until_phase(Phase.IN_CALL)
        world.simulator.peer(JOHN).answer()
        await world.until(lambda state: len(state.company.present) == 2)
        await passes(10 * 60)
        assert "hangUp" not in world.asked()
        world.simulator.peer(JOHN).leave()
        await passes(3.5 * 60)
        assert "hangUp" not in world.asked()
        await world.until(lambda state: state.notice is not None)  # who is there after all has a minute
        await passes(55)
        assert "hangUp" not in world.asked()
        await world.until_sent("hangUp")
        await world.until_phase(Phase.IDLE)


async def test_nothing_follows_a_call_whose_end_nobody_saw(clock: object) -> None:
    async with a_room(template=automatic("mute_on_entry = true\nunmute_after = true")) as world:
        await world.in_a_call()
        await world.until(lambda state: state.mic_muted is True)
        world.forget_sent()
        world.simulator.stall(3)
        world.simulator.drop()
        world.simulator.peer(RECEPTION).leave()
        await world.until_phase(Phase.IDLE)
        await passes(10)
        assert (world.asked(), world.state.mic_muted) == ([], True)
