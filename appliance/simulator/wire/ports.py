"""The ports of a simulated terminal, which it keeps while it is switched off, so that clients find it again."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import msgspec

from appliance.runtime.web.listen import ListenError
from appliance.simulator.options import SimulatorOptions


class Ports(msgspec.Struct, frozen=True):
    """Where the terminal listens; with `control` None the far side has no listener."""

    web: int
    ws: int
    http: int
    control: int | None


@contextmanager
def reserved(options: SimulatorOptions) -> Iterator[Ports]:
    """Reserves the ports that `options` name, or free ones for 0, for as long as the context lasts.

    They are held by sockets that are bound and do not listen: whoever connects is refused until something listens,
    and nobody else gets the port. Raises `ListenError` if one is taken or may not be used.
    """
    with ExitStack() as held:

        def hold(port: int) -> int:
            return held.enter_context(closing(_bound(options.host, port))).getsockname()[1]  # type: ignore[no-any-return]  # an address is any

        web, ws, http = (hold(port) for port in (options.web_port, options.ws_port, options.http_port))
        yield Ports(web, ws, http, None if options.control_port is None else hold(options.control_port))


def _bound(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise ListenError(f"cannot listen on {host}:{port}: {error.strerror}") from None
    return sock
