"""The camera role on a serial line, for a VISCA joystick."""

import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import structlog
import trio

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain, ChainedCamera
from drivers.visca.camera.executor import Abilities, always_available
from drivers.visca.camera.role import LOOK_AGAIN, with_chained_cameras
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.config import SerialConfig
from drivers.visca.line.serial_port import SerialPort
from drivers.visca.model.actions import Action
from drivers.visca.model.models import MODELS
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets
from drivers.visca.wire.framing import CONTROLLER, encode_frame
from drivers.visca.wire.replies import NETWORK_CHANGE

log = structlog.get_logger()


class Port(Protocol):
    """The interface of a line: `receive` and `send` as those of SerialPort."""

    async def receive(self, deadline: float) -> bytes:
        """Returns received bytes, empty at `deadline`. Raises DeviceLost: when the line is gone."""

    def send(self, data: bytes) -> bool:
        """Sends at once or not at all; returns whether the bytes were sent."""


class ViscaCamera:
    """The camera that a joystick on a serial line sees; `run` reports the joystick's actions. Run it once at a time."""

    def __init__(
        self,
        config: SerialConfig,
        position: Callable[[], Position],
        presets: Presets | None = None,
        chained_cameras: Sequence[ChainedCamera] = (),
        *,
        open_port: Callable[[SerialConfig], AbstractContextManager[Port]] = SerialPort,
        available: Callable[[], bool] = always_available,
        announces: bool = False,
    ) -> None:
        """`position` returns where the camera is or was last, `available` whether it can be reached.

        Both are called in the event loop and must not block. `announces`: says with a network change when it begins
        that it has been switched on, so that a controller assigns addresses anew.
        """
        self._config = config
        self._position = position
        self._open_port = open_port
        self._presets = presets or Presets()
        self._chained_cameras = chained_cameras
        self._address = config.address
        self._abilities = Abilities(available=available)
        self._announces = announces

    async def run(
        self, emit: Callable[[Action], None], *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Calls `emit`, in the event loop, for everything the controller asks of the camera, until cancelled.

        `emit` must not block; what it raises ends `run`. It is called before the controller is answered.
        DeviceMissing: the line cannot be opened. DeviceLost: it went away, and whatever was set moving still moves.
        """
        with self._open_port(self._config) as port:
            log.info("joystick_ready", port=self._config.port, address=self._address)
            task_status.started()
            camera = self._camera()
            self._announce(port)
            try:
                await self._serve(camera, port, emit)
            finally:
                camera.leave()  # what we drive for it; that our own camera stops is for whoever runs us to see to
                self._address = camera.address  # the controller does not know that the line was gone

    def _announce(self, port: Port) -> None:
        """Announces the camera once; when a line comes back, the address that it was assigned still holds."""
        if self._announces:
            port.send(encode_frame(NETWORK_CHANGE, sender=self._address, receiver=CONTROLLER))
        self._announces = False

    def _camera(self) -> Camera | Chain:
        profile, shared = MODELS[self._config.model], SharedState(self._presets)
        own = Camera(
            self._address,
            self._position,
            clock=trio.current_time,
            profile=profile,
            shared=shared,
            abilities=self._abilities,
        )
        return with_chained_cameras(own, self._chained_cameras, profile)

    async def _serve(self, camera: Camera | Chain, port: Port, emit: Callable[[Action], None]) -> None:
        noticed = _Noticed(self._config.port)
        while True:
            data = await port.receive(trio.current_time() + LOOK_AGAIN if camera.under_way else math.inf)
            replies, actions = camera.feed(data)
            for action in actions:
                emit(action)
            if camera.under_way:
                replies += camera.check()
            if replies:
                port.send(replies)
            noticed.look(camera)


class _Noticed:
    """Logs once that a line carries garbage, and once that a message was not understood."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._garbage = self._strange = False

    def look(self, camera: Camera | Chain) -> None:
        if camera.dropped and not self._garbage:
            self._garbage = True
            log.warning("serial_line_garbage", port=self._port, hint="is the baud rate right?")
        if camera.not_understood and not self._strange:
            self._strange = True
            log.warning("joystick_not_understood", port=self._port)
