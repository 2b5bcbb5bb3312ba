"""A deputy on a real socket that answers as it is told to, and remembers what it was asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import trio

from appliance.deputy.requests import Answer, Done, Made, Request, Restore, line_of, request_in

BACKUP = b"offhook backup 1\n" + bytes(range(256)) * 4000


class Told:
    """What it answers to requests by their types, and what came; `Done` to all others.

    `content`: what follows where something is made. `cut`: how much of that it says it has, and does not send.
    `is_silent`: it takes what it is asked, and says nothing.
    """

    def __init__(self, **answers: Answer) -> None:
        self.answers = answers
        self.content = BACKUP
        self.cut = 0
        self.is_silent = False
        self.asked = list[Request]()
        self.sent = list[bytes]()

    async def talk(self, stream: trio.SocketStream) -> None:
        async with stream:
            read = bytearray()
            while b"\n" not in read:
                read += await stream.receive_some()
            line, _, rest = bytes(read).partition(b"\n")
            request = request_in(line)
            while isinstance(request, Restore) and len(rest) < request.size:
                rest += await stream.receive_some()
            self.asked.append(request)
            self.sent.append(rest)
            if self.is_silent:
                return
            answer = self.answers.get(type(request).__name__, Done())
            content = self.content[: answer.size - self.cut] if isinstance(answer, Made) else b""
            await stream.send_all(line_of(answer) + content)


@asynccontextmanager
async def deputy(path: Path, told: Told) -> AsyncIterator[Told]:
    """Serves at the path."""
    with trio.socket.socket(trio.socket.AF_UNIX) as listening:
        await listening.bind(str(path))
        listening.listen()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(trio.serve_listeners, told.talk, [trio.SocketListener(listening)])
            yield told
            nursery.cancel_scope.cancel()
