"""The hold key of a speakerphone, from the key to the terminal and back to its lamp."""

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase, RoomState
from drivers.speakerphone.fake import VirtualSpeakerphone
from tests.e2e.world import ANNA, RECEPTION, World, a_room
from tests.virtual_time import passes

QUIET = (True, True, True)
AS_BEFORE = (False, False, False)


def mutes(state: RoomState) -> tuple[bool | None, bool | None, bool | None]:
    return state.mic_muted, state.audio_muted, state.video_muted


def phone(world: World) -> VirtualSpeakerphone:
    return world.hardware.speakerphones["speakerphone"]


async def on_hold(world: World) -> None:
    await world.in_a_call()
    await world.until_hardware(lambda: phone(world).lamps["off_hook"])
    phone(world).hold()
    await world.until(lambda state: mutes(state) == QUIET)
    await world.until_hardware(lambda: phone(world).lamps["hold"])


async def test_there_and_back_and_the_call_goes_on(clock: object) -> None:
    async with a_room() as world:
        await on_hold(world)
        assert phone(world).lamps == {"off_hook": True, "mute": True, "ring": False, "hold": True}
        phone(world).hold()
        await world.until(lambda state: mutes(state) == AS_BEFORE)
        await world.until_hardware(lambda: not phone(world).lamps["hold"])
        await passes(5)
        assert world.asked() == [
            *["setMicMute", "setVideoMute", "setAudioMute"],
            *["setAudioMute", "setVideoMute", "setMicMute"],
        ]
        assert world.state.phase is Phase.IN_CALL


async def test_a_call_that_ends_on_hold_leaves_nothing_muted(clock: object) -> None:
    async with a_room() as world:
        await on_hold(world)
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)
        state = await world.until(lambda state: mutes(state) == AS_BEFORE)
        assert state.on_hold is None
        await world.until_hardware(lambda: not phone(world).lamps["hold"])


async def test_a_new_call_at_once_after_one_on_hold_is_not_heard_unasked(clock: object) -> None:
    async with a_room() as world:
        await on_hold(world)
        world.forget_sent()
        world.simulator.peer(RECEPTION).leave()
        await world.until_phase(Phase.IDLE)
        with world.simulator.changing() as terminal:
            terminal.settings.values["autoAccept"] = True
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.IN_CALL)
        await passes(10)
        assert (world.asked(), mutes(world.state)) == ([], QUIET)
        phone(world).hold()
        await world.until(lambda state: mutes(state) == AS_BEFORE)


async def test_after_a_reconnect_a_held_call_is_still_on_hold_and_nothing_was_sent(clock: object) -> None:
    async with a_room() as world:
        await on_hold(world)
        world.forget_sent()
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        await world.until_hardware(lambda: phone(world).lamps["hold"])
        assert world.asked() == []


async def test_a_call_that_ended_while_the_link_was_down_is_given_back_by_the_next(clock: object) -> None:
    async with a_room() as world:
        await on_hold(world)
        world.simulator.stall(3)
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        world.simulator.peer(RECEPTION).leave()
        await world.until_phase(Phase.IDLE)
        await passes(5)
        assert mutes(world.state) == QUIET
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        phone(world).hook(True)
        await world.until(lambda state: mutes(state) == AS_BEFORE)
        await world.until_phase(Phase.IN_CALL)
