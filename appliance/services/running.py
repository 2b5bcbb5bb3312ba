"""Services of one kind that run now, found by name: for whoever wants something of a device only while it is there."""

from typing import Generic, TypeVar

import trio

from appliance.runtime.supervisor import Run

T = TypeVar("T")


class Running(Generic[T]):
    """Those that run. A room that is built anew has new services of the same names, which may never be begun."""

    def __init__(self) -> None:
        self._running: dict[str, T] = {}

    def joined(self, name: str, service: T, run: Run) -> Run:
        """Returns a service that runs `run`, while which `service` is found by its name."""

        async def joined(*, task_status: trio.TaskStatus[None]) -> None:
            self._running[name] = service
            try:
                await run(task_status=task_status)
            finally:
                self._running.pop(name, None)

        return joined

    def get(self, name: str) -> T | None:
        """Returns the one of this name; None: it does not run."""
        return self._running.get(name)
