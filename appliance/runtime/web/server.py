"""A web server for one ASGI application: listens, and hands over the connections.

`Connection` speaks HTTP, on h11. No server that can be had on trio keeps these bounds: Hypercorn reads nothing while a
request is answered, so it learns too late that a client left, does not cancel what is under way then, and cannot be
told to leave HTTP/2 in clear text alone.
"""

import errno
import ssl
from collections.abc import Callable, Collection, Mapping

import trio
from starlette.types import ASGIApp

from appliance.runtime.web.admitted import Admitted
from appliance.runtime.web.connections import Connections
from appliance.runtime.web.guard import NO_LARGE_BODIES, Guard
from appliance.runtime.web.listen import Listen, ListenError, parse_listen
from appliance.runtime.web.sockets import Sockets, Talk
from appliance.runtime.web.uploads import Large

NO_SUCH_FAMILY = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # `localhost` is also ::1 where there is no IPv6


async def serve_web(
    app: ASGIApp,
    listen: str,
    tls: ssl.SSLContext | None = None,
    *,
    names: Collection[str] = (),
    sockets: Mapping[str, Talk] | None = None,
    allow: Callable[[str], bool] | None = None,
    large: Large = NO_LARGE_BODIES,
    task_status: trio.TaskStatus[list[tuple[str, int]]] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serves until cancelled; ends within `connections.GRACE`. Starts with the (host, port) pairs it listens on.

    `listen` is `HOST:PORT`, port 0 being any free one; with `tls` only HTTPS is spoken. `names`, `large`: see `Guard`.
    `sockets`: conversations over WebSockets by their paths; without any, nobody's wish for one is taken up.
    `allow`: whether an address is heard; who comes from another is disconnected before anything is read.
    Raises `ListenError`.
    """
    listeners = await open_listeners(listen)
    guard = Guard(app, host=parse_listen(listen).host, names=names, large=large)
    talks = Sockets(guard, sockets or {})
    upgrades = (talks.serve, talks.turn_away) if sockets else ()
    connections = Connections(guard, tls, *upgrades)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(connections.end_in_time)
        task_status.started([listener.socket.getsockname()[:2] for listener in listeners])
        serve = connections.serve if allow is None else Admitted(allow, connections.serve).serve
        await trio.serve_listeners(serve, listeners)


async def open_listeners(listen: str) -> list[trio.SocketListener]:
    """Listens at `HOST:PORT`, at all addresses that HOST has, or none. Raises `ListenError`."""
    try:
        address = parse_listen(listen)
    except ValueError as error:
        raise ListenError(str(error)) from None
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
