"""Detects a TCP peer that has vanished without closing its connection."""

from typing import Protocol

import trio

# Probes after 2 s of silence, one a second, given up after three: whoever is gone is noticed after five seconds.
_OPTIONS = (
    (trio.socket.SOL_SOCKET, trio.socket.SO_KEEPALIVE, 1),
    (trio.socket.IPPROTO_TCP, trio.socket.TCP_KEEPIDLE, 2),
    (trio.socket.IPPROTO_TCP, trio.socket.TCP_KEEPINTVL, 1),
    (trio.socket.IPPROTO_TCP, trio.socket.TCP_KEEPCNT, 3),
    (trio.socket.IPPROTO_TCP, trio.socket.TCP_USER_TIMEOUT, 5000),  # milliseconds; what was sent and not acknowledged
)


class _HasOptions(Protocol):
    def setsockopt(self, level: int, option: int, value: int, /) -> None: ...


def keep_alive(connection: _HasOptions) -> None:
    """Has the kernel probe a silent TCP connection, and close it after five seconds without an answer."""
    for level, option, value in _OPTIONS:
        connection.setsockopt(level, option, value)
