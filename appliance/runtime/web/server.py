"""A web server for one ASGI application, on Hypercorn's trio worker.

Hypercorn speaks HTTP; listening, the number of connections and the end are ours: `hypercorn.trio.serve` shields what it
sends from cancellation, so a client that reads nothing could hold up the end of the whole program.
"""

import errno
import ssl
from collections.abc import Collection

import structlog
import trio
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.config import Config
from hypercorn.trio.tcp_server import TCPServer
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import ConnectionState
from starlette.types import ASGIApp

from appliance.runtime.web.guard import Guard
from appliance.runtime.web.listen import Listen, parse_listen

log = structlog.get_logger()

MAX_CONNECTIONS = 128  # a browser opens six; more than this is a mistake or an attack
GRACE = 0.3  # seconds for answers under way when the server ends
NO_SUCH_FAMILY = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # `localhost` is also ::1 where there is no IPv6


class ListenError(Exception):
    """Nothing can listen on this address: taken, not ours, forbidden, or no address at all."""


async def serve_web(
    app: ASGIApp,
    listen: str,
    tls: ssl.SSLContext | None = None,
    *,
    names: Collection[str] = (),
    task_status: trio.TaskStatus[list[tuple[str, int]]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serves until cancelled; ends within `GRACE`. Starts with the (host, port) pairs it listens on.

    `listen` is `HOST:PORT`, port 0 being any free one; with `tls` only HTTPS is spoken. `names`: see `Guard`.
    Raises `ListenError`.
    """
    try:
        address = parse_listen(listen)
    except ValueError as error:
        raise ListenError(str(error)) from None
    listeners = await _open_listeners(address)
    connections = _Connections(Guard(app, host=address.host, names=names), tls)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(connections.end_in_time)
        task_status.started([listener.socket.getsockname()[:2] for listener in listeners])
        await trio.serve_listeners(connections.serve, listeners)


async def _open_listeners(address: Listen) -> list[trio.SocketListener]:
    listeners: list[trio.SocketListener] = []
    failures: list[OSError] = []
    for host in await _resolve(address):
        try:
            listeners += await trio.open_tcp_listeners(address.port, host=host)
        except OSError as error:
            failures.append(error)
    fatal = [failure for failure in failures if not listeners or failure.errno not in NO_SUCH_FAMILY]
    if fatal:
        for listener in listeners:
            listener.socket.close()
        raise ListenError(f"cannot listen on {address}: {_reason(fatal[0], address)}")
    return listeners


async def _resolve(address: Listen) -> list[str]:
    try:
        found = await trio.socket.getaddrinfo(address.host, address.port, type=trio.socket.SOCK_STREAM)
    except OSError as error:
        raise ListenError(f"cannot listen on {address}: no such host ({error.strerror})") from None
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def _reason(error: OSError, address: Listen) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return "something else listens there already"
        case errno.EADDRNOTAVAIL:
            return "this machine has no such address"
        case errno.EACCES:
            return f"port {address.port} needs a privilege (below 1024: CAP_NET_BIND_SERVICE)"
    return error.strerror or str(error)


class _Connections:
    """Every open connection: counted, and closed when the server ends."""

    def __init__(self, app: ASGIApp, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self._app = ASGIWrapper(app)  # type: ignore[arg-type]  # Hypercorn types each ASGI message, Starlette none
        self._config = _config()
        self._open: set[trio.SocketStream] = set()
        self._one_ended = trio.Event()
        self._full = False

    async def serve(self, stream: trio.SocketStream) -> None:
        """Talks HTTP with one client until either has enough."""
        if self._is_full():
            await stream.aclose()
            return
        self._open.add(stream)
        try:
            await _Connection(
                self._app,
                self._config,
                WorkerContext(None),
                ConnectionState({}),
                self._secured(stream),  # type: ignore[arg-type]  # annotated for TLS, takes both
            )
        except Exception as error:  # costs this connection and no other
            log.warning("web_connection_failed", error=type(error).__name__, exc_info=error)
        finally:
            self._open.discard(stream)
            self._one_ended.set()

    def _secured(self, stream: trio.SocketStream) -> trio.SocketStream | trio.SSLStream[trio.SocketStream]:
        """Returns the stream to talk on; the handshake is made, and given time, by the connection."""
        if self._tls is None:
            return stream
        return trio.SSLStream(stream, self._tls, server_side=True, https_compatible=True)

    def _is_full(self) -> bool:
        was_full, self._full = self._full, len(self._open) >= MAX_CONNECTIONS
        if self._full and not was_full:
            log.warning("web_connections_exhausted", limit=MAX_CONNECTIONS)
        return self._full

    async def end_in_time(self) -> None:
        """Waits until cancelled, then for answers under way, and closes what is still open after `GRACE`."""
        try:
            await trio.sleep_forever()
        finally:
            with trio.move_on_after(GRACE, shield=True):
                while self._open:
                    self._one_ended = trio.Event()
                    await self._one_ended.wait()
            for stream in self._open:
                stream.socket.close()  # wakes a send that is shielded from cancellation


class _Connection(TCPServer):
    """One connection that ends when its client is gone; Hypercorn's own lives on until its idle time is over."""

    async def _read_data(self) -> None:
        await super()._read_data()
        await self.idle_task.stop()


class _Log:
    """Hypercorn's log, through structlog: failures only, no line a request."""

    def __init__(self, _config: Config) -> None: ...

    async def exception(self, message: str, *_args: object, **_fields: object) -> None:
        log.error("web_request_failed", detail=message, exc_info=True)  # noqa: LOG014  # Hypercorn calls it in its handler

    async def warning(self, message: str, *_args: object, **_fields: object) -> None:
        log.warning("web_warning", detail=message)

    async def info(self, *_args: object, **_fields: object) -> None:
        """Says nothing."""

    access = debug = info
    error = critical = warning


def _config() -> Config:
    config = Config()
    config.logger_class = _Log  # type: ignore[assignment]  # what Hypercorn calls of a logger, and no more
    config.include_server_header = False
    config.ssl_handshake_timeout = 10  # seconds
    config.keep_alive_timeout = 30  # seconds; also the time for the first request
    return config
