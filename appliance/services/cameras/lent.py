"""The other side moves the terminal's camera; where the room's camera is another one, that goes where they turned it.

The terminal does not say what the other side asks for, only where its own camera looks then.
"""

from collections.abc import Callable

import trio

from appliance.room.parts.camera import Camera
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.services.cameras.controllers import part
from drivers.visca.camera.sockets import REACHED
from drivers.visca.model.actions import Action, DriveTo
from drivers.visca.model.profile import Position

FOLLOW_EVERY = 0.5
"""Seconds from one place that the camera is sent to, to the next."""
TRIES = 20
"""A camera that is on its way to two places takes no third: how often it is sent to the last of them."""


class LentCameraService:
    """Sends the room's camera after the terminal's while somebody at the other side may move that."""

    def __init__(
        self, room: Followed[RoomState], ask: Callable[[Action], None], position: Callable[[], Position]
    ) -> None:
        """`ask` sends the room's camera somewhere, `position` says where it looks."""
        self._room = room
        self._ask = ask
        self._position = position

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows until cancelled."""
        task_status.started()
        state = self._room.value
        while True:
            before, state = state, await self._room.newer_than(state)
            if before.camera is not None and before.camera != state.camera:
                await self._follow(state)

    async def _follow(self, state: RoomState) -> None:
        place = looks(state.camera)
        for _ in range(TRIES):
            if self._room.value.camera != state.camera or not self._room.value.camera_lent:
                return
            self._ask(DriveTo(place.pan, place.tilt, place.zoom))
            await trio.sleep(FOLLOW_EVERY)
            if near(place, self._position()):
                return


def looks(camera: Camera | None) -> Position:
    """Returns where the terminal's camera looks, in parts of each axis' range."""
    return Position(part(camera.pan), part(camera.tilt), part(camera.zoom)) if camera else Position()


def near(place: Position, other: Position) -> bool:
    """Returns whether they are the same place, as nearly as a camera comes to one."""
    axes = ((place.pan, other.pan), (place.tilt, other.tilt), (place.zoom, other.zoom))
    return all(to is None or (at is not None and abs(to - at) <= REACHED) for to, at in axes)
