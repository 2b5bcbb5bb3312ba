"""Cameras across the call: a joystick moves the other side's, and the other side asks for the room's."""

from functools import partial

import trio

from appliance.room.parts.camera import CameraAnswer
from appliance.room.people.peer_ids import whose
from appliance.room.people.who import same_peer
from appliance.room.state import Phase, RoomState
from appliance.services.cameras.far_end import REFUSED_FOR
from appliance.simulator.model.terminal import Terminal
from tests.e2e.world import JOHN, PATIENCE, World, a_room
from tests.virtual_time import passes

RIGHT, STOP = "87 01 06 01 05 05 02 03 FF", "87 01 06 01 05 05 03 03 FF"
FAR = "[far_end]\nnumber = 7"


def requests(how: str) -> str:
    buttons = '[buttons.yes]\npin = 24\npress = "camera allow"\n[buttons.no]\npin = 25\npress = "camera refuse"'
    return f'[far_end]\nrequests = "{how}"\n{buttons}\n[lamps.camera_asked]\npin = 20'


async def in_call(world: World) -> None:
    world.simulator.peer(JOHN).call()
    await world.until_phase(Phase.RINGING)
    await world.press("call")
    await world.until(lambda state: state.phase is Phase.IN_CALL and state.conversation is not None)
    world.forget_sent()


def asks(world: World) -> None:
    """The other side wants the room's camera, and the terminal does not decide that by itself."""
    world.simulator.terminal.settings.values["cameraRemoteControlAccess"] = 1
    world.simulator.peer(JOHN).ask_for_camera()


async def heard(world: World, count: int) -> bytes:
    said = b""
    with trio.fail_after(PATIENCE):
        while said.count(0xFF) < count:
            said = (said + world.hardware.serials["joystick"].read()).removeprefix(b"\x90\x38\xff")  # switched on
            await passes(0.01)
    return said


def far_pan(terminal: Terminal) -> float | None:
    """Where the other side's camera looks; None while the room may not move it."""
    conference = terminal.calls.conference
    camera = conference.camera_control.controlled.get(JOHN) if conference else None
    return camera.positions()["pan"] if camera else None


def may_move(state: RoomState) -> bool:
    return state.far_camera is not None and state.far_camera.answer is CameraAnswer.GRANTED


async def granted(world: World) -> None:
    world.joystick(RIGHT)
    await world.until_sent("requestParticipantCameraControl", callId=JOHN)
    world.simulator.peer(JOHN).give_camera()
    await world.until_sent("remotelyControlledCameraPtzRight", cameraOwnerCallId=JOHN)


