"""Outputs show what the terminal confirmed: whoever changed it, and nothing else."""

import io
from functools import partial

import pytest
from PIL import Image, ImageChops

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.terminal.messages.enums import ConferenceType
from tests.e2e.world import ANNA, RECEPTION, World, a_room
from tests.virtual_time import passes


def phone_lamps(world: World) -> dict[str, bool]:
    return world.hardware.speakerphones["speakerphone"].lamps


def picture(world: World) -> Image.Image:
    return Image.open(io.BytesIO(world.hardware.display.png(1))).convert("1")


async def test_mute_is_set_to_the_opposite_of_what_was_confirmed_and_the_lamps_follow(clock: object) -> None:
    async with a_room() as world:
        await world.press("mute")
        await world.until_sent("setMicMute", mute=True)
        await world.until_hardware(lambda: world.lamp("muted"))
        assert phone_lamps(world)["mute"]
        world.forget_sent()
        await world.press("mute")
        await world.until_sent("setMicMute", mute=False)
        await world.until_hardware(lambda: not world.lamp("muted"))
        assert not phone_lamps(world)["mute"]


async def test_the_mute_key_of_the_speakerphone_mutes(clock: object) -> None:
    async with a_room() as world:
        world.hardware.speakerphones["speakerphone"].mute()
        await world.until_sent("setMicMute", mute=True)
        await world.until_hardware(lambda: world.lamp("muted"))


async def test_volume_keys_set_the_terminals_volume(clock: object) -> None:
    async with a_room() as world:
        before = world.state.volume
        assert before is not None
        world.hardware.speakerphones["speakerphone"].volume(+1)
        sent = await world.until_sent("setSettings")
        assert sent["settings"] == {"audioPlayLevel": pytest.approx(before + 0.05)}
        await world.until(lambda state: state.volume == pytest.approx(before + 0.05))


async def test_a_mute_by_somebody_else_shows_as_well(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call(ConferenceType.SYMMETRIC, "Planning")
        await world.until_phase(Phase.RINGING)
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        world.forget_sent()
        world.simulator.mute_room("mic", mute=True)
        await world.until_hardware(lambda: world.lamp("muted"))
        assert world.asked() == []


async def test_a_refused_mute_lights_nothing(clock: object) -> None:
    async with a_room() as world:
        with world.simulator.changing() as terminal:
            terminal.accounts.forget(next(iter(terminal.accounts.holders.values())))  # commands are refused from now on
        await world.press("mute")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert "refused" in str(state.notice.text)
        await passes(1)
        assert not world.lamp("muted")


async def test_without_a_link_lamps_say_that_they_do_not_know(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.until_hardware(lambda: world.lamp("in_call"))
        await passes(3)
        steady = world.hardware.revision.value
        world.simulator.stall(60)
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is LinkPhase.DOWN)
        await world.until_hardware(lambda: world.lamp("link"))
        await world.until_hardware(lambda: not world.lamp("in_call"))
        seen = [world.lamp("in_call")]
        for _ in range(40):
            await passes(0.1)
            seen.append(world.lamp("in_call"))
        assert world.hardware.revision.value > steady
        assert 0 < sum(seen) < 10  # a short flash now and then
        assert world.lamp("link")


def shines(world: World, lit: bool) -> bool:
    return world.lamp("ringing") is lit


async def test_ringing_blinks(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        for lit in (True, False, True, False):
            await world.until_hardware(partial(shines, world, lit))


async def test_the_speakerphones_lamps_follow_a_call_placed_by_a_button(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_hardware(lambda: phone_lamps(world)["ring"])
        await world.press("call")
        await world.until_hardware(lambda: phone_lamps(world)["off_hook"] and not phone_lamps(world)["ring"])
        world.simulator.peer(ANNA).leave()
        await world.until_hardware(lambda: not phone_lamps(world)["off_hook"])


async def test_the_display_shows_another_picture_for_each_thing_that_happens(clock: object) -> None:
    async with a_room() as world:
        seen = [picture(world)]

        async def looks_different() -> None:
            await world.until_hardware(lambda: ImageChops.difference(picture(world), seen[-1]).getbbox() is not None)
            seen.append(picture(world))

        world.type("1")
        await looks_different()
        await world.press("hangup")
        await world.until(lambda state: state.number == "")
        await looks_different()
        await world.press("call")
        await looks_different()
        world.simulator.peer(RECEPTION).answer()
        await world.until_phase(Phase.IN_CALL)
        await looks_different()
        await world.press("mute")
        await looks_different()


async def test_the_duration_of_a_call_counts_on_the_glass(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await passes(1)
        before = picture(world)
        await passes(2)
        assert ImageChops.difference(picture(world), before).getbbox() is not None


async def test_the_glass_rests_when_nobody_looks_and_any_input_wakes_it_and_acts(clock: object) -> None:
    async with a_room() as world:
        assert world.hardware.display.awake
        await passes(700)
        assert not world.hardware.display.awake
        await world.press("mute")
        await world.until_sent("setMicMute", mute=True)
        assert world.hardware.display.awake


async def test_at_the_end_lamps_are_off_and_the_display_says_so(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.press("mute")
        await world.until_hardware(lambda: world.lamp("muted") and world.lamp("in_call"))
        before = picture(world)
        began = world.hardware.revision.value
        world.appliance.stop()
        await world.until_hardware(lambda: not any(world.hardware.gpio.lamps().values()))
        await world.until_hardware(lambda: ImageChops.difference(picture(world), before).getbbox() is not None)
        assert world.hardware.revision.value > began
    assert world.hardware.display.image.getbbox() is not None  # it stays on the glass
