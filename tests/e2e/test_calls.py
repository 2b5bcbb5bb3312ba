"""Buttons, keys and hooks in every state of a call: what reaches the terminal, and what the lamps then say."""

import pytest

from appliance.room.reduce.calls.password import CAUSES
from appliance.room.state import Phase
from appliance.terminal.messages.enums import ConferenceType, RejectCause
from tests.e2e.world import ANNA, JOHN, RECEPTION, World, a_room, press_hook
from tests.virtual_time import passes


async def test_call_calls_the_configured_contact_and_hang_up_ends_it(clock: object) -> None:
    async with a_room() as world:
        await world.press("call")
        assert (await world.until_sent("call"))["peerId"] == RECEPTION
        state = await world.until_phase(Phase.CALLING)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.name == "Reception"
        assert not world.lamp("in_call")  # nothing is confirmed yet

        world.simulator.peer(RECEPTION).answer()
        await world.until_phase(Phase.IN_CALL)
        await world.until_hardware(lambda: world.lamp("in_call"))

        await world.press("hangup")
        assert "forAll" not in await world.until_sent("hangUp")
        await world.until_phase(Phase.IDLE)
        await world.until_hardware(lambda: not world.lamp("in_call"))


async def test_call_answers_while_it_rings(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        state = await world.until_phase(Phase.RINGING)
        assert state.conversation is not None
        assert state.conversation.peer is not None
        assert state.conversation.peer.name == "Анна Петрова"
        await world.until_hardware(lambda: world.lamp("ringing"))
        await world.press("call")
        await world.until_sent("accept")
        await world.until_phase(Phase.IN_CALL)
        await world.until_hardware(lambda: world.lamp("in_call") and not world.lamp("ringing"))
        assert world.asked() == ["accept"]


async def test_hang_up_declines_while_it_rings(clock: object) -> None:
    async with a_room() as world:
        world.simulator.peer(ANNA).call()
        await world.until_phase(Phase.RINGING)
        await world.press("hangup")
        await world.until_sent("reject")
        await world.until_phase(Phase.IDLE)
        assert world.asked() == ["reject"]


async def test_call_does_nothing_in_a_call(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.press("call")
        world.hardware.speakerphones["speakerphone"].hook(off=True)
        await world.press("mute")  # a command behind it, to know that everything has been heard
        await world.until_sent("setMicMute")
        assert world.asked() == ["setMicMute"]


@pytest.mark.parametrize(
    ("pressed", "during", "sent"),
    [
        ("off", Phase.IDLE, "call"),
        ("off", Phase.RINGING, "accept"),
        ("on", Phase.RINGING, "reject"),
        ("on", Phase.CALLING, "hangUp"),
        ("on", Phase.IN_CALL, "hangUp"),
    ],
)
@pytest.mark.parametrize("phone", ["the Pi's", "the terminal's"])
async def test_the_hook_of_a_speakerphone(clock: object, phone: str, pressed: str, during: Phase, sent: str) -> None:
    async with a_room() as world:
        if during is Phase.RINGING:
            world.simulator.peer(ANNA).call()
        elif during is not Phase.IDLE:
            lift(world, phone)
        if during is Phase.IN_CALL:
            await world.until_phase(Phase.CALLING)
            world.simulator.peer(RECEPTION).answer()
        await world.until_phase(during)
        await passes(1)  # a speakerphone echoes its lamps for half a second
        world.forget_sent()
        (lift if pressed == "off" else put_down)(world, phone)
        await world.until_sent(sent)
        assert world.asked() == [sent]


def lift(world: World, phone: str) -> None:
    if phone == "the Pi's":
        world.hardware.speakerphones["speakerphone"].hook(off=True)
    else:
        press_hook(world, off=True)


def put_down(world: World, phone: str) -> None:
    if phone == "the Pi's":
        world.hardware.speakerphones["speakerphone"].hook(off=False)
    else:
        press_hook(world, off=False)


async def test_a_typed_number_is_shown_corrected_and_called(clock: object) -> None:
    async with a_room() as world:
        world.type("1*0")
        await world.until(lambda state: state.number == "1*0")
        world.hardware.keypads["keypad"].key("backspace")
        world.hardware.keypads["keypad"].key("backspace")
        world.type("00")
        await world.until(lambda state: state.number == "100")
        await world.press("call")
        await world.until_sent("call", peerId="100")
        assert world.state.number == ""


async def test_clear_drops_what_was_typed(clock: object) -> None:
    async with a_room() as world:
        world.type("12")
        await world.until(lambda state: state.number == "12")
        world.hardware.keypads["keypad"].key("clear")
        await world.until(lambda state: state.number == "")


async def test_the_keypads_call_key_calls_the_number_and_hook_off_does_too(clock: object) -> None:
    async with a_room() as world:
        world.type("7")
        world.hardware.keypads["keypad"].key("call")
        await world.until_sent("call", peerId="7")
        await world.until(lambda state: state.notice is not None)  # there is nobody called 7
        await world.until_phase(Phase.IDLE)
        await passes(1)  # a speakerphone echoes its lamps for half a second
        world.type("8")
        await world.until(lambda state: state.number == "8")
        world.hardware.speakerphones["speakerphone"].hook(off=True)
        await world.until_sent("call", peerId="8")


async def test_in_a_call_every_key_is_a_tone_in_its_order(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        world.type("0123456789*#ABCD")
        await world.until_terminal(lambda terminal: len(terminal.calls.tones) == 16)
        assert "".join(world.simulator.terminal.calls.tones).upper() == "0123456789*#ABCD"
        assert world.state.number == ""


@pytest.mark.parametrize("cause", [cause for cause in RejectCause if cause not in {RejectCause.JOIN_OK, *CAUSES}])
async def test_every_reason_for_which_the_other_side_declines_is_said_in_words(
    clock: object, cause: RejectCause
) -> None:
    async with a_room() as world:
        await world.press("call")
        await world.until_phase(Phase.CALLING)
        world.simulator.peer(RECEPTION).reject(cause)
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert str(int(cause)) not in str(state.notice.text)
        await world.until_phase(Phase.IDLE)
        await world.until(lambda state: state.notice is None)  # and it goes away


@pytest.mark.parametrize(("setting", "for_all"), [("", False), ("hang_up_for_all = true", True)])
async def test_a_group_conference_of_our_own_ends_for_all_only_where_the_configuration_says_so(
    clock: object, setting: str, for_all: bool
) -> None:
    async with a_room(room=setting) as world:
        await create_conference(world)
        await world.press("hangup")
        assert (await world.until_sent("hangUp"))["forAll"] is for_all
        await world.until_phase(Phase.IDLE)


async def create_conference(world: World) -> None:
    """Another controller, authorised as user, opens a conference at the same terminal."""
    with world.simulator.changing() as terminal:
        terminal.calls.create("Review", ConferenceType.SYMMETRIC, [JOHN], auto_join=False)
    state = await world.until_phase(Phase.IN_CALL)
    assert state.conversation is not None
    assert state.conversation.group
    world.forget_sent()


async def test_a_group_conference_of_somebody_else_is_left_without_a_word_about_all(clock: object) -> None:
    async with a_room(room="hang_up_for_all = true") as world:
        world.simulator.peer(JOHN).call(ConferenceType.ROLE_BASED, "Lecture")
        state = await world.until_phase(Phase.RINGING)
        assert state.conversation is not None
        assert state.conversation.title == "Lecture"
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        await world.press("hangup")
        assert "forAll" not in await world.until_sent("hangUp")
        await world.until_phase(Phase.IDLE)


async def test_the_other_side_hangs_up(clock: object) -> None:
    async with a_room() as world:
        await world.in_a_call()
        await world.until_hardware(lambda: world.lamp("in_call"))
        world.simulator.peer(RECEPTION).leave()
        await world.until_phase(Phase.IDLE)
        await world.until_hardware(lambda: not world.lamp("in_call"))
        assert world.asked() == []


async def test_a_bouncing_contact_is_one_press(clock: object) -> None:
    async with a_room() as world:
        for _ in range(100):
            world.hardware.gpio.press("call")
            world.hardware.gpio.release("call")
        world.hardware.gpio.press("call")
        await world.until_phase(Phase.CALLING)
        await passes(1)
        assert world.asked() == ["call"]


async def test_a_room_that_waits_to_be_let_in_is_in_no_call_until_it_is(clock: object) -> None:
    async with a_room() as world:
        anna = world.simulator.peer(ANNA)
        anna.call(ConferenceType.SYMMETRIC, "Planning")
        await world.until_phase(Phase.RINGING)
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        await world.until_hardware(lambda: world.lamp("in_call"))

        anna.waiting_room()
        state = await world.until_phase(Phase.WAITING_ROOM)
        assert state.conversation is not None
        assert state.conversation.since is None
        await world.until_hardware(lambda: not world.lamp("in_call"))

        world.simulator.drop()  # what was read again says the same
        await world.until_phase(Phase.UNKNOWN)
        await world.until_phase(Phase.WAITING_ROOM)

        anna.waiting_room(inside=False)
        await world.until_phase(Phase.IN_CALL)
        await world.until_hardware(lambda: world.lamp("in_call"))
        anna.waiting_room()
        await world.until_phase(Phase.WAITING_ROOM)
        await world.press("hangup")
        await world.until_sent("hangUp")
        await world.until_phase(Phase.IDLE)


async def test_a_call_is_ended_by_a_press_that_comes_before_the_terminals_first_word(clock: object) -> None:
    async with a_room() as world:
        world.simulator.stall(2)
        await world.press("call")
        await world.press("hangup")
        await world.press("call")
        assert world.asked() == []  # the terminal does not even read
        await passes(5)
        assert world.asked() == ["call", "hangUp", "call"]
        await world.until_phase(Phase.CALLING)
