"""Stands in for the firmware at its socket: says what a test wants it to say, and counts who asks it to look."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import trio

from appliance.card.update import room

UP: dict[str, Any] = {"link": "up", "offline": [], "busy": False}


class Firmware:
    """`says` goes to whoever connects, and each later one to all who are connected."""

    def __init__(self, says: dict[str, Any]) -> None:
        self._says = says
        self._streams: list[trio.SocketStream] = []
        self.looks = 0

    async def say(self, **says: Any) -> None:
        self._says = self._says | says
        for stream in self._streams:
            await stream.send_all(self._line())

    def _line(self) -> bytes:
        return msgspec.json.encode(self._says) + b"\n"

    async def serve(self, stream: trio.SocketStream) -> None:
        async with stream:
            self._streams.append(stream)
            await stream.send_all(self._line())
            while await stream.receive_some(64):
                self.looks += 1
            self._streams.remove(stream)


@asynccontextmanager
async def firmware(root: Path, **says: Any) -> AsyncIterator[Firmware]:
    """One that runs, below a machine's root."""
    where = root / room.SOCKET.relative_to("/")
    where.parent.mkdir(parents=True, exist_ok=True)
    where.unlink(missing_ok=True)
    made = Firmware(UP | says)
    bound = trio.socket.socket(trio.socket.AF_UNIX)
    await bound.bind(str(where))
    bound.listen(8)
    async with trio.open_nursery() as nursery:
        await nursery.start(serve, made, trio.SocketListener(bound))
        yield made
        nursery.cancel_scope.cancel()


async def serve(made: Firmware, listener: trio.SocketListener, *, task_status: trio.TaskStatus[None]) -> None:
    task_status.started()
    async with listener:
        await trio.serve_listeners(made.serve, [listener])
