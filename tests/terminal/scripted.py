"""A terminal that says exactly what a test tells it to: real sockets on loopback, no rules of its own."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import trio
from trio_websocket import ConnectionClosed, WebSocketConnection, WebSocketRequest, serve_websocket

from appliance.terminal.config import TerminalConfig

HOST = "127.0.0.1"
Answer = dict[str, Any] | None | Callable[[dict[str, Any]], dict[str, Any] | None]

READINGS: dict[str, dict[str, Any]] = {
    "getAppState": {"appState": 3, "embeddedHttpPort": 8766},
    "getConnected": {"state": 2, "serverInfo": {"server": "video.example.com", "port": 4307}},
    "getLogin": {"isLoggedIn": True, "peerId": "room@example.com", "peerDn": "Room"},
    "getConferences": {"confState": 2},
    "getConferenceParticipants": {"participants": [{"peerId": "ann@example.com"}]},
    "getMicMute": {"mute": False},
    "getAudioMute": {"mute": True},
    "getVideoMute": {"mute": False},
    "getSettings": {"settings": [{"name": "audioPlayLevel", "value": 0.5}]},
    "getPtzControls": {"pan": {"support": True, "minValue": -10, "maxValue": 10}},
    "getScheduler": {},
    "getCallHistory": {"calls": [{"type": 1, "peerId": "bob@example.com"}], "lastView": 0},
    "getAbook": {"abook": [{"peerId": "bob@example.com", "peerDn": "Bob", "status": 1}]},
}
AUTHORISED = {"previleges": 2, "token": "token-1", "tokenForHttpServer": "http-1"}
WRONG_CREDENTIALS = {"result": False, "error": "wrong credentials", "resultCode": 3}


class ScriptedTerminal:
    """Records what it receives; answers from `answers` (None: no answer; a function: what it returns)."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.connections: list[WebSocketConnection] = []
        self.times: list[float] = []  # when each connection came
        self.answers: dict[str, Answer] = {"auth": AUTHORISED, **READINGS}
        self.echo_ids = True
        self.extra = ""  # members of every reply, as JSON
        self.document: bytes | None = None  # what the web server says; None: the truth
        self.status = "200 OK"
        self.ws_port = 0
        self.web_port = 0
        self._deaf: list[WebSocketConnection] = []
        self._reads = trio.Event()
        self._reads.set()
        self._news = trio.lowlevel.ParkingLot()

    def config(self, **more: Any) -> TerminalConfig:  # any option
        return TerminalConfig(host=HOST, web_port=self.web_port, ws_port=self.ws_port, **more)

    def methods(self) -> list[str]:
        return [request["method"] for request in self.received]

    def requests(self, method: str) -> list[dict[str, Any]]:
        return [request for request in self.received if request["method"] == method]

    async def until(self, condition: Callable[[], bool], *, within: float = 100_000) -> None:
        """Waits for something that comes with a connection or a request (in the mock clock's seconds)."""
        with trio.fail_after(within):
            while not condition():
                await self._news.park()

    async def until_received(self, method: str, count: int = 1) -> dict[str, Any]:
        await self.until(lambda: len(self.requests(method)) >= count)
        return self.requests(method)[count - 1]

    async def tell(self, event: str, **fields: Any) -> None:  # any JSON
        await self.send({"method": "event", "event": event, **fields})

    async def reply(self, request: dict[str, Any], **fields: Any) -> None:  # any JSON
        await self.send(self._reply(request, fields))

    async def send(self, message: dict[str, Any] | str | bytes) -> None:
        """Sends on the latest connection."""
        frame = json.dumps(message) if isinstance(message, dict) else message
        await self.connections[-1].send_message(frame)

    async def drop(self) -> None:
        """Ends the latest connection without a word."""
        await trio.aclose_forcefully(self.connections[-1]._stream)

    def stop_reading(self) -> None:
        """The latest connection stays open, and nothing more is taken from it after the next piece of data."""
        self.connections[-1]._reader_running = False
        self._deaf.append(self.connections[-1])

    def pause(self) -> None:
        """Takes nothing more after the next two messages, until `resume`."""
        self._reads = trio.Event()

    def resume(self) -> None:
        self._reads.set()

    def _reply(self, request: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        request_id = request.get("requestId", "") if self.echo_ids else ""
        return {"method": request["method"], "requestId": request_id, "result": True, **fields}

    async def serve_websocket(self, request: WebSocketRequest) -> None:
        connection = await request.accept()
        self.connections.append(connection)
        self.times.append(trio.current_time())
        self._news.unpark_all()
        with suppress(ConnectionClosed):
            while True:
                await self._reads.wait()
                await self._answer(connection, json.loads(await connection.get_message()))
        if connection in self._deaf:
            await trio.sleep_forever()  # and does not close either

    async def _answer(self, connection: WebSocketConnection, request: dict[str, Any]) -> None:
        self.received.append(request)
        self._news.unpark_all()
        answer = self.answers.get(request["method"], {})
        fields = answer(request) if callable(answer) else answer
        if fields is not None:
            text = json.dumps(self._reply(request, fields))
            await connection.send_message(f"{text[:-1]},{self.extra}}}" if self.extra else text)

    async def serve_web(self, stream: trio.SocketStream) -> None:
        await stream.receive_some()
        body = self.document if self.document is not None else self._truth()
        await stream.send_all(f"HTTP/1.1 {self.status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    def _truth(self) -> bytes:
        ports = {"websocket": {"hostname": None, "port": self.ws_port}, "http": {"hostname": None, "port": 8766}}
        return json.dumps({"config": ports}).encode()


@asynccontextmanager
async def scripted_terminal() -> AsyncIterator[ScriptedTerminal]:
    terminal = ScriptedTerminal()
    async with trio.open_nursery() as nursery:
        server = await nursery.start(serve_websocket, terminal.serve_websocket, HOST, 0, None)
        terminal.ws_port = server.port
        listeners = await nursery.start(serve_tcp_locally, terminal.serve_web)
        terminal.web_port = listeners[0].socket.getsockname()[1]
        yield terminal
        nursery.cancel_scope.cancel()


async def serve_tcp_locally(
    handler: Callable[[trio.SocketStream], Any],
    *,
    task_status: trio.TaskStatus[list[trio.SocketListener]] = trio.TASK_STATUS_IGNORED,
) -> None:
    await trio.serve_tcp(handler, 0, host=HOST, task_status=task_status)
