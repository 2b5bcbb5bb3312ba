"""What every way to be a camera has in common, whatever the controller is on."""

from collections.abc import Callable
from typing import Protocol

import structlog
import trio

from drivers.visca.actions import Action
from drivers.visca.body import Body
from drivers.visca.camera import Camera
from drivers.visca.config import Allowed, NetworkConfig
from drivers.visca.models import MODELS
from drivers.visca.presets import Presets
from drivers.visca.profile import Position

log = structlog.get_logger()

LOOK_AGAIN = 0.05
"""Seconds between looks at the position while a controller waits for a move to be completed."""
NAMED = 8
"""Strangers that the log names; more would be a way to fill it."""


class CameraRole(Protocol):
    """Somewhere that controllers find us and move us."""

    async def run(
        self, emit: Callable[[Action], None], *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Call `emit`, in the event loop, for all that controllers ask for, until cancelled; raises DeviceError."""


class NetworkBody:
    """The one camera that all controllers on a network see."""

    def __init__(self, config: NetworkConfig, position: Callable[[], Position], presets: Presets | None) -> None:
        self._config = config
        self._position = position
        self._body = Body(presets)
        self._allowed = Allowed(config.allow)
        self._strangers: set[str] = set()

    def camera(self) -> Camera:
        """It, for one more controller."""
        return Camera(
            1,
            self._position,
            clock=trio.current_time,
            profile=MODELS[self._config.model],
            alone=True,
            body=self._body,
        )

    def knows(self, host: str) -> bool:
        """Whether this host may move it; says once in the log who may not."""
        if host in self._allowed:
            return True
        if host not in self._strangers and len(self._strangers) < NAMED:
            self._strangers.add(host)
            log.warning("a stranger speaks to the camera, see `allow`", listen=self._config.listen, host=host)
        return False
