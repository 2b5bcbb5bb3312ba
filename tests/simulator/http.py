"""A small HTTP client over a real socket."""

import json
from typing import Any, NamedTuple

import h11
import trio

from tests.runtime.web.client import read_answer


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes


async def request(port: int, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Status and JSON of one request; a body of bytes goes as it is."""
    data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    answer = await fetch(port, method, path, data)
    return answer.status, json.loads(answer.content)


async def upload(port: int, path: str, name: str, data: bytes, *, field: str = "file") -> Answer:
    """Sends a file as a browser's form does."""
    head = f'--b0undary\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--b0undary--\r\n"
    return await fetch(port, "POST", path, body, {"Content-Type": "multipart/form-data; boundary=b0undary"})


async def fetch(port: int, method: str, path: str, data: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
        connection = h11.Connection(h11.CLIENT)
        common = {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(data)), "Connection": "close"}
        head = h11.Request(method=method, target=path, headers=list({**common, **(headers or {})}.items()))
        for event in (head, h11.Data(data=data), h11.EndOfMessage()):
            await stream.send_all(connection.send(event) or b"")
        given = await read_answer(connection, stream)
    return Answer(given.status, given.headers, given.body)
