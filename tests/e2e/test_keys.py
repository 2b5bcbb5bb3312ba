"""Long presses and chords of a keypad, from the key's events to the command that the terminal receives."""

from appliance.room.state import Phase
from tests.e2e.world import JOHN, World, a_room
from tests.virtual_time import passes

KEYS = f"""
"*" = {{ held = "hang_up", hold = 2.0 }}
F1 = "call {JOHN}"
"1+3" = "mute"
LEFTBRACE = "camera left"
"""


def down(world: World, *keys: str) -> None:
    for key in keys:
        world.hardware.keypads["keypad"].key(key, True)


def up(world: World, *keys: str) -> None:
    for key in keys:
        world.hardware.keypads["keypad"].key(key, False)


async def test_a_key_calls_whom_it_is_for(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        world.type(["F1"])
        assert (await world.until_sent("call"))["peerId"] == JOHN


async def test_a_star_is_a_star_and_held_it_hangs_up(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await world.in_a_call()
        world.type("*")
        assert (await world.until_sent("toneDial"))["symbol"] == "*"
        await world.until_terminal(lambda terminal: terminal.calls.tones == ["*"])
        world.forget_sent()
        down(world, "*")
        await passes(1.9)
        assert world.asked() == []
        await world.until_phase(Phase.IDLE)
        up(world, "*")
        await passes(5)
        assert world.asked() == ["hangUp"]


async def test_a_chord_does_its_own_and_its_keys_type_nothing(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        down(world, "1", "3")
        muted = await world.until(lambda state: state.mic_muted is True)
        up(world, "1", "3")
        await passes(5)
        assert muted.number == world.state.number == ""
        assert len(world.asked()) == 1


async def test_numbers_are_typed_as_ever(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        down(world, "1", "3")  # overlapping, as fast fingers do
        up(world, "1", "3")
        world.type("*2")
        down(world, "5")
        await world.until(lambda state: state.number == "13*25")
        up(world, "5")


async def test_a_key_moves_the_camera_for_as_long_as_it_is_down(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        down(world, "LEFTBRACE")
        await world.until_sent("ptzLeft")
        up(world, "LEFTBRACE")
        await world.until_sent("ptzStop")


async def test_a_keypad_that_is_unplugged_stops_the_camera_and_hangs_up_nothing(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await world.in_a_call()
        down(world, "LEFTBRACE", "*")
        await world.until_sent("ptzLeft")
        world.hardware.keypads["keypad"].unplug()
        await world.until_sent("ptzStop")
        await passes(5)
        assert world.asked() == ["ptzLeft", "ptzStop"]
        assert world.state.held == frozenset()


async def test_several_keypads_each_with_keys_of_their_own(clock: object) -> None:
    lectern = '[keypads.lectern]\n[keypads.lectern.keys]\n"*" = "redial"\nF1 = "dial 77"'
    async with a_room(keys=KEYS, terminal=lectern) as world:
        world.type("1")
        await world.until(lambda state: state.number == "1")
        world.hardware.keypads["lectern"].key("F1")
        await world.until(lambda state: state.number == "177")
        world.type("*")
        await world.until(lambda state: state.number == "177*")
        world.hardware.keypads["lectern"].unplug()
        world.type("2")
        await world.until(lambda state: state.number == "177*2")
