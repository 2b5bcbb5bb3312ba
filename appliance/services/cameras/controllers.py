"""VISCA controllers, on a serial line or the network, and the room: they believe that we are a camera."""

import math
from collections.abc import Callable, Sequence

import trio

from appliance.room import inputs
from appliance.room.inputs import Input, SourceGone
from appliance.room.parts.link import LinkPhase
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.terminal.messages.devices import Axis
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import CameraRole
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.camera.udp import UdpCamera
from drivers.visca.config import NetworkConfig, SerialConfig
from drivers.visca.model.actions import Action, Drive, DriveTo, Home, Movement, PassOn
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets


class ViscaControllerService:
    """Joins the controllers on one line, or at one address, to the room."""

    def __init__(
        self,
        name: str,
        config: SerialConfig | NetworkConfig,
        room: Followed[RoomState],
        put: Callable[[Input], None],
        presets: Presets | None = None,
        others: Sequence[ChainedCamera] = (),
    ) -> None:
        """`presets`: shared by all who move this camera. `others`: the cameras that they find on the same line."""
        self._name = name
        self._room = room
        self._put = put
        self._looks = Position()
        self._camera = camera_role(config, self._position, presets, others, self._available)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the line or address is not there or goes away.

        However it ends, nothing goes on moving that a controller can no longer stop.
        """
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._follow)
                await self._camera.run(self._heard, task_status=task_status)
        finally:
            self._put(SourceGone(self._name))

    def _heard(self, action: Action) -> None:
        if not isinstance(action, PassOn):  # the terminal's camera has no functions to pass anything on to
            self._put(meaning(action))

    async def _follow(self) -> None:
        """Keeps the last position for as long as the terminal is away."""
        while True:
            state = self._room.value
            self._position()
            await self._room.newer_than(state)

    def _available(self) -> bool:
        return self._room.value.link.phase is LinkPhase.UP

    def _position(self) -> Position:
        camera = self._room.value.camera
        if camera is not None:
            self._looks = Position(part(camera.pan), part(camera.tilt), part(camera.zoom))
        return self._looks


def camera_role(
    config: SerialConfig | NetworkConfig,
    position: Callable[[], Position],
    presets: Presets | None,
    others: Sequence[ChainedCamera],
    available: Callable[[], bool],
) -> CameraRole:
    """Returns the camera that stands where the configuration says; `position` says where it looks."""
    if isinstance(config, SerialConfig):
        return ViscaCamera(config, position, presets, others, available=available, announces=True)
    role = TcpCamera if config.transport == "tcp" else UdpCamera
    return role(config, position, presets, others, available=available)


def meaning(action: Movement) -> Input:
    """Returns what a controller asks, for the room. Its speeds end here: the terminal knows only start and stop."""
    match action:
        case Drive(pan=pan, tilt=tilt, zoom=zoom):
            return inputs.Drive(pan, tilt, zoom)
        case DriveTo(pan=pan, tilt=tilt, zoom=zoom, preset=preset):
            return inputs.DriveTo(pan, tilt, zoom, preset)
        case Home():
            return inputs.Home()


def part(axis: Axis) -> float | None:
    """Returns where an axis stands in parts of its range, 0.0 to 1.0; None where it is unknown."""
    reach = axis.max_value - axis.min_value
    where = (axis.current_value - axis.min_value) / reach if axis.support and reach else math.nan
    return max(0.0, min(1.0, where)) if math.isfinite(where) else None
