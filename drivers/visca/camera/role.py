"""What the camera role needs on every transport: the camera, its chain, and who may control it."""

import errno
import os
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog
import trio

from drivers.errors import DeviceMissing
from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain, ChainedCamera
from drivers.visca.camera.executor import Abilities, always_available
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.config import Allowed, NetworkConfig
from drivers.visca.model.actions import Action
from drivers.visca.model.models import MODELS
from drivers.visca.model.profile import Position, Profile
from drivers.visca.model.stored_positions import Presets

log = structlog.get_logger()

LOOK_AGAIN = 0.05
"""Seconds between checks of the position while a controller waits for the completion of a move."""
NAMED = 8
"""How many refused hosts the log names; without a limit anybody could fill it."""


class CameraRole(Protocol):
    """One transport on which controllers reach the camera."""

    async def run(
        self, emit: Callable[[Action], None], *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Calls `emit`, in the event loop, for all that controllers ask for, until cancelled; raises DeviceError."""


def with_chained_cameras(
    own: Camera, chained_cameras: Sequence[ChainedCamera], profile: Profile, *, point_to_point: bool = False
) -> Camera | Chain:
    """Returns our camera, with the chained cameras where there are any; all appear as the same model."""
    if not chained_cameras:
        return own
    clock = trio.current_time
    others = [(_seen(other, profile), other.act) for other in sorted(chained_cameras, key=lambda other: other.number)]
    return Chain(own, others, clock=clock, point_to_point=point_to_point)


def _seen(other: ChainedCamera, profile: Profile) -> Camera:
    return Camera(
        other.number,
        other.position,
        clock=trio.current_time,
        profile=profile,
        shared=other.shared,
        abilities=other.abilities,
    )


class NetworkCamera:
    """The one camera that all controllers of one network address see, whatever the transport."""

    def __init__(
        self,
        config: NetworkConfig,
        position: Callable[[], Position],
        presets: Presets | None = None,
        chained_cameras: Sequence[ChainedCamera] = (),
        *,
        available: Callable[[], bool] = always_available,
    ) -> None:
        """`position` returns where the camera is or was last, `available` whether it can be reached.

        Both are called in the event loop and must not block.
        """
        self._config = config
        self._profile = MODELS[config.model]
        self._position = position
        self._shared = SharedState(presets)
        self._abilities = Abilities(available=available)
        self._chained_cameras = chained_cameras
        self._allowed = Allowed(config.allow)
        self._strangers: set[str] = set()

    def _camera(self) -> Camera | Chain:
        """Returns the camera, with those chained to it, as one more controller sees it."""
        own = Camera(
            1,
            self._position,
            clock=trio.current_time,
            profile=self._profile,
            point_to_point=True,
            shared=self._shared,
            abilities=self._abilities,
        )
        return with_chained_cameras(own, self._chained_cameras, self._profile, point_to_point=True)

    def _allows(self, host: str) -> bool:
        """Returns whether this host may control it; a refused host is logged once."""
        if host in self._allowed:
            return True
        if host not in self._strangers and len(self._strangers) < NAMED:
            self._strangers.add(host)
            log.warning("stranger_not_allowed", listen=self._config.listen, host=host)
        return False

    def _not_listening(self, error: OSError) -> DeviceMissing:
        return DeviceMissing(f"visca {self._config.listen}: {_why(error)}")


def _why(error: OSError) -> str:
    """Returns why the address cannot be listened on, in words for the administrator."""
    if error.errno == errno.EADDRNOTAVAIL:
        return "this machine does not have that address"
    return os.strerror(error.errno) if error.errno else str(error)
