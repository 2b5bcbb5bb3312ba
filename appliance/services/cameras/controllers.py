"""VISCA controllers, on a serial line or the network, and the room: they believe that we are a camera."""

from collections.abc import Callable, Sequence

import trio

from appliance.room import inputs
from appliance.room.inputs import Input, SourceGone
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.terminal.messages.devices import Axis
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import CameraRole
from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.camera.udp import UdpCamera
from drivers.visca.config import NetworkConfig, SerialConfig
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets


class CameraService:
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
        self._camera = camera_role(config, self._position, presets, others)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled; raises `DeviceError` when the line or address is not there or goes away.

        However it ends, nothing goes on moving that a controller can no longer stop.
        """
        try:
            await self._camera.run(self._heard, task_status=task_status)
        finally:
            self._put(SourceGone(self._name))

    def _heard(self, action: Action) -> None:
        self._put(meaning(action))

    def _position(self) -> Position:
        camera = self._room.value.camera
        if camera is None:
            return Position(None, None, None)
        return Position(part(camera.pan), part(camera.tilt), part(camera.zoom))


def camera_role(
    config: SerialConfig | NetworkConfig,
    position: Callable[[], Position],
    presets: Presets | None,
    others: Sequence[ChainedCamera],
) -> CameraRole:
    """The camera that stands where the configuration says; `position` says where it looks."""
    if isinstance(config, SerialConfig):
        return ViscaCamera(config, position, presets, others)
    return (TcpCamera if config.transport == "tcp" else UdpCamera)(config, position, presets, others)


def meaning(action: Action) -> Input:
    """What a controller asks, for the room. Its speeds end here: the terminal knows only start and stop."""
    match action:
        case Drive(pan=pan, tilt=tilt, zoom=zoom):
            return inputs.Drive(pan, tilt, zoom)
        case DriveTo(pan=pan, tilt=tilt, zoom=zoom, preset=preset):
            return inputs.DriveTo(pan, tilt, zoom, preset)
        case Home():
            return inputs.Home()


def part(axis: Axis) -> float | None:
    """Where an axis stands in parts of its range, 0.0 to 1.0; None where it is unknown."""
    reach = axis.max_value - axis.min_value
    return (axis.current_value - axis.min_value) / reach if axis.support and reach else None
