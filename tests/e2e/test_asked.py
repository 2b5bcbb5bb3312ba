"""A press is acknowledged within 100 ms though the terminal says nothing, and what is shown promises nothing."""

from collections.abc import Callable

import pytest
import trio
from PIL import Image, ImageChops

from appliance.room.state import Phase, RoomState
from tests.e2e.test_truth import picture
from tests.e2e.world import ANNA, World, a_room
from tests.some import some

SOON = 0.1  # seconds


def top(world: World) -> Image.Image:
    return picture(world).crop((0, 0, 128, 20))


async def acknowledged(world: World, press: Callable[[], None], asks: Callable[[RoomState], bool]) -> None:
    """Returns once the press is shown; the room knew it, and the display showed it, soon enough."""
    before, pressed = top(world), trio.current_time()
    with trio.fail_after(SOON):
        press()
        await world.until(asks)
    await world.until_hardware(lambda: ImageChops.difference(top(world), before).getbbox() is not None)
    assert trio.current_time() - pressed <= SOON


def asked(words: str) -> Callable[[RoomState], bool]:
    return lambda state: state.asked is not None and str(state.asked.text) == words


async def test_calling(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(60)
        await acknowledged(world, lambda: world.hardware.gpio.press("call"), lambda state: state.call_asked is not None)
        assert world.state.phase is Phase.IDLE


@pytest.mark.parametrize(("button", "words"), [("call", "Answer requested…"), ("hangup", "Decline requested…")])
async def test_answering_and_declining(clock: object, button: str, words: str) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        world.simulator.stall(60)
        await acknowledged(world, lambda: world.hardware.gpio.press(button), asked(words))
        assert world.state.phase is Phase.RINGING


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("hangup", "Hang-up requested…"),
        ("mute", "Mic mute requested…"),
        ("left", "Move requested…"),
    ],
)
async def test_presses_in_a_call(clock: object, button: str, words: str) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.simulator.stall(60)
        await acknowledged(world, lambda: world.hardware.gpio.press(button), asked(words))
        assert (world.state.phase, world.state.mic_muted) == (Phase.IN_CALL, False)
        assert not world.lamp("muted")


async def test_the_volume_has_a_bar(clock: object) -> None:
    async with a_room() as world:
        before = world.state.volume
        world.simulator.stall(60)
        turn = world.hardware.speakerphones["speakerphone"].volume
        await acknowledged(world, lambda: turn(+1), lambda state: state.volume_shown_until > trio.current_time())
        assert world.state.volume == before


async def test_it_goes_with_what_the_terminal_makes_of_it(clock: object) -> None:
    async with a_room() as world:
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is True)
        assert world.state.asked is None
        await world.press("left")
        await world.until(lambda state: state.asked is None)
        assert world.state.notice is None


async def test_a_terminal_that_never_replies_is_said_to_be_silent(clock: object) -> None:
    async with a_room() as world:
        world.simulator.faults.mute_replies(60)
        await world.press("left")
        state = await world.until(lambda state: state.notice is not None)
        assert (str(some(state.notice).text), state.asked) == ("The terminal does not answer", None)
