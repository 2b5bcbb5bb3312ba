"""Each gesture of a button, from the finger to the terminal."""

import pytest

from appliance.room.state import Phase
from tests.e2e.world import ANNA, JOHN, RECEPTION, World, a_room
from tests.some import some
from tests.virtual_time import passes

BUTTONS = f"""
[buttons.times]
pin = 24
press = "volume 10"
held = {{ 1s = "volume 20", 3s = "volume 30" }}
[buttons.twice]
pin = 25
press = "call {ANNA}"
double = "call {JOHN}"
[buttons.talk]
pin = 12
press = "mute off"
release = "mute on"
[buttons.big]
pin = 16
press = {{ idle = "call", calling = "hang_up", in_call = "hang_up" }}
confirm = {{ in_call = "twice" }}
[buttons.row]
pin = 20
press = ["mute on", "volume 50", "wait 5", "call {JOHN}"]
[buttons.one]
pin = 21
press = "volume 60"
[buttons.two]
pin = 26
press = "volume 70"
[chords.both]
buttons = ["one", "two"]
press = "call {ANNA}"
"""
KEYS = f"""
F1 = {{ press = "volume 11", double = "volume 22" }}
F2 = {{ press = ["volume 33", "wait 1", "volume 44"] }}
F3 = {{ held = {{ 1s = "volume 55", 2s = "call {JOHN}" }} }}
"""


async def hold(world: World, button: str, seconds: float) -> None:
    world.hardware.gpio.press(button)
    await passes(seconds)
    world.hardware.gpio.release(button)
    await passes(0.1)


async def volume(world: World, percent: int) -> None:
    await world.until(lambda state: state.volume == pytest.approx(percent / 100))


async def test_a_button_has_several_hold_times(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        for seconds, percent in ((0.1, 10), (1.5, 20), (3.5, 30)):
            await hold(world, "times", seconds)
            await volume(world, percent)
        assert world.asked() == ["setSettings"] * 3


async def test_a_button_is_pressed_once_or_twice(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        await world.press("twice")
        assert world.asked() == []
        await passes(0.5)
        await world.until_sent("call", peerId=ANNA)
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)
        world.forget_sent()
        await world.press("twice")
        await world.press("twice")
        await world.until_sent("call", peerId=JOHN)
        assert world.asked() == ["call"]


async def test_a_button_speaks_for_as_long_as_it_is_down(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        world.hardware.gpio.press("talk")
        await world.until_sent("setMicMute", mute=False)
        world.hardware.gpio.release("talk")
        await world.until_sent("setMicMute", mute=True)


async def test_one_button_calls_and_asks_before_it_ends_the_call(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        await world.press("big")
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(RECEPTION).answer()
        await world.until_phase(Phase.IN_CALL)
        world.forget_sent()
        await world.press("big")
        assert str(some(world.state.notice).text) == "Press again: end the call"
        await passes(6)
        assert (world.asked(), world.state.confirming, world.state.phase) == ([], None, Phase.IN_CALL)
        await world.press("big")
        await world.press("big")
        await world.until_phase(Phase.IDLE)
        assert world.asked() == ["hangUp"]


async def test_several_actions_in_a_row(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        await world.press("row")
        await volume(world, 50)
        await passes(4)
        assert world.asked() == ["setMicMute", "setSettings"]
        await passes(2)
        await world.until_sent("call", peerId=JOHN)


@pytest.mark.parametrize("button", ["hangup", "row"])
async def test_a_row_is_ended_by_hanging_up_and_by_its_button(clock: object, button: str) -> None:
    async with a_room(terminal=BUTTONS) as world:
        await world.press("row")
        await volume(world, 50)
        await world.press(button)
        assert str(some(world.state.notice).text) == "Stopped: nothing more follows"
        await passes(10)
        assert world.asked() == ["setMicMute", "setSettings"]


async def test_a_row_ends_with_the_link(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        await world.press("row")
        await volume(world, 50)
        world.forget_sent()
        world.simulator.drop()
        await world.until(lambda state: not state.rows)
        await passes(30)
        await world.until_phase(Phase.IDLE)
        assert world.asked() == []


async def test_two_buttons_together(clock: object) -> None:
    async with a_room(terminal=BUTTONS) as world:
        for button in ("one", "two"):
            await world.press(button)
            await passes(0.2)
        assert world.asked() == ["setSettings"] * 2
        world.forget_sent()
        for move in (world.hardware.gpio.press, world.hardware.gpio.release):
            move("one")
            await passes(0.05)
            move("two")
        await world.until_sent("call", peerId=ANNA)
        assert world.asked() == ["call"]


async def test_keys_of_a_keypad_have_the_same_gestures(clock: object) -> None:
    async with a_room(terminal=BUTTONS, keys=KEYS) as world:
        keypad = world.hardware.keypads["keypad"]
        keypad.key("KEY_F1")
        await volume(world, 11)
        keypad.key("KEY_F1")
        await passes(0.05)
        keypad.key("KEY_F1")
        await volume(world, 22)
        keypad.key("KEY_F2")
        await volume(world, 44)
