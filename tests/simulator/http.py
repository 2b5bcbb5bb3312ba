"""A small HTTP client over a real socket."""

import json
from typing import Any

import h11
import trio


async def request(port: int, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Status and JSON of one request; a body of bytes goes as it is."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
        connection = h11.Connection(h11.CLIENT)
        headers = {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(data)), "Connection": "close"}
        head = h11.Request(method=method, target=path, headers=list(headers.items()))
        for event in (head, h11.Data(data=data), h11.EndOfMessage()):
            await stream.send_all(connection.send(event) or b"")
        return await _answer(connection, stream)


async def _answer(connection: h11.Connection, stream: trio.SocketStream) -> tuple[int, Any]:
    status, content = 0, b""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await stream.receive_some())
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            content += bytes(event.data)
        else:
            return status, json.loads(content)
