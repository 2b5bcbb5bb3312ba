"""What the room does differently, or must not do, with an older and a newer terminal."""

from collections import Counter

import pytest

from appliance.room.parts.link import LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.state import Phase
from appliance.room.texts import TWO_MASTERS
from appliance.simulator.option_types import Generation
from appliance.terminal.messages.newer.generation import Generation as Told
from tests.e2e.world import ANNA, JOHN, RECEPTION, a_room
from tests.terminal.messages import printed
from tests.virtual_time import passes

PRESETS = "getAllVideoCapturerPresets"  # the one newer question that every terminal is asked: it tells them apart
NEWER_QUESTIONS = {Generation.OLD: [PRESETS], Generation.NEW: [PRESETS, "getComPort"]}
"""What a terminal is asked that the manual does not have, once a session."""


async def test_an_older_terminal_is_asked_one_newer_question_a_newer_one_one_more(
    clock: object, generation: Generation
) -> None:
    async with a_room(options={"com_port": "COM1"}) as world:
        for sessions in (1, 2):
            await world.press("call")
            await world.until_phase(Phase.CALLING)
            world.simulator.peer(RECEPTION).answer()
            await world.until_phase(Phase.IN_CALL)
            await passes(60)
            asked = Counter(command["method"] for command in world.sent())
            newer = {method: count for method, count in asked.items() if method not in printed.NAMES}
            assert newer == dict.fromkeys(NEWER_QUESTIONS[generation], sessions)
            assert world.state.generation is (Told.NEWER if generation is Generation.NEW else Told.UNKNOWN)
            world.simulator.peer(RECEPTION).leave()
            await world.until_phase(Phase.IDLE)
            world.simulator.drop()
            await world.until(lambda state: state.link.phase is not LinkPhase.UP)
            await world.until(lambda state: state.link.phase is LinkPhase.UP)


@pytest.mark.generations(Generation.NEW, Generation.BOTH)
async def test_a_terminal_that_drives_a_camera_itself_is_said(clock: object) -> None:
    async with a_room(options={"com_port": "COM1"}) as world:
        await world.until(lambda state: state.com_port == "COM1")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text == TWO_MASTERS
        assert "setComPort" not in world.asked()


async def test_tones_arrive_in_their_order_whichever_way_they_go(clock: object, generation: Generation) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.type("12")
        await passes(0.001)
        world.type("34")
        await world.until_terminal(lambda terminal: len(terminal.calls.tones) == 4)
        assert world.simulator.terminal.calls.tones == ["1", "2", "3", "4"]
        lines = [command.get("callId") for command in world.sent() if command["method"] == "toneDial"]
        assert lines == [RECEPTION] * 4 if generation is Generation.NEW else {RECEPTION, None} == set(lines)
        assert world.state.notice is None


async def test_the_schedule_is_known_at_once(clock: object) -> None:
    async with a_room() as world:
        state = await world.until(lambda state: bool(state.meetings))
        assert Reading.SCHEDULE not in state.stale
        assert [meeting.schedule.start_time > 0 for meeting in state.meetings] == [True, True]


async def test_somebody_else_who_gives_up_leaves_the_second_caller(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.simulator.peer(ANNA).call()
        await world.until(lambda state: state.call_waiting is not None)
        side = 1 if world.simulator.terminal.options.generation is Generation.NEW else 2
        world.simulator.send_raw(f'{{"event":"stopCalling","peerId":"{JOHN}","side":{side}}}')
        await passes(1)
        assert world.state.call_waiting is not None
        world.simulator.peer(ANNA).leave()
        await world.until(lambda state: state.call_waiting is None)
        assert world.state.phase is Phase.IN_CALL


async def test_the_hook_of_our_own_speakerphone_needs_no_word_of_the_terminal(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        world.hardware.speakerphones["speakerphone"].hook(off=True)
        await world.until_phase(Phase.IN_CALL)
        await passes(1)
        world.hardware.speakerphones["speakerphone"].hook(off=False)
        await world.until_phase(Phase.IDLE)
