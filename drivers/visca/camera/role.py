"""What every way to be a camera has in common, whatever the controller is on."""

from collections.abc import Callable, Sequence
from typing import Protocol

import structlog
import trio

from drivers.visca.camera.body import Body
from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain, Neighbour
from drivers.visca.config import Allowed, NetworkConfig
from drivers.visca.model.actions import Action
from drivers.visca.model.models import MODELS
from drivers.visca.model.profile import Position, Profile
from drivers.visca.model.stored_positions import Presets

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


def beside(own: Camera, neighbours: Sequence[Neighbour], profile: Profile) -> Camera | Chain:
    """Our camera with its neighbours; all of them appear to be of one model."""
    if not neighbours:
        return own
    clock = trio.current_time
    others = [(_seen(other, profile), other.act) for other in sorted(neighbours, key=lambda other: other.number)]
    return Chain(own, others, clock=clock)


def _seen(other: Neighbour, profile: Profile) -> Camera:
    return Camera(
        other.number,
        other.position,
        clock=trio.current_time,
        profile=profile,
        body=other.body,
        accepts=other.accepts,
    )


class NetworkBody:
    """The one camera that all controllers on a network see."""

    def __init__(
        self,
        config: NetworkConfig,
        position: Callable[[], Position],
        presets: Presets | None,
        neighbours: Sequence[Neighbour],
    ) -> None:
        self._config = config
        self._profile = MODELS[config.model]
        self._position = position
        self._body = Body(presets)
        self._neighbours = neighbours
        self._allowed = Allowed(config.allow)
        self._strangers: set[str] = set()

    def camera(self) -> Camera | Chain:
        """It, and those beside it, for one more controller."""
        own = Camera(1, self._position, clock=trio.current_time, profile=self._profile, alone=True, body=self._body)
        return beside(own, self._neighbours, self._profile)

    def knows(self, host: str) -> bool:
        """Whether this host may move it; says once in the log who may not."""
        if host in self._allowed:
            return True
        if host not in self._strangers and len(self._strangers) < NAMED:
            self._strangers.add(host)
            log.warning("stranger_not_allowed", listen=self._config.listen, host=host)
        return False
