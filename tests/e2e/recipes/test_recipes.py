"""Each recipe of docs/recipes.md does what it says: a press, or what happens, becomes commands of the terminal."""

import inspect
import re
import sys

from appliance.config.examine import examine
from appliance.room.state import Phase
from tests.e2e.recipes.pages import RECIPES, ROOM, a_room_with, followed
from tests.e2e.world import ANNA, JOHN, RECEPTION, World
from tests.virtual_time import passes


async def rings(world: World, peer: str) -> None:
    world.simulator.peer(peer).call()
    await world.until_phase(Phase.RINGING)


async def talks(world: World, peer: str = RECEPTION) -> None:
    """Somebody calls the room, and somebody in it answers at the terminal."""
    await rings(world, peer)
    with world.simulator.changing() as terminal:
        terminal.calls.accept()
    await world.until_phase(Phase.IN_CALL)


async def call_over(world: World, peer: str = RECEPTION) -> None:
    world.simulator.peer(peer).leave()
    await world.until_phase(Phase.IDLE)
    await passes(5)


async def test_mute_on_entry(clock: object) -> None:
    async with a_room_with("Mute on entry") as world:
        await talks(world)
        await world.until(lambda state: state.mic_muted is True)
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is False)
        assert world.asked() == ["setMicMute", "setMicMute"]


async def test_unmute_for_the_next(clock: object) -> None:
    async with a_room_with("A microphone that is on for the next people") as world:
        await talks(world)
        with world.simulator.changing() as terminal:
            terminal.mutes.set("mic", mute=True)
        await world.until(lambda state: state.mic_muted is True)
        await call_over(world)
        assert (world.asked(), world.state.mic_muted) == (["setMicMute"], False)


async def test_volume(clock: object) -> None:
    async with a_room_with("Remember my volume") as world:
        before = world.state.volume
        await talks(world)
        with world.simulator.changing() as terminal:
            terminal.settings.change({"audioPlayLevel": 0.9}, logged_in=True)
        await world.until(lambda state: state.volume == 0.9)
        await call_over(world)
        assert (world.asked(), world.state.volume) == (["setSettings"], before)


async def test_auto_answer(clock: object) -> None:
    async with a_room_with("Answer by itself, muted, only for some") as world:
        await rings(world, JOHN)
        await passes(20)
        await call_over(world, JOHN)
        assert world.asked() == []
        await rings(world, ANNA)
        await world.until_phase(Phase.IN_CALL)
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is False)
        assert world.asked() == ["setMicMute", "accept", "setMicMute"]


def test_every_recipe_is_tried() -> None:
    tried = set(re.findall(r'a_room_with\("([^"]+)"', inspect.getsource(sys.modules[__name__])))
    assert tried == set(RECIPES)


def test_every_recipe_is_right_by_itself() -> None:
    wrong = {}
    for title in RECIPES:
        room, tables = followed(title)
        text = ROOM.format(contact=RECEPTION, room=room, terminal="", web=80) + tables
        _, mistakes = examine(text, None)
        wrong[title] = [str(mistake) for mistake in mistakes]
    assert [lines for lines in wrong.values() if lines] == []
