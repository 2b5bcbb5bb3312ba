"""What the room switches, and whether somebody is there: from a press to the pin, with a terminal beside it."""

from collections.abc import Callable

import pytest

from appliance.room.parts.link import LinkPhase
from appliance.simulator.options import PlannedMeeting
from tests.e2e.world import ANNA, a_room
from tests.virtual_time import passes

OUTPUTS = """
[relays.lights]
pin = 16
[relays.sign]
pin = 12
shows = "in_call"
[lights.outside]
red = 4
green = 7
blue = 8
[lights.inside]
red = 9
green = 10
blue = 11
shows = "room"
[bars.sign]
pixels = 4
brightness = 100
limit = 1000
[screens.wall]
kind = "samsung"
line = "virtual"
[buttons.screen]
pin = 14
press = "screen wall"
[presence.door]
pin = 25
absent_after = 5
[buttons.light]
pin = 24
press = "relay lights"
"""


async def test_a_press_switches_a_relay_with_and_without_a_link_and_the_terminal_hears_nothing(clock: object) -> None:
    async with a_room(terminal=OUTPUTS) as world:
        await world.press("light")
        assert world.hardware.gpio.relays() == {"lights": True, "sign": False}
        assert world.state.outputs["relay lights"] is True
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        await world.press("light")
        assert world.hardware.gpio.relays()["lights"] is False
        assert world.asked() == []


async def test_a_relay_follows_a_call(clock: object) -> None:
    async with a_room(terminal=OUTPUTS) as world:
        await world.in_a_call()
        await world.until_hardware(lambda: world.hardware.gpio.relays()["sign"])
        await world.press("hangup")
        await world.until_hardware(lambda: not world.hardware.gpio.relays()["sign"])


async def test_a_press_switches_a_display_which_has_to_say_so(clock: object) -> None:
    async with a_room(terminal=OUTPUTS) as world:
        await world.until(lambda state: state.outputs.get("screen wall") is False)
        await world.press("screen")
        assert world.state.notice is not None
        assert str(world.state.notice.text) == "wall: switching on…"
        assert world.state.outputs["screen wall"] is False, "it has not said so"
        await world.until(lambda state: state.outputs["screen wall"] is True)
        world.hardware.screens["wall"].deaf = True
        await world.press("screen")
        await world.until(lambda state: state.notice is not None and str(state.notice.text) == "wall does not answer")
        assert world.state.outputs["screen wall"] is None


async def test_lights_show_the_door_and_the_room(clock: object) -> None:
    async with a_room(terminal=OUTPUTS, options={"meetings": ()}) as world:
        lights = world.hardware.gpio.lights
        await world.until_hardware(lambda: lights() == {"outside": "#00ff00", "inside": "#000000"})
        await world.in_a_call()
        await world.until_hardware(lambda: lights() == {"outside": "#ff0000", "inside": "#00ff00"})
        await world.until_hardware(lambda: world.hardware.bars["sign"].colours == ["#ff0000"] * 4)
        await world.press("mute")
        await world.until_hardware(lambda: lights() == {"outside": "#ff0000", "inside": "#ff0000"})
        world.simulator.drop()
        await world.until_hardware(lambda: lights()["inside"] == "#000000")
    assert lights() == {"outside": "#000000", "inside": "#000000"}
    assert world.hardware.bars["sign"].colours == ["#000000"] * 4


async def test_a_meeting_that_is_on_or_soon_is_seen_at_the_door(clock: object) -> None:
    def outside(colour: str) -> Callable[[], bool]:
        return lambda: world.hardware.gpio.lights()["outside"] == colour

    now, soon = (PlannedMeeting(id="7", topic="Review", owner=ANNA, starts_in=each) for each in (-60, 300))
    for meeting, colour in ((now, "#ff0000"), (soon, "#ffff00")):
        async with a_room(terminal=OUTPUTS, options={"meetings": (meeting,)}) as world:
            await world.until_hardware(outside(colour))


async def test_who_comes_in_and_leaves_is_noticed(clock: object) -> None:
    async with a_room(terminal=OUTPUTS) as world:
        assert world.state.presence.somebody is None
        world.hardware.gpio.sense("door", somebody=True)
        await world.until(lambda state: state.presence.somebody is True)
        world.hardware.gpio.sense("door", somebody=False)
        await passes(290)
        assert world.state.presence.somebody is True
        await world.until(lambda state: state.presence.somebody is False)
        await world.press("light")
        assert world.state.presence.somebody is True, "who presses is there"


@pytest.mark.parametrize("name", ["lights", "sign"])
async def test_relays_are_off_after_the_end(name: str, clock: object) -> None:
    async with a_room(terminal=OUTPUTS) as world:
        await world.press("light")
        gpio = world.hardware.gpio
    assert gpio.relays()[name] is False
