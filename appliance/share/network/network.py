"""The session on the network: at one port what a terminal serves at three, for programs of certain addresses.

Whoever comes from elsewhere is disconnected before anything is read. The others speak HTTP: a request for a WebSocket
becomes a program, any other is for the document that names the ports, or for pictures and files. The web server bounds
the connections of each address, and the time and size of what they send (`runtime/web`).
"""

import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final

import structlog
import trio
from starlette.types import ASGIApp, Scope

from appliance.runtime.rarely import Rarely
from appliance.runtime.web.begun import Begun
from appliance.runtime.web.connections import Connections
from appliance.runtime.web.server import open_listeners
from appliance.share import channel
from appliance.share.network.clients import Clients
from appliance.share.program import Program
from appliance.share.sharing import Sharing
from appliance.terminal.connection import OPTIONS

log = structlog.get_logger()

_WAIT: Final = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_ENDS: Final = "the box ends, or starts again"
_SOON: Final = 1.0  # seconds for the client to take this


class Network:
    """Serves programs that come over TCP. `app`: answers their requests that are for no WebSocket."""

    def __init__(self, sharing: Sharing, clients: Clients, allow: Callable[[str], bool], app: ASGIApp) -> None:
        """`allow`: whether an address is heard."""
        self._sharing = sharing
        self._clients = clients
        self._allow = allow
        self._app = app
        self._rarely = Rarely()
        self._programs: set[Program] = set()

    async def serve(
        self,
        listen: str,
        tls: ssl.SSLContext | None = None,
        *,
        task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED,
    ) -> None:
        """Serves at `HOST:PORT` until cancelled, with `tls` over it alone; started with the port it listens on.

        Raises `ListenError`.
        """
        listeners = await open_listeners(listen)
        connections = Connections(self._app, tls, self._talk)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(connections.end_in_time)
            nursery.start_soon(self._say_goodbye)
            task_status.started(listeners[0].socket.getsockname()[1])
            await trio.serve_listeners(partial(self._admit, connections.serve), listeners)

    async def _admit(self, serve: Callable[[trio.SocketStream], Awaitable[None]], stream: trio.SocketStream) -> None:
        with suppress(OSError):  # it has left already
            host = str(stream.socket.getpeername()[0]).partition("%")[0]
            if self._allow(host):
                for option in OPTIONS:
                    stream.socket.setsockopt(*option)
                await serve(stream)
                return
            self._note_stranger(host)
        await trio.aclose_forcefully(stream)

    def _note_stranger(self, host: str) -> None:
        if (more := self._rarely.kept_back("stranger", trio.current_time())) is not None:
            log.warning("program_not_allowed", where=host, more=more)

    async def _talk(self, stream: Begun, about: Scope) -> None:
        (host, _), (_, port) = about["client"], about["server"]
        if self._clients.guesses.wait(host):
            with trio.move_on_after(_SOON), suppress(trio.BrokenResourceError):
                await stream.send_all(_WAIT)
            return
        program = Program(self._clients.door(host), host, port=port)
        self._programs.add(program)
        try:
            await channel.serve(stream, program, self._sharing)
        finally:
            self._programs.discard(program)

    async def _say_goodbye(self) -> None:
        """Waits until cancelled, and tells all programs then; the web server leaves them the time to hear it."""
        try:
            await trio.sleep_forever()
        finally:
            for program in self._programs:
                program.end(_ENDS)
