"""Connections to VISCA cameras on the network, with the interface of a serial line."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import trio

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.config import Counting
from drivers.visca.line.address import NetworkAddress
from drivers.visca.line.connected_socket import ConnectedSocket
from drivers.visca.line.datagram_port import DatagramPort, SonyPort
from drivers.visca.line.keepalive import keep_alive

CONNECT_WITHIN = 5.0
"""Seconds for a camera to accept a connection."""
HANG_UP_WITHIN = 0.1
"""Seconds for a camera to read the last command and close the connection as well."""
_AT_ONCE = 1024


class StreamPort(ConnectedSocket):
    """A connected stream that carries bare frames."""

    async def receive(self) -> bytes:
        """Returns received bytes as soon as there are any. Raises DeviceLost: if the camera is gone."""
        while True:
            await trio.lowlevel.wait_readable(self._fd)
            try:
                data = os.read(self._fd, _AT_ONCE)
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._lost(error) from error
            if not data:
                raise DeviceLost(f"visca camera {self._name}: it closed the connection")
            return data

    def send(self, data: bytes) -> bool:
        """Hands frames to the kernel and returns whether it took them. Raises DeviceLost: if the camera is gone."""
        return self._write_now(data)


@asynccontextmanager
async def open_network(
    address: NetworkAddress, sequence: Counting = "counting"
) -> AsyncIterator[StreamPort | DatagramPort]:
    """Opens a connection to a camera. Raises DeviceMissing: when it cannot be reached.

    `sequence`: see `SonyPort`.
    """
    name = f"{address.host}:{address.port}"
    try:
        with trio.fail_after(CONNECT_WITHIN):
            socket = await _connected(address)
    except (OSError, trio.TooSlowError) as error:
        raise DeviceMissing(f"visca camera {name}: {_why(error)}") from error
    with socket:
        if address.transport == "tcp":
            try:
                yield StreamPort(name, socket)
            finally:
                await _hang_up(socket)
        else:
            with (
                SonyPort(name, socket, sequence) if address.transport == "sony-udp" else DatagramPort(name, socket)
            ) as port:
                yield port


async def _connected(address: NetworkAddress) -> trio.socket.SocketType:
    kind = trio.socket.SOCK_STREAM if address.transport == "tcp" else trio.socket.SOCK_DGRAM
    found = await trio.socket.getaddrinfo(address.host, address.port, type=kind)
    family, _, protocol, _, remote = found[0]
    socket = trio.socket.socket(family, kind, protocol)
    try:
        await socket.connect(remote)
        if address.transport == "tcp":
            socket.setsockopt(trio.socket.IPPROTO_TCP, trio.socket.TCP_NODELAY, 1)
            keep_alive(socket)
    except BaseException:
        socket.close()
        raise
    return socket


async def _hang_up(socket: trio.socket.SocketType) -> None:
    """Lets the camera read the last command: closing with unread replies would reset the connection and discard it."""
    with trio.move_on_after(HANG_UP_WITHIN, shield=True), suppress(OSError):
        socket.shutdown(trio.socket.SHUT_WR)
        while await socket.recv(_AT_ONCE):
            pass


def _why(error: Exception) -> str:
    if isinstance(error, trio.TooSlowError):
        return f"no answer within {CONNECT_WITHIN:.0f} seconds"
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:  # below: resolving the name failed
        return os.strerror(error.errno)
    return str(error)
