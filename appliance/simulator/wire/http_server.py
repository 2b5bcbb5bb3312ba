"""The terminal's HTTP server on its port: listens while the model says that it runs; one request a connection."""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager

import h11
import structlog
import trio

from appliance.runtime.web.answers import Revision
from appliance.simulator.model.machine.http_service import State
from appliance.simulator.model.terminal import Terminal
from appliance.simulator.wire.http_answers import HttpAnswer, HttpRequest, answer_http, too_large, upload_limit

log = structlog.get_logger()

REQUEST_TIME = 20.0  # seconds for a whole request and its answer
CHUNK = 65536
ANYWHERE = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*")]  # clients are web pages, too


class HttpServer:
    """Serves `answer_http` on the port and with the limits that the terminal's settings give."""

    def __init__(self, host: str, revision: Revision, changing: Callable[[], AbstractContextManager[Terminal]]) -> None:
        self._host = host
        self._revision = revision
        self._changing = changing
        self._open = 0

    async def run(self, terminal: Terminal, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs until cancelled; starts once it listens. Raises `OSError` if it cannot listen the first time."""
        listeners = await trio.open_tcp_listeners(terminal.http.open_port, host=self._host)
        task_status.started()
        while True:
            await self._serve(terminal, listeners)
            await self._until(lambda: terminal.http.state is State.RUNNING)
            listeners = await self._listen(terminal)

    async def _serve(self, terminal: Terminal, listeners: list[trio.SocketListener]) -> None:
        async with trio.open_nursery() as nursery:
            for listener in listeners:
                nursery.start_soon(trio.serve_listeners, functools.partial(self._client, terminal), [listener])
            await self._until(lambda: terminal.http.state is not State.RUNNING)
            nursery.cancel_scope.cancel()

    async def _listen(self, terminal: Terminal) -> list[trio.SocketListener]:
        try:
            return await trio.open_tcp_listeners(terminal.http.open_port, host=self._host)
        except OSError as error:
            log.warning("simulator_http_cannot_listen", port=terminal.http.values["port"], error=error.strerror)
            with self._changing():
                terminal.http.failed()
            return []

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await self._revision.newer_than(self._revision.value)

    async def _client(self, terminal: Terminal, stream: trio.SocketStream) -> None:
        self._open += 1
        try:
            async with stream:
                with trio.move_on_after(REQUEST_TIME):
                    await self._talk(terminal, stream)
        except (trio.BrokenResourceError, h11.RemoteProtocolError, h11.LocalProtocolError):
            log.debug("simulator_http_client_gone")
        finally:
            self._open -= 1

    async def _talk(self, terminal: Terminal, stream: trio.SocketStream) -> None:
        connection = h11.Connection(h11.SERVER)
        if self._open > terminal.http.values["connectionsLimit"]:
            answer = HttpAnswer(503, b'{"error": "too many connections"}')
        else:
            answer = await self._answer(terminal, connection, stream)
        await _send(connection, stream, answer)

    async def _answer(self, terminal: Terminal, connection: h11.Connection, stream: trio.SocketStream) -> HttpAnswer:
        head = await _next(connection, stream)
        if not isinstance(head, h11.Request):
            return HttpAnswer(400, b'{"error": "not a request"}')
        body = bytearray()
        while isinstance(part := await _next(connection, stream), h11.Data):
            body += part.data
            if len(body) > upload_limit(terminal) + CHUNK:  # the form around the file is not the file
                return too_large(terminal)
        kind = dict(head.headers).get(b"content-type", b"").decode("latin-1")
        request = HttpRequest(head.method.decode(), head.target.decode("latin-1"), kind, bytes(body))
        with self._changing():
            return answer_http(terminal, request)


async def _next(connection: h11.Connection, stream: trio.SocketStream) -> object:
    while (event := connection.next_event()) is h11.NEED_DATA:
        if connection.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[])
            await stream.send_all(connection.send(go_on) or b"")
        connection.receive_data(await stream.receive_some(CHUNK))
    return event


async def _send(connection: h11.Connection, stream: trio.SocketStream, answer: HttpAnswer) -> None:
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body))), *ANYWHERE]
    headers += [*answer.headers.items(), ("Connection", "close")]
    if answer.status == 204:
        headers = [(name, value) for name, value in headers if not name.startswith("Content-")]
    response = h11.Response(status_code=answer.status, headers=headers)
    for event in (response, h11.Data(data=answer.body), h11.EndOfMessage()):
        await stream.send_all(connection.send(event) or b"")
    await stream.send_eof()
