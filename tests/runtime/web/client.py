"""A small HTTP client for tests: one request, one answer, over a real socket."""

import json
import ssl
from collections.abc import Mapping
from typing import Any

import h11
import msgspec
import trio
import trio.testing
from trio.testing import MockClock

from appliance.runtime.web.connections import GRACE
from tests.virtual_time import real

Address = tuple[str, int]
SERVER_NAME = "offhook-1234.local"


class Answer(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # whatever the server said
        return json.loads(self.body)


async def request(
    address: Address,
    method: str,
    target: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """One exchange; `headers` replace the usual ones; with `tls` over HTTPS, from the server `SERVER_NAME`."""
    usual = {"Host": f"127.0.0.1:{address[1]}", "Content-Length": str(len(body)), "Connection": "close"}
    every = list((usual | dict(headers or {})).items())
    connection = h11.Connection(h11.CLIENT)
    with trio.fail_after(real(5)):
        async with await _connect(address, tls) as stream:
            sent = [h11.Request(method=method, target=target, headers=every), h11.Data(data=body), h11.EndOfMessage()]
            await stream.send_all(b"".join(connection.send(event) or b"" for event in sent))
            return await read_answer(connection, stream)


async def get(
    address: Address, target: str, headers: Mapping[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Answer:
    return await request(address, "GET", target, headers=headers, tls=tls)


async def post(address: Address, target: str, value: object) -> Answer:
    headers = {"Content-Type": "application/json"}
    return await request(address, "POST", target, json.dumps(value).encode(), headers)


async def left_after_its_grace(nursery: trio.Nursery, clock: MockClock) -> frozenset[trio.lowlevel.Task]:
    """Cancels a server and lets its grace pass on a clock that else stands still; returns what runs on all the same.

    The caller looks at it outside the nursery: in a scope that is cancelled, Cancelled replaces a failed assertion.
    """
    nursery.cancel_scope.cancel()
    with trio.CancelScope(shield=True):
        await trio.testing.wait_all_tasks_blocked(0.01)
        clock.jump(GRACE)
        await trio.testing.wait_all_tasks_blocked(0.01)
    return nursery.child_tasks


async def _connect(address: Address, tls: ssl.SSLContext | None) -> trio.abc.Stream:
    stream = await trio.open_tcp_stream(*address)
    return trio.SSLStream(stream, tls, server_hostname=SERVER_NAME, https_compatible=True) if tls else stream


async def read_answer(connection: h11.Connection, stream: trio.abc.Stream) -> Answer:
    """What a server answers."""
    answer = Answer(0, {}, b"")
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(bytes(await stream.receive_some()))
        elif isinstance(event, h11.Response):
            answer.status = event.status_code
            answer.headers = {name.decode(): value.decode() for name, value in event.headers}
        elif isinstance(event, h11.Data):
            answer.body += event.data
        elif isinstance(event, h11.EndOfMessage):
            return answer
