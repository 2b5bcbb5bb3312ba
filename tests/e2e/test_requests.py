"""What the room is asked in a conference, as the simulated terminal has it: asked, answered, and over unsaid."""

from collections.abc import Callable

import pytest
import trio

from appliance.room.parts.link import LinkPhase
from appliance.room.parts.requests import Wish
from appliance.room.state import Phase, RoomState
from appliance.simulator.model import commands
from appliance.terminal.messages.enums import ConferenceType
from tests.e2e.world import ANNA, JOHN, World, a_room
from tests.virtual_time import passes

KEYS = """
F1 = "accept"
F2 = "decline"
F3 = "podium ask"
F4 = "podium leave"
F5 = "podium remark"
"""
LAMPS = """
[lamps.asked]
pin = 20
[lamps.podium]
pin = 21
"""


async def lecture(world: World) -> None:
    """Anna gives a lecture, and the room listens."""
    world.simulator.peer(ANNA).call(ConferenceType.ROLE_BASED, "Lecture")
    await world.until_phase(Phase.RINGING)
    await world.press("call")
    await world.until_phase(Phase.IN_CALL)
    await world.until(lambda state: state.podium.speaks is False)
    world.forget_sent()


async def own_lecture(world: World) -> None:
    """The room gives a lecture, and Anna is in it."""
    with world.simulator.changing() as terminal:
        terminal.calls.create("Ours", ConferenceType.ROLE_BASED, [ANNA], auto_join=False)
    world.simulator.peer(ANNA).answer()
    await world.until_phase(Phase.IN_CALL)
    await world.until(lambda state: state.podium.speaks is True)
    world.forget_sent()


def asks(wish: Wish) -> Callable[[RoomState], bool]:
    return lambda state: [each.wish for each in state.requests if each.certain] == [wish]


def asked_nothing(state: RoomState) -> bool:
    return not state.requests


