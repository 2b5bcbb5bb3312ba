"""What may stand between a room and its deputy: requests that never arrive, and answers that are lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import trio

from appliance.deputy.requests import Request, request_in
from appliance.deputy.serve import serve
from tests.run.editing.boxes import Box

MANY = 1 << 20  # bytes


class Between:
    """Passes requests on to the deputy. `stopped`: what is not passed on. `cut`: whose answers are lost.

    `after`: the same, once something of this kind was passed on.
    """

    def __init__(self, beyond: Path) -> None:
        self._beyond = beyond
        self.stopped: tuple[type[Request], ...] = ()
        self.cut: tuple[type[Request], ...] = ()
        self.after: dict[type[Request], tuple[type[Request], ...]] = {}
        self.waits = trio.Event()

    async def talk(self, stream: trio.SocketStream) -> None:
        async with stream:
            line = bytes(await stream.receive_some(MANY))
            request = request_in(line.partition(b"\n")[0])
            if isinstance(request, self.stopped):
                self.waits.set()
                await trio.sleep_forever()
            answer = await self.asked(line)
            if not isinstance(request, self.cut):
                await stream.send_all(answer)
            self.cut = self.after.get(type(request), self.cut)

    async def asked(self, line: bytes) -> bytes:
        async with await trio.open_unix_socket(str(self._beyond)) as stream:
            await stream.send_all(line)
            return b"".join([bytes(piece) async for piece in stream])


@asynccontextmanager
async def silenced(folder: Path) -> AsyncIterator[tuple[Box, Between]]:
    """A box whose deputy is there, and what is between the two."""
    one, between = Box(folder), Between(folder / "beyond.sock")
    async with trio.open_nursery() as nursery:
        await nursery.start(serve, folder / "beyond.sock", folder / "root", one.reload)
        with trio.socket.socket(trio.socket.AF_UNIX) as listening:
            await listening.bind(str(one.socket))
            listening.listen()
            nursery.start_soon(trio.serve_listeners, between.talk, [trio.SocketListener(listening)])
            yield one, between
            nursery.cancel_scope.cancel()
