"""The terminal goes, comes back, changes hands and talks nonsense; the room stays right."""

import pytest
import trio

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.terminal.messages.enums import EvictionCause
from tests.e2e.world import ANNA, RECEPTION, World, a_room, is_read
from tests.virtual_time import passes


async def until_up(world: World) -> None:
    await world.until(lambda state: state.link.phase is LinkPhase.UP)


async def until_not_up(world: World) -> None:
    await world.until(lambda state: state.link.phase is not LinkPhase.UP)


async def test_after_a_loss_the_room_reads_everything_and_sends_nothing(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.press("mute")
        await world.until(lambda state: state.mic_muted is True)
        world.forget_sent()
        world.simulator.drop()
        await until_not_up(world)
        await world.press("hangup")  # pressed without a link: said, not kept
        assert world.state.notice is not None
        await until_up(world)
        await world.until_phase(Phase.IN_CALL)
        await passes(5)
        assert world.state.mic_muted is True
        assert {command["method"] for command in world.sent()} >= {
            *("getAppState", "getLogin", "getConferences", "getMicMute", "getAudioMute", "getVideoMute"),
            *("getSettings", "getPtzControls", "getScheduler", "getCallHistory", "getAbook"),
        }
        assert world.asked() == []
        assert all(is_read(command["method"]) for command in world.sent())


async def test_a_call_that_ended_while_the_link_was_away_is_not_shown_any_more(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.simulator.stall(3)
        world.simulator.drop()
        await until_not_up(world)
        world.simulator.peer(RECEPTION).leave()
        await until_up(world)
        await world.until_phase(Phase.IDLE)
        await world.until_hardware(lambda: not world.lamp("in_call"))


async def test_who_calls_is_known_again_after_a_lost_link(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        world.simulator.drop()
        await until_not_up(world)
        state = await world.until_phase(Phase.RINGING)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.name == "Анна Петрова"
        await world.press("call")
        await world.until_sent("accept")


async def test_a_restarted_terminal_is_found_again_although_its_tokens_died(clock: object) -> None:
    async with a_room(terminal='pin = "FA6"', options={"pin": "FA6"}) as world:
        world.simulator.restart()
        await until_not_up(world)
        await until_up(world)
        await world.until_phase(Phase.IDLE)
        await world.press("call")
        await world.until_sent("call")


async def test_a_terminal_that_does_not_echo_request_ids(clock: object) -> None:
    async with a_room(options={"echo_request_id": False}) as world:
        await world.in_a_call()
        await world.press("hangup")
        await world.until_phase(Phase.IDLE)


async def test_another_controller_takes_over_and_a_press_takes_the_terminal_back(clock: object) -> None:
    async with a_room() as world:
        world.simulator.take_over("admin")
        state = await world.until(lambda state: state.link.phase is LinkPhase.EVICTED)
        assert state.link.waits_for_press
        world.forget_sent()
        await passes(300)
        assert world.sent() == []  # never a ping-pong
        await world.press("call")
        await until_up(world)
        await world.until_phase(Phase.IDLE)
        assert world.asked() == []  # the press took the terminal back and did nothing else


async def test_a_room_that_may_reclaim_does_so_after_its_delay_and_gives_up_in_a_war(clock: object) -> None:
    async with a_room(terminal='on_takeover = "reclaim"\nreclaim_after = 30.0') as world:
        for _ in range(3):
            world.simulator.take_over("admin")
            state = await world.until(lambda state: state.link.phase is LinkPhase.EVICTED)
            assert not state.link.waits_for_press
            await passes(29)
            assert world.state.link.phase is LinkPhase.EVICTED
            await passes(300)
            assert world.state.link.phase is LinkPhase.UP
        world.simulator.take_over("admin")
        await world.until(lambda state: state.link.waits_for_press)


@pytest.mark.parametrize("cause", list(EvictionCause))
async def test_every_reason_for_losing_control_has_words_of_its_own(clock: object, cause: EvictionCause) -> None:
    async with a_room() as world:
        world.simulator.evict("admin", cause)
        state = await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        world.simulator.drop()
        assert len(str(state.link.reason)) > 10
        if cause is not EvictionCause.TAKEN_OVER:
            await passes(120)
            await until_up(world)


async def test_wrong_credentials_are_said_and_not_hammered(clock: object) -> None:
    async with a_room(terminal='pin = "AAA"', options={"pin": "FA6"}, up=False) as world:
        state = await world.until(lambda state: state.link.phase is LinkPhase.REFUSED)
        assert "PIN" in str(state.link.reason)
        world.forget_sent()
        await passes(95)
        assert 1 <= len(world.sent()) <= 4
        assert {command["method"] for command in world.sent()} == {"auth"}


async def test_nonsense_of_every_kind_is_survived_and_a_press_still_calls(clock: object) -> None:
    async with a_room() as world:
        world.simulator.garbage()
        world.simulator.send_raw(b"\x00\xff\xfe")
        world.simulator.send_raw('{"requestId":"never","method":"call","result":true}')
        world.simulator.send_raw('{"requestId":"never","method":"call","result":true}')
        world.simulator.send_raw('{"event":"fromTheFuture","x":[1,2,3],"method":"event"}')
        world.simulator.send_raw('{"event":"rejectReceived","method":"event"}')
        await passes(1)
        await until_up(world)
        await world.press("call")
        await world.until_sent("call")


async def test_a_frame_of_16_mib_costs_nothing_but_itself(clock: object) -> None:
    async with a_room() as world:
        world.simulator.huge()
        await passes(2)
        await until_up(world)
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)


async def test_a_terminal_that_hangs_is_noticed_and_found_again(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(120)
        await until_not_up(world)
        await world.until_hardware(lambda: world.lamp("link"))
        await passes(180)
        await until_up(world)
        await world.until_hardware(lambda: not world.lamp("link"))


async def test_a_press_that_nobody_answers_shows_at_once_that_nobody_is_there(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(120)
        pressed = trio.current_time()
        await world.press("mute")
        await until_not_up(world)
        assert trio.current_time() - pressed < 6  # the time that a command has, not that of the idle check
        await world.until_hardware(lambda: world.lamp("link"))
