import json
from typing import Any

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.terminal import http
from appliance.terminal.discovery import Ports, discover
from tests.terminal.scripted import HOST, ScriptedTerminal, serve_tcp_locally

FALLBACK = Ports(8765, 8766, HOST, HOST)


async def assumed(*where: Any, **ports: Any) -> Ports:
    """Returns what is taken for the ports where the document does not tell them; why it does not is said."""
    found = await discover(*where, **ports)
    assert found.missing.startswith(f"{where[0]}:{where[1]}: ")
    return msgspec.structs.replace(found, missing="")


def document(**parts: object) -> bytes:
    return json.dumps({"config": parts}).encode()


async def test_the_terminal_tells_its_ports(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.document = document(
        websocket={"hostname": None, "port": 9001}, http={"hostname": "pictures.example.com", "port": 9002}
    )
    assert await discover(HOST, terminal.web_port) == Ports(9001, 9002, HOST, "pictures.example.com")


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        document(),
        document(websocket=None, http=7),
        document(websocket={"port": "8765"}, http={"port": 0}),
        document(websocket={"port": 65536}, http={"port": True}),
        document(websocket={"port": -1}, http={"port": 1.5, "hostname": 5}),
    ],
    ids=lambda told: repr(told[:30]),
)
async def test_nonsense_means_the_usual_ports(clock: MockClock, terminal: ScriptedTerminal, told: bytes) -> None:
    terminal.document = told
    assert await assumed(HOST, terminal.web_port) == FALLBACK


async def test_another_status_means_the_usual_ports(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.status = "404 Not Found"
    assert await assumed(HOST, terminal.web_port, ws_port=1, http_port=2) == Ports(1, 2, HOST, HOST)


async def test_one_usable_port_is_used(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.document = document(websocket={"port": 9001})
    assert await discover(HOST, terminal.web_port) == Ports(9001, 8766, HOST, HOST)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "ended before the answer"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "illegal status line"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "without sending complete"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (2**20 + 1), "longer than 1048576 bytes"),
        (None, "no answer within 3 s"),
    ],
    ids=["nothing", "ssh", "short", "long", "silence"],
)
async def test_what_is_no_answer_is_said_and_means_the_usual_ports(
    clock: MockClock, said: bytes | None, why: str
) -> None:
    async def serve(stream: trio.SocketStream) -> None:
        if said is None:
            await trio.sleep_forever()
        else:
            await stream.receive_some()
            await stream.send_all(said)

    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(serve_tcp_locally, serve)
        port = listeners[0].socket.getsockname()[1]
        with pytest.raises(http.HttpError, match=f"^{HOST}:{port}: .*({why})"):
            await http.get(HOST, port, "/", within=3)
        assert await assumed(HOST, port) == FALLBACK
        nursery.cancel_scope.cancel()


async def test_an_answer_comes_with_status_headers_and_body(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.document = b"hello"
    assert await http.get(HOST, terminal.web_port, "/x", within=3) == http.Response(
        200, {"content-length": "5"}, b"hello"
    )
