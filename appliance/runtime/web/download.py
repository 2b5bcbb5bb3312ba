"""A file that is sent as it comes from somewhere else: nothing of it is held here but the piece on its way.

What it comes from is opened before the head is sent, so that a refusal still has its status. Where it ends early, so
does the answer, short of the length that its head tells: the client knows that it has not got the file.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from appliance.runtime.web.uploads import FILE


class Download(Response):
    """Sends what `opens` gives: how many bytes, and the bytes in pieces. `name`: of the file."""

    def __init__(self, opens: AbstractAsyncContextManager[tuple[int, AsyncIterator[bytes]]], name: str) -> None:
        """Nothing is opened before it is sent."""
        super().__init__(media_type=FILE, headers={"Content-Disposition": f'attachment; filename="{name}"'})
        self._opens = opens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # as ASGI has it
        """Sends the head once there is something to send, and then the pieces."""
        async with self._opens as (size, pieces):
            headers = [each for each in self.raw_headers if each[0] != b"content-length"]
            headers.append((b"content-length", str(size).encode()))
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
