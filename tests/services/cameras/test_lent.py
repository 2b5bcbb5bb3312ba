"""The room's camera goes where the other side turned the terminal's."""

import pytest
import trio

from appliance.room.parts.camera import Camera
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.services.cameras.lent import FOLLOW_EVERY, TRIES, LentCameraService
from appliance.terminal.messages.devices import Axis
from drivers.visca.model.actions import Action, DriveTo
from drivers.visca.model.profile import Position
from tests.virtual_time import passes


def room(pan: float, *, lent: bool = True) -> RoomState:
    axis = Axis(support=True, min_value=-100, max_value=100, current_value=pan)
    return RoomState(camera=Camera(pan=axis), camera_lent=frozenset({"anna"} if lent else ()))


@pytest.mark.parametrize("busy", [0, 3, TRIES])
async def test_a_camera_that_is_busy_is_sent_again_until_it_is_there_or_it_is_hopeless(
    autojump_clock: object, busy: int
) -> None:
    state, asked, at = Followed(room(0)), list[Action](), [Position(0.5)]

    def ask(action: Action) -> None:
        asked.append(action)
        if len(asked) > busy and isinstance(action, DriveTo):
            at[0] = Position(action.pan)

    service = LentCameraService(state, ask, lambda: at[0])
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        state.value = room(50)
        await passes(FOLLOW_EVERY * (TRIES + 2))
        assert asked == [DriveTo(0.75)] * min(busy + 1, TRIES)
        nursery.cancel_scope.cancel()


async def test_what_the_room_itself_moves_and_what_is_read_first_moves_nothing(autojump_clock: object) -> None:
    state, asked = Followed(RoomState()), list[Action]()
    service = LentCameraService(state, asked.append, Position)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        for next_state in (room(0), room(50, lent=False), RoomState(), room(20)):
            state.value = next_state
            await passes(1.0)
        assert asked == []
        nursery.cancel_scope.cancel()
