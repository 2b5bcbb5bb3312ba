"""The demo's `room.toml`: a file of its own, with a deputy who changes it, for as long as the demo runs.

What is changed is taken while the room runs, as on a box. What would need a restart there is not taken here: the demo
would end with it.
"""

import contextlib
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import trio

from appliance.deputy.place import ROOM
from appliance.deputy.serve import serve


class DemoFile(NamedTuple):
    """`path`: of the file; `root`: the folder that looks like a machine to the deputy; `socket`: where it is asked.

    `state`: the folder for what a box keeps.
    """

    path: Path
    root: Path
    socket: Path
    state: Path


@contextmanager
def demo_file(text: str) -> Iterator[DemoFile]:
    """Yields the file with this text, which is gone afterwards, with all that was kept."""
    with tempfile.TemporaryDirectory(prefix="offhook-demo-") as name:
        folder = Path(name)
        path = folder / "root" / ROOM
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        yield DemoFile(path, folder / "root", folder / "deputy.sock", folder / "state")


async def change_demo_file(
    file: DemoFile,
    reload: Callable[[], Awaitable[object]],
    task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Lets the file be changed until it is cancelled; `reload` takes what it says. Started once it can be."""
    wishes, wanted = trio.open_memory_channel[None](1)  # one that waits is as good as several
    async with trio.open_nursery() as nursery:
        await nursery.start(serve, file.socket, file.root, partial(_wish, wishes))
        task_status.started()
        async for _ in wanted:
            await reload()


def _wish(wishes: trio.MemorySendChannel[None]) -> None:
    with contextlib.suppress(trio.WouldBlock):
        wishes.send_nowait(None)
