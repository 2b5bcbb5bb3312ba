"""A stream whose beginning has been read already, for whoever has to read it again."""

import h11
import trio
from trio.socket import SocketType


class Begun(trio.abc.Stream):
    """The stream, with these bytes in front of what is still to come."""

    def __init__(self, stream: trio.abc.Stream, beginning: bytes) -> None:
        self._stream = stream
        self._beginning = beginning

    @property
    def socket(self) -> SocketType | None:
        """Where bytes may be written as they are; None where something lies in between, such as TLS."""
        return self._stream.socket if isinstance(self._stream, trio.SocketStream) else None

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        """Returns bytes as they were sent."""
        if not self._beginning:
            return await self._stream.receive_some(max_bytes)
        await trio.lowlevel.checkpoint()
        end = len(self._beginning) if max_bytes is None else max_bytes
        part, self._beginning = self._beginning[:end], self._beginning[end:]
        return part

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        """Sends to the stream."""
        await self._stream.send_all(data)

    async def wait_send_all_might_not_block(self) -> None:
        """Waits for the stream."""
        await self._stream.wait_send_all_might_not_block()

    async def aclose(self) -> None:
        """Closes the stream."""
        await self._stream.aclose()


def text_of(request: h11.Request) -> bytes:
    """Returns the head of a request as it is sent."""
    lines = [b"%s %s HTTP/%s" % (request.method, request.target, request.http_version)]
    lines += [b"%s: %s" % (name, value) for name, value in request.headers]
    return b"\r\n".join([*lines, b"", b""])
