"""Datagrams to and from a VISCA camera, bare or behind Sony's header, with the interface of a serial line.

How it works. The main socket is connected to the camera, so that the kernel says when nobody listens there. Cameras of
the field do not always reply from the port that they were asked at, nor to the port that asked: some use another of
their own, some always reply to Sony's port. So there is a second socket on the same local port for what the same host
sends from another port, and for Sony's cameras a third on local port 52381. Where that port cannot be had it is done
without. One epoll descriptor stands for all of them, so that one wait is enough.
"""

import os
import select
import socket
from types import TracebackType
from typing import Self

import structlog
import trio

from drivers.visca.config import Counting
from drivers.visca.line.connected_socket import ConnectedSocket
from drivers.visca.wire.framing import frames
from drivers.visca.wire.sony_packet import PORT, RESET, SEQUENCE_ABNORMAL, SEQUENCES, Kind, Packet, pack, unpack

log = structlog.get_logger()

SMALL = 3
"""The highest sequence number that cameras obey which were seen to obey no other (obs-visca-control#7)."""
DEAF_AFTER = 6
"""Messages in a row without a reply, above SMALL, after which a camera that has replied is taken for one of those."""
_AT_ONCE = 1024
_INQUIRY = 0x09
_INTERFACE_CLEAR = bytes.fromhex("01 00 01")


class DatagramPort(ConnectedSocket):
    """A camera that takes one frame a datagram; a context manager that opens what it needs beside `main`."""

    def __init__(self, name: str, main: trio.socket.SocketType) -> None:
        """`main`: connected to the camera."""
        super().__init__(name, main)
        self._main = main
        self._host = str(main.getpeername()[0])
        self._others: dict[int, socket.socket] = {}
        self._poll: select.epoll

    def __enter__(self) -> Self:
        """Raises DeviceLost: if the camera is gone already."""
        self._poll = select.epoll()
        try:
            self._begin()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def _begin(self) -> None:
        self._poll.register(self._fd, select.EPOLLIN)
        self._listen_beside(self._main)

    def _close(self) -> None:
        self._poll.close()
        for other in self._others.values():
            other.close()

    async def receive(self) -> bytes:
        """Returns received frames as soon as there are any. Raises DeviceLost: if nobody listens there."""
        while True:
            await trio.lowlevel.wait_readable(self._poll.fileno())
            for fd, _events in self._poll.poll(0):
                datagram = self._read(fd)
                if datagram and (received := self._frames_of(datagram)):
                    return received

    def send(self, data: bytes) -> bool:
        """Sends a datagram for each frame; returns whether the kernel took them. Raises DeviceLost: if it is gone."""
        return all(self._write(frame) for frame in frames(data))

    def _listen_beside(self, main: trio.socket.SocketType) -> None:
        """Opens the second socket: same local port, any port of the camera."""
        main.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listen(main.family, main.getsockname(), None)

    def _listen(self, family: int, local: tuple[str | int, ...], remote: tuple[str | int, ...] | None) -> None:
        other = socket.socket(family, socket.SOCK_DGRAM)
        try:
            other.setblocking(False)
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(local)
            if remote is not None:
                other.connect(remote)
        except OSError as error:  # somebody else has that port: most cameras do not need it
            other.close()
            log.debug("reply_port_not_open", camera=self._name, reason=error.strerror)
            return
        self._others[other.fileno()] = other
        self._poll.register(other.fileno(), select.EPOLLIN)

    def _read(self, fd: int) -> bytes:
        """Returns a datagram of the camera, empty where there is none."""
        try:
            if fd == self._fd:
                return os.read(fd, _AT_ONCE)
            datagram, source = self._others[fd].recvfrom(_AT_ONCE)
            return datagram if source[0] == self._host else b""
        except BlockingIOError:
            return b""
        except OSError as error:
            if fd != self._fd:
                return b""
            raise self._lost(error) from error

    def _frames_of(self, datagram: bytes) -> bytes:
        return datagram

    def _write(self, frame: bytes) -> bool:
        return self._write_now(frame)


class SonyPort(DatagramPort):
    """The same behind Sony's header. Sequence numbers of replies are ignored: some cameras get them wrong.

    `sequence` says how messages are numbered: "counting" as in the manual, "small" with 1, 2, 3 and again, or
    "constant" with 1. A camera that replies to the first three numbers and never to one above is taken for one that
    needs small ones.
    """

    def __init__(self, name: str, main: trio.socket.SocketType, sequence: Counting = "counting") -> None:
        super().__init__(name, main)
        self._sequence = sequence
        self._number = 0
        self._unanswered = 0
        self._replied = False
        self._obeys_large = False

    def _begin(self) -> None:
        """Resets the camera's sequence number, too."""
        super()._begin()
        self._reset()

    def _listen_beside(self, main: trio.socket.SocketType) -> None:
        """Opens the third socket too: Sony's port, where replies are sent to it whoever asked."""
        super()._listen_beside(main)
        local, remote = main.getsockname(), main.getpeername()
        if local[1] != PORT:
            self._listen(main.family, (local[0], PORT, *local[2:]), remote)

    def _frames_of(self, datagram: bytes) -> bytes:
        """Returns the frames of a reply; a camera that reports an abnormal sequence is reset."""
        self._unanswered, self._replied = 0, True
        if datagram[:1] >= b"\x80":
            self._obeys_large = self._obeys_large or self._number > SMALL
            return datagram
        packet = unpack(datagram)
        if packet is not None and packet.kind == Kind.REPLY:
            late = 0 < packet.sequence <= SMALL  # to a number before
            self._obeys_large = self._obeys_large or (self._number > SMALL and not late)
            return packet.payload
        if packet is not None and packet.kind == Kind.CONTROL_REPLY and packet.payload == SEQUENCE_ABNORMAL:
            self._reset()
        return b""

    def _reset(self) -> None:
        self._write_now(pack(Packet(Kind.CONTROL, 0, RESET)))
        self._number = 0

    def _write(self, frame: bytes) -> bool:
        self._unanswered += 1
        deaf = self._number > SMALL and self._unanswered > DEAF_AFTER and self._replied and not self._obeys_large
        if self._sequence == "counting" and deaf:
            self._sequence = "small"
            log.info("camera_needs_small_numbers", camera=self._name)
        self._number = self._next_number()
        return self._write_now(pack(Packet(_kind_of(frame), self._number, frame)))

    def _next_number(self) -> int:
        if self._sequence == "constant":
            return 1
        if self._sequence == "small":
            return self._number % SMALL + 1
        return (self._number + 1) % SEQUENCES


def _kind_of(frame: bytes) -> Kind:
    """Returns the payload type: strict cameras take IF_Clear as a device setting only."""
    if frame[1:-1] == _INTERFACE_CLEAR:
        return Kind.DEVICE_SETTING
    return Kind.INQUIRY if frame[1] == _INQUIRY else Kind.COMMAND