async def test_the_first_movement_asks_and_then_the_camera_moves_until_the_stick_is_let_go(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        await granted(world)
        assert await heard(world, 2) == bytes.fromhex("F0 41 FF F0 51 FF")
        await passes(1.0)
        world.joystick(STOP)
        await heard(world, 2)
        await passes(0.5)
        pan = far_pan(world.simulator.terminal)
        assert pan is not None
        assert pan > 10
        await passes(2.0)
        assert far_pan(world.simulator.terminal) == pan
        assert [one for one in world.asked() if one == "requestParticipantCameraControl"] == [
            "requestParticipantCameraControl"
        ]


async def test_a_stick_that_was_let_go_before_the_answer_moves_nothing(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        world.joystick(RIGHT)
        await world.until_sent("requestParticipantCameraControl")
        world.joystick(STOP)
        await heard(world, 4)
        world.simulator.peer(JOHN).give_camera()
        await world.until(may_move)
        await passes(2.0)
        assert "remotelyControlledCameraPtzRight" not in world.asked()


async def test_a_refusal_is_shown_and_told_to_the_joystick(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        world.joystick(RIGHT)
        await world.until_sent("requestParticipantCameraControl")
        await heard(world, 2)
        world.simulator.peer(JOHN).give_camera(allow=False, reason=3)
        state = await world.until(
            lambda state: state.notice is not None and "cannot be moved" in str(state.notice.text)
        )
        assert state.far_camera is not None
        await passes(0.1)
        world.joystick(RIGHT)
        assert await heard(world, 1) == bytes.fromhex("F0 61 41 FF")
        world.joystick(STOP)
        assert await heard(world, 2) == bytes.fromhex("F0 41 FF F0 51 FF")
        await passes(REFUSED_FOR)
        world.forget_sent()
        world.joystick(RIGHT)
        await world.until_sent("requestParticipantCameraControl")


async def test_what_the_owner_takes_back_stops_and_is_asked_for_anew(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        await granted(world)
        world.simulator.peer(JOHN).give_camera(allow=False)
        await world.until(lambda state: state.far_camera is None)
        await passes(1.0)
        world.forget_sent()
        await passes(2.0)
        assert world.asked() == []


async def test_the_end_of_the_call_ends_it_and_without_a_call_there_is_no_such_camera(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        await granted(world)
        world.simulator.peer(JOHN).leave()
        await world.until_phase(Phase.IDLE)
        assert world.state.far_camera is None
        world.joystick(STOP)
        await heard(world, 4)
        await passes(REFUSED_FOR + 1)
        world.forget_sent()
        world.joystick(RIGHT)
        assert await heard(world, 1) == bytes.fromhex("F0 61 41 FF")
        assert world.state.notice is not None
        assert world.asked() == []


async def test_control_from_before_the_link_was_lost_is_found_and_not_asked_for(clock: object) -> None:
    async with a_room(terminal=FAR) as world:
        await in_call(world)
        await granted(world)
        world.joystick(STOP)
        await heard(world, 4)
        world.simulator.drop()
        await world.until(lambda state: state.phase is Phase.UNKNOWN)
        await world.until(lambda state: state.phase is Phase.IN_CALL and bool(state.conversation))
        await passes(REFUSED_FOR + 1)
        world.forget_sent()
        world.joystick(RIGHT)
        await world.until_sent("remotelyControlledCameraPtzRight")
        assert "requestParticipantCameraControl" not in world.asked()


async def test_who_asks_for_the_rooms_camera_is_refused_unless_the_configuration_says_otherwise(clock: object) -> None:
    async with a_room() as world:
        await in_call(world)
        asks(world)
        await world.until_sent("rejectRequestCameraControl", callId=JOHN)
        await world.until(lambda state: state.notice is not None and "may not move" in str(state.notice.text))


async def test_where_it_is_allowed_they_move_the_rooms_camera(clock: object) -> None:
    async with a_room(terminal=requests("allow")) as world:
        await in_call(world)
        asks(world)
        await world.until_sent("acceptRequestCameraControl", callId=JOHN)
        await world.until(lambda state: any(same_peer(who, JOHN) for who in state.camera_lent))
        world.simulator.peer(JOHN).drive_camera("pan", 1)
        await world.until(lambda state: state.camera is not None and state.camera.pan.current_value > 3)


async def test_where_the_room_is_asked_a_lamp_blinks_and_a_press_decides(clock: object) -> None:
    for button, method in (("yes", "acceptRequestCameraControl"), ("no", "rejectRequestCameraControl")):
        async with a_room(terminal=requests("ask")) as world:
            await in_call(world)
            asks(world)
            state = await world.until(
                lambda state: state.notice is not None and "asks to move" in str(state.notice.text)
            )
            assert [whose(who.peer_id) for who in state.camera_wanted] == [JOHN]
            await world.until_hardware(partial(world.lamp, "camera_asked"))
            assert world.asked() == []
            await world.until_seen(lambda state: bool(state.camera_wanted))
            await world.press(button)
            await world.until_sent(method, callId=JOHN)
            await world.until(lambda state: not state.camera_wanted)


async def test_where_the_room_does_not_answer_it_is_a_refusal(clock: object) -> None:
    async with a_room(terminal=requests("ask")) as world:
        await in_call(world)
        asks(world)
        await world.until(lambda state: bool(state.camera_wanted))
        await passes(18.0)
        assert world.asked() == []
        await world.until_sent("rejectRequestCameraControl", callId=JOHN)


async def test_a_button_moves_the_other_sides_camera_from_press_to_release(clock: object) -> None:
    button = '[buttons.far]\npin = 24\npress = "camera right"\ncamera = "far_end"'
    async with a_room(terminal=button) as world:
        await in_call(world)
        world.hardware.gpio.press("far")
        await world.until_sent("requestParticipantCameraControl", callId=JOHN)
        world.simulator.peer(JOHN).give_camera()
        await world.until(may_move)
        before = far_pan(world.simulator.terminal)
        await world.until_terminal(lambda terminal: far_pan(terminal) != before)
        world.hardware.gpio.release("far")
        await passes(1)
        there = far_pan(world.simulator.terminal)
        await passes(5)
        assert far_pan(world.simulator.terminal) == there


async def test_outside_a_call_a_button_says_that_there_is_no_such_camera(clock: object) -> None:
    button = '[buttons.far]\npin = 24\npress = "camera right"\ncamera = "far_end"'
    async with a_room(terminal=button) as world:
        await world.press("far")
        state = await world.until(lambda state: state.notice is not None)
        assert state.notice is not None
        assert state.notice.text.key == "notice.no_far_camera"
        assert world.asked() == []
