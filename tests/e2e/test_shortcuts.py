"""Actions that call somebody without typing, and those about the terminal as a machine, from a button to the wire."""

from collections.abc import Mapping

import pytest

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from tests.e2e.world import ANNA, JOHN, ROOM, World, a_room
from tests.virtual_time import passes

PINS = (4, 12, 16, 18, 20, 24)


def with_buttons(presses: Mapping[str, str]) -> str:
    """The template of a room with these buttons as well."""
    lines = [
        f'[buttons.{name}]\npin = {pin}\npress = "{words}"'
        for pin, (name, words) in zip(PINS, presses.items(), strict=False)
    ]
    return "\n".join((ROOM, *lines, ""))


async def called(world: World, button: str, whom: str) -> None:
    await world.press(button)
    await world.until_sent("call", peerId=whom)
    await world.until_phase(Phase.CALLING)
    await world.press("hangup")
    await world.until_phase(Phase.IDLE)
    world.forget_sent()


async def test_speed_dial_and_calling_back(clock: object) -> None:
    template = with_buttons({"one": "speed_dial 1", "back": "call_back"})
    async with a_room(template=template, room=f'speed_dial = ["{JOHN}"]') as world:
        await called(world, "one", JOHN)
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        world.simulator.peer(ANNA).leave()
        await world.until_phase(Phase.IDLE)
        await world.until(lambda state: not state.stale)
        world.forget_sent()
        await called(world, "back", ANNA)


async def test_a_conference_by_its_number_and_the_meeting_that_is_on(clock: object) -> None:
    template = with_buttons({"board": "conference 3413915491", "next": "join next"})
    async with a_room(template=template) as world:
        await world.press("board")
        await world.until_sent("call", peerId=r"\c\3413915491")
        await world.until_phase(Phase.IN_CALL)
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)
        world.forget_sent()
        await world.until(lambda state: state.agenda.now is not None)
        await world.press("next")
        await world.until_sent("call", peerId=r"\c\3413915491")
        await world.until_phase(Phase.IN_CALL)


async def test_whoever_calls_a_quiet_room_is_seen_and_not_heard_or_declined(clock: object) -> None:
    template = with_buttons({"quiet": "dnd on 60"}) + "[lamps.quiet]\npin = 25\nshows = 'undisturbed'\n"
    async with a_room(template=f"{template}[automations]\ndecline_undisturbed = true\n") as world:
        await world.press("quiet")
        await world.until(lambda state: state.undisturbed is not None)
        await world.until_hardware(lambda: world.lamp("quiet"))
        world.simulator.peer(ANNA).call()
        await world.until_sent("reject")
        await world.until_phase(Phase.IDLE)
        await passes(3600)
        assert world.state.undisturbed is None
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        await passes(5)
        assert world.asked() == ["reject"]


@pytest.mark.generations(Generation.NEW)
async def test_the_terminal_sleeps_and_wakes_when_it_has_said_so(clock: object) -> None:
    async with a_room(template=with_buttons({"sleep": "sleep", "wake": "wake"})) as world:
        await world.press("sleep")
        await world.until(lambda state: state.sleeping is True)
        await world.press("wake")
        await world.until(lambda state: state.sleeping is False)
        assert world.asked() == ["setSleepMode", "setSleepMode"]


@pytest.mark.generations(Generation.OLD)
async def test_a_terminal_that_cannot_sleep_says_so(clock: object) -> None:
    async with a_room(template=with_buttons({"sleep": "sleep"})) as world:
        await world.press("sleep")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text.key == "notice.refused"


async def test_the_terminal_starts_again_and_the_room_comes_back(clock: object) -> None:
    async with a_room(template=with_buttons({"restart": "restart_terminal"})) as world:
        await world.press("restart")
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        await world.until_phase(Phase.IDLE)
        assert world.state.asked is None


async def test_the_address_is_shown_for_a_while(clock: object) -> None:
    async with a_room(template=with_buttons({"address": "show_address"})) as world:
        await world.press("address")
        await world.until(lambda state: state.address_until > 0)
        assert world.asked() == []


@pytest.mark.generations(Generation.NEW)
async def test_a_place_of_the_camera_is_stored_and_found_again(clock: object) -> None:
    template = with_buttons({"store": "preset store 3", "recall": "preset 3"})
    async with a_room(template=template) as world:
        await world.until(lambda state: state.presets == {})
        await world.press("store")
        state = await world.until(lambda state: bool(state.presets))
        await world.press("recall")
        await world.until_sent("applyVideoCapturerPreset", presetId=(state.presets or {})[3])


async def test_any_command_is_sent_as_it_is_and_its_refusal_is_said(clock: object) -> None:
    lines = "[buttons.quiet]\npin = 4\npress = 'command setMicMute {{\"mute\": true}}'\n"
    lines += '[buttons.kick]\npin = 12\npress = \'command kickPeer {{"peerId": "x"}}\'\n'
    async with a_room(template=f"{ROOM}\n{lines}") as world:
        await world.press("quiet")
        await world.until(lambda state: state.mic_muted is True and state.asked is None)
        await world.press("kick")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text.key == "notice.refused"
        assert world.asked() == ["setMicMute", "kickPeer"]


async def test_content_is_shown_and_what_is_refused_is_said(clock: object) -> None:
    template = with_buttons({"show": "content on 2", "wrong": "content on 99", "end": "content off"})
    async with a_room(template=template) as world:
        await world.press("show")
        await world.until(lambda state: str(state.notice and state.notice.text) == "Only during a call")
        await world.in_a_call()
        await world.press("wrong")
        await world.until_sent("startCapture", captureId=99)
        await world.until(lambda state: state.asked is None and state.notice is not None)
        await world.press("show")
        await world.until(lambda state: state.shows_content and state.asked is None)
        await world.press("end")
        await world.until(lambda state: not state.shows_content and state.asked is None)


@pytest.mark.generations(Generation.NEW)
async def test_layouts(clock: object) -> None:
    template = with_buttons({"equal": "layout equal", "large": "layout left"})
    async with a_room(template=template) as world:
        await world.in_a_call()
        for button, kind in (("equal", 1), ("large", 4)):
            await world.press(button)
            await world.until_sent("changeVideoMatrixType", matrixType=kind)
            await world.until(lambda state: state.asked is None)
        assert world.state.notice is None
