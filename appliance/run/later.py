"""A service that takes long to build: built once it is sure to begin, and not to find out that it goes on as it was."""

import functools
from collections.abc import Callable

import trio

from appliance.runtime.supervisor import Run, Service


def later(name: str, build: Callable[[], Run]) -> Service:
    """Returns the service whose `run` is what `build` returns. It is built at most once, also for `run` again."""
    built = functools.cache(build)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        await built()(task_status=task_status)

    return Service(name, run, prepare=built)
