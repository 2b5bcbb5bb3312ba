"""Connections to VISCA cameras on the network, with the interface of a serial line."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import trio

from drivers.errors import DeviceLost, DeviceMissing
from drivers.visca.line.address import NetworkAddress
from drivers.visca.line.keepalive import keep_alive
from drivers.visca.wire.framing import frames
from drivers.visca.wire.sony_packet import RESET, SEQUENCE_ABNORMAL, SEQUENCES, Kind, Packet, pack, unpack

CONNECT_WITHIN = 5.0
"""Seconds for a camera to accept a connection."""
HANG_UP_WITHIN = 0.1
"""Seconds for a camera to read the last command and close the connection as well."""
_AT_ONCE = 1024
_INQUIRY = 0x09


class NetworkPort:
    """A connected socket that carries bare frames: as a stream, or as one datagram each."""

    def __init__(self, name: str, socket: trio.socket.SocketType) -> None:
        self._name = name
        self._fd = socket.fileno()
        self._datagrams = socket.type == trio.socket.SOCK_DGRAM

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
            if not data and not self._datagrams:
                raise DeviceLost(f"visca camera {self._name}: it closed the connection")
            return data

    def send(self, data: bytes) -> bool:
        """Hands frames to the kernel and returns whether it took them. Raises DeviceLost: if the camera is gone."""
        parts = list(frames(data)) if self._datagrams else [data]
        return all(self._write(part) for part in parts)

    def _write(self, data: bytes) -> bool:
        try:
            return os.write(self._fd, data) == len(data)
        except BlockingIOError:
            return False
        except OSError as error:
            raise self._lost(error) from error

    def _lost(self, error: OSError) -> DeviceLost:
        return DeviceLost(f"visca camera {self._name}: {error.strerror}")


class SonyPort(NetworkPort):
    """The same behind Sony's header. Sequence numbers of replies are ignored: some cameras get them wrong."""

    def __init__(self, name: str, socket: trio.socket.SocketType) -> None:
        """Resets the camera's sequence number."""
        super().__init__(name, socket)
        self._number = 0
        self._reset()

    async def receive(self) -> bytes:
        """Returns the frames of replies; a camera that reports an abnormal sequence is reset."""
        while True:
            datagram = await super().receive()
            if datagram[:1] >= b"\x80":
                return datagram
            packet = unpack(datagram)
            if packet is not None and packet.kind == Kind.REPLY:
                return packet.payload
            if packet is not None and packet.kind == Kind.CONTROL_REPLY and packet.payload == SEQUENCE_ABNORMAL:
                self._reset()

    def _reset(self) -> None:
        super()._write(pack(Packet(Kind.CONTROL, 0, RESET)))
        self._number = 0

    def _write(self, data: bytes) -> bool:
        self._number = (self._number + 1) % SEQUENCES
        kind = Kind.INQUIRY if data[1] == _INQUIRY else Kind.COMMAND
        return super()._write(pack(Packet(kind, self._number, data)))


@asynccontextmanager
async def open_network(place: NetworkAddress) -> AsyncIterator[NetworkPort]:
    """Opens a connection to a camera. Raises DeviceMissing: when it cannot be reached."""
    name = f"{place.host}:{place.port}"
    try:
        with trio.fail_after(CONNECT_WITHIN):
            socket = await _connected(place)
    except (OSError, trio.TooSlowError) as error:
        raise DeviceMissing(f"visca camera {name}: {_why(error)}") from error
    with socket:
        try:
            yield (SonyPort if place.transport == "sony-udp" else NetworkPort)(name, socket)
        finally:
            if place.transport == "tcp":
                await _hang_up(socket)


async def _connected(place: NetworkAddress) -> trio.socket.SocketType:
    kind = trio.socket.SOCK_STREAM if place.transport == "tcp" else trio.socket.SOCK_DGRAM
    ((family, _, protocol, _, address), *_) = await trio.socket.getaddrinfo(place.host, place.port, type=kind)
    socket = trio.socket.socket(family, kind, protocol)
    try:
        await socket.connect(address)
        if place.transport == "tcp":
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
