"""Devices that are plugged in are taken at once, instead of when their service tries again by itself."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import structlog
import trio

from drivers.hotplug import Unavailable

log = structlog.get_logger()


class Plugs(Protocol):
    """What is plugged in, one time after the other; see `drivers.hotplug.Plugs`."""

    async def next(self) -> frozenset[str]:
        """Waits until something is plugged in, and says in which subsystems. Unavailable."""
        ...


Watch = Callable[[Sequence[str]], Awaitable[Plugs]]


class HotplugService:
    """Calls `wake` with each of `subsystems` in which something was plugged in.

    Where nobody tells, the services' own tries are all there is: that is said once, and is no failure.
    """

    def __init__(self, watch: Watch, subsystems: Sequence[str], wake: Callable[[str], None]) -> None:
        self._watch = watch
        self._subsystems = subsystems
        self._wake = wake

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows until cancelled; holds nobody up."""
        task_status.started()
        try:
            await self._follow()
        except Unavailable as error:
            log.warning("hotplug_unavailable", reason=str(error))
        await trio.sleep_forever()

    async def _follow(self) -> None:
        plugs = await self._watch(self._subsystems)
        while True:
            for subsystem in sorted(await plugs.next()):
                self._wake(subsystem)
