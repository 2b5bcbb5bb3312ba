"""Asks the deputy of this box; one connection a request, every wait bounded.

systemd starts a process for each connection, which on the slowest board takes two seconds before it reads a byte.
"""

import errno
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Final

import trio

from appliance.deputy.requests import LONGEST, Answer, Made, Request, answer_in, line_of
from appliance.language.text import Text, Worded

SOCKET: Final = Path("/run/offhook-deputy.sock")
PIECE: Final = 64 << 10  # bytes
WITHIN: Final = 30.0  # seconds for an answer, and then for each piece
SILENT: Final = Text("deputy.silent")


class NoDeputy(Worded):
    """There is nobody to ask, or no answer in time; `text` says what to do."""


class Silent(NoDeputy):
    """It was asked, and has not answered: nobody knows whether it does what it was asked."""


class Deputy:
    """The deputy at a socket."""

    def __init__(self, path: Path = SOCKET) -> None:
        self._path = path

    @property
    def is_there(self) -> bool:
        """Whether there is a socket: a box whose package has no helper, and one in development, have none."""
        return self._path.is_socket()

    async def ask(self, request: Request, sent: bytes = b"", within: float = WITHIN) -> Answer:
        """Returns the answer; `sent` follows the request. Of `Made`, its bytes are left unread: see `asking`.

        Raises `NoDeputy`: there is no socket; and `Silent`, which is one: no answer within so many seconds.
        """
        async with self.asking(request, sent, within) as (answer, _pieces):
            return answer

    @asynccontextmanager
    async def asking(
        self, request: Request, sent: bytes = b"", within: float = WITHIN
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """Yields the answer, and the bytes that follow it in pieces, which end with the last one.

        Raises `NoDeputy` as `ask`, also while the pieces are read: each may take `within` seconds.
        """
        async with await self._connected(within) as stream:
            answer, rest = await _answer(stream, line_of(request) + sent, within)
            size = answer.size if isinstance(answer, Made) else 0
            async with aclosing(_pieces(stream, rest, size, within)) as pieces:
                yield answer, pieces

    async def _connected(self, within: float) -> trio.SocketStream:
        try:
            with trio.fail_after(within):
                return await trio.open_unix_socket(str(self._path))
        except trio.TooSlowError:
            raise NoDeputy(SILENT) from None  # it was asked nothing
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ECONNREFUSED}:
                raise NoDeputy(Text("deputy.none")) from None
            raise NoDeputy(Text("deputy.not_reached", words=error.strerror or str(error))) from None


async def _answer(stream: trio.SocketStream, sent: bytes, within: float) -> tuple[Answer, bytes]:
    try:
        with trio.fail_after(within):
            await _send(stream, sent)
            line, rest = await _line(stream)
        return answer_in(line), rest
    except (trio.TooSlowError, trio.BrokenResourceError, ValueError):
        raise _silent() from None


async def _send(stream: trio.SocketStream, sent: bytes) -> None:
    try:
        await stream.send_all(sent)
    except trio.BrokenResourceError:
        return  # it has refused without reading all, and what it says may be there


async def _line(stream: trio.SocketStream) -> tuple[bytes, bytes]:
    """Returns the first line, and what came with it. Raises `ValueError` where there is none."""
    read = bytearray()
    while b"\n" not in read:
        piece = await stream.receive_some(PIECE)
        read += piece
        if not piece or len(read) > LONGEST:
            raise ValueError("no answer")
    line, _, rest = bytes(read).partition(b"\n")
    return line, rest


async def _pieces(stream: trio.SocketStream, first: bytes, size: int, within: float) -> AsyncGenerator[bytes, None]:
    piece = first[:size]
    while size:
        if piece:
            size -= len(piece)
            yield piece
        try:
            with trio.fail_after(within):
                piece = await stream.receive_some(min(size, PIECE)) if size else b""
        except (trio.TooSlowError, trio.BrokenResourceError):
            raise _silent() from None
        if size and not piece:
            raise _silent()


def _silent() -> Silent:
    return Silent(SILENT)