async def test_an_invitation_to_the_podium_is_accepted_by_the_call_button(clock: object) -> None:
    async with a_room(keys=KEYS, terminal=LAMPS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        await world.until_hardware(lambda: world.lamp("asked"))
        await world.press("call")
        await world.until_sent("acceptInvitationToPodium")
        await world.until(lambda state: state.podium.speaks is True and asked_nothing(state))
        await world.until_hardware(lambda: world.lamp("podium") and not world.lamp("asked"))
        world.type(["F4"])
        await world.until(lambda state: state.podium.speaks is False)


async def test_a_listed_invitation_that_times_out_is_over(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        await world.until(asked_nothing)
        assert world.asked() == []


@pytest.mark.parametrize("unknown", ["acceptInvitationToPodium", "acceptInvintationToPodium"])
async def test_an_invitation_is_accepted_in_either_spelling(
    clock: object, monkeypatch: pytest.MonkeyPatch, unknown: str
) -> None:
    monkeypatch.delitem(commands._BY_LOWER_NAME, unknown.lower())
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        world.type(["F1"])
        state = await world.until(lambda state: state.podium.speaks is True)
        assert state.notice is None


async def test_a_refusal_is_said_and_the_question_stays(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for spelling in ("acceptinvitationtopodium", "acceptinvintationtopodium"):
        monkeypatch.delitem(commands._BY_LOWER_NAME, spelling)
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        world.type(["F1"])
        await world.until(lambda state: state.notice is not None)
        assert world.state.requests[0].answer is None
        await world.until_seen(asks(Wish.PODIUM))
        world.type(["F2"])
        await world.until(asked_nothing)


async def test_an_invitation_is_declined(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        world.type(["F2"])
        await world.until_sent("rejectInvitationToPodium")
        await world.until(asked_nothing)
        assert world.state.podium.speaks is False


async def test_the_room_asks_for_the_podium_itself_and_that_is_no_invitation(clock: object) -> None:
    async with a_room(keys=KEYS, terminal=LAMPS) as world:
        await lecture(world)
        world.type(["F3"])
        await world.until_sent("gotoPodium")
        state = await world.until(lambda state: state.podium.asked)
        assert state.requests == ()
        world.simulator.peer(ANNA).let_speak(allow=False)
        state = await world.until(lambda state: not state.podium.asked)
        assert state.notice is not None
        world.type(["F3"])
        await world.until(lambda state: state.podium.asked)
        world.simulator.peer(ANNA).let_speak()
        await world.until(lambda state: state.podium.speaks is True)
        await world.until_hardware(lambda: world.lamp("podium"))


async def test_somebody_at_the_terminal_asks_for_the_podium_and_that_is_no_invitation_either(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        with world.simulator.changing() as terminal:
            terminal.calls.going_on().podium.go()
        state = await world.until(lambda state: state.podium.asked)
        assert state.requests == ()


async def test_a_remark_counts_down_as_the_terminal_has_it(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.type(["F5"])
        await world.until(lambda state: state.podium.remark_until is not None and state.podium.speaks is True)
        await world.until(lambda state: state.podium.speaks is False)
        assert world.state.podium.remark_until is None


async def test_people_ask_for_the_podium_to_join_and_to_record(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await own_lecture(world)
        world.simulator.peer(ANNA).ask_to_speak()
        await world.until_seen(asks(Wish.SPEAK))
        world.type(["F1"])
        await world.until_sent("acceptRequestToPodium", peerId=ANNA)
        await world.until(asked_nothing)

        world.simulator.peer(JOHN).call()
        await world.until_seen(asks(Wish.JOIN))
        world.type(["F1"])
        await world.until_sent("acceptPeer", peerId=JOHN)
        await world.until(asked_nothing)

        world.simulator.terminal.settings.values["record"] = 1  # the terminal does not decide that by itself
        world.simulator.peer(JOHN).ask_to_record()
        await world.until_seen(asks(Wish.RECORD))
        world.hardware.keypads["keypad"].key("clear")
        await world.until_sent("denyRecord", peerId=JOHN)
        await world.until(asked_nothing)

        world.simulator.peer(JOHN).ask_to_record()
        await world.until_seen(asks(Wish.RECORD))
        world.simulator.peer(JOHN).leave()
        await world.until(asked_nothing)


async def test_a_press_does_not_accept_what_the_volume_covers(clock: object) -> None:
    async with a_room(keys=KEYS, options={"answer_timeout": 600}) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        world.hardware.speakerphones["speakerphone"].volume(+1)
        await world.until(lambda state: state.volume_shown_until > trio.current_time())
        await world.press("call")
        assert (world.state.volume_shown_until, world.state.requests[0].answer) == (0.0, None)
        await world.until_seen(asks(Wish.PODIUM))
        assert "acceptInvitationToPodium" not in world.asked()
        await world.press("call")
        await world.until_sent("acceptInvitationToPodium")


async def test_a_reconnect_reads_what_is_asked_and_sends_nothing(clock: object) -> None:
    async with a_room(keys=KEYS, options={"answer_timeout": 600}) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP)
        assert world.state.requests == ()
        state = await world.until_seen(asks(Wish.PODIUM))
        assert state.requests[0].until is None
        assert state.podium.speaks is False
        await passes(60)
        assert world.asked() == []
        await world.press("call")
        await world.until(lambda state: state.podium.speaks is True)


async def test_a_terminal_that_waits_longer_is_asked_again_whether_it_still_does(clock: object) -> None:
    async with a_room(keys=KEYS, options={"answer_timeout": 100}) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        await world.until(lambda state: bool(state.requests) and state.requests[0].until is None)
        await world.until(asked_nothing)
        assert world.asked() == []


async def test_hanging_up_leaves_the_conference_and_what_was_asked_in_it(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        world.simulator.peer(ANNA).invite_to_speak()
        await world.until_seen(asks(Wish.PODIUM))
        await world.press("hangup")
        await world.until_sent("hangUp")
        await world.until_phase(Phase.IDLE)
        assert world.asked() == ["hangUp"]
        assert world.state.requests == ()


async def test_what_the_owner_mutes_is_said(clock: object) -> None:
    async with a_room(keys=KEYS) as world:
        await lecture(world)
        with world.simulator.changing() as terminal:
            terminal.far_side.mute_room("mic", mute=True)
        await world.until(lambda state: bool(state.muted_by_owner))
        await world.press("mute")
        await world.until(lambda state: not state.muted_by_owner and state.mic_muted is False)
