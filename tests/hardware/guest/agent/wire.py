"""Every WebSocket frame between firmware and terminal, stamped by the kernel as its packet leaves or arrives.

A packet socket on the link sees what netem lets through, so what is lost on the way is not seen either. Retransmissions
are put together once, as TCP does it.
"""

import itertools
import json
import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

from agent.waiting import until

SO_TIMESTAMPNS = 35
ETH_P_ALL = 3
PACKET_OUTGOING = 4


class Wire:
    """The frames of one interface and one port of the terminal, in the order in which they were complete."""

    def __init__(self, interface: str, port: int) -> None:
        self.frames: list[dict[str, Any]] = []
        self._port = port
        self._streams: dict[tuple[bool, int], _Stream] = {}
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self._socket.bind((interface, ETH_P_ALL))
        threading.Thread(target=self._listen, daemon=True).start()

    def wait(
        self, method: str, timeout: float, after: int = 0, fields: dict[str, Any] | None = None, way: str = "out"
    ) -> dict[str, Any]:
        """The first frame with this method (or event) and these fields that passed after the time `after`."""

        def look() -> dict[str, Any] | None:
            return next(
                (frame for frame in self.since(after, way) if _matches(frame["frame"], method, fields or {})), None
            )

        return until(f"{method} on the wire", look, timeout)

    def since(self, after: int, way: str = "out") -> list[dict[str, Any]]:
        """Every frame that went this way after a time."""
        later = itertools.takewhile(lambda frame: frame["at"] >= after, reversed(self.frames.copy()))
        return [frame for frame in later if frame["way"] == way][::-1]

    def _listen(self) -> None:
        while True:
            packet, ancillary, _, source = self._socket.recvmsg(65536, 128)
            at = _stamp(ancillary)
            segment = _segment(packet)
            if segment is None or self._port not in segment[:2]:
                continue
            self._take(at, source[2] == PACKET_OUTGOING, segment)

    def _take(self, at: int, outgoing: bool, segment: tuple[int, int, int, int, bytes]) -> None:
        source, destination, sequence, flags, data = segment
        key = (outgoing, source if outgoing else destination)
        if flags & 0x02:  # SYN: a new connection
            self._streams[key] = _Stream(sequence + 1)
            return
        stream = self._streams.get(key)
        if stream is None or not data:
            return
        for text in stream.feed(sequence, data):
            self.frames.append({"at": at, "way": "out" if outgoing else "in", "port": key[1], "frame": _decoded(text)})


class _Stream:
    """One direction of one connection: segments in any order, text frames out."""

    def __init__(self, sequence: int) -> None:
        self._next = sequence & 0xFFFFFFFF
        self._early: dict[int, bytes] = {}
        self._data = b""
        self._upgraded = False

    def feed(self, sequence: int, data: bytes) -> list[bytes]:
        behind = (self._next - sequence) & 0xFFFFFFFF
        if behind < 0x80000000:
            self._append(data[behind:])
        else:
            self._early[sequence] = data
        while self._next in self._early:
            self._append(self._early.pop(self._next))
        return list(self._frames())

    def _append(self, data: bytes) -> None:
        self._data += data
        self._next = (self._next + len(data)) & 0xFFFFFFFF

    def _frames(self) -> Iterator[bytes]:
        if not self._upgraded:
            _, end, rest = self._data.partition(b"\r\n\r\n")
            if not end:
                return
            self._upgraded, self._data = True, rest
        while (found := _websocket_frame(self._data)) is not None:
            opcode, payload, size = found
            self._data = self._data[size:]
            if opcode == 1:
                yield payload


def _websocket_frame(data: bytes) -> tuple[int, bytes, int] | None:
    """Opcode, payload and size of the frame at the beginning (RFC 6455, section 5.2); None while it is not whole."""
    if len(data) < 2:
        return None
    length, at = data[1] & 0x7F, 2
    for code, size in ((126, 2), (127, 8)):
        if length == code:
            if len(data) < 2 + size:
                return None
            length, at = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
            break
    masked = bool(data[1] & 0x80)
    key, at = (data[at : at + 4], at + 4) if masked else (b"\0\0\0\0", at)
    if len(data) < at + length:
        return None
    payload = data[at : at + length]
    if masked:
        mask = (key * (length // 4 + 1))[:length]
        payload = (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")
    return data[0] & 0x0F, payload, at + length


def _segment(packet: bytes) -> tuple[int, int, int, int, bytes] | None:
    """Source and destination port, sequence number, flags and data of an IPv4 TCP packet."""
    if len(packet) < 40 or packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_TCP:
        return None
    header, total = (packet[0] & 0x0F) * 4, int.from_bytes(packet[2:4], "big")
    source, destination, sequence = struct.unpack_from(">HHI", packet, header)
    offset, flags = (packet[header + 12] >> 4) * 4, packet[header + 13]
    return source, destination, sequence, flags, packet[header + offset : total]


def _stamp(ancillary: list[tuple[int, int, bytes]]) -> int:
    seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
    return seconds * 1_000_000_000 + nanoseconds


def _decoded(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"method": None, "text": text[:200].decode(errors="replace")}


def _matches(frame: dict[str, Any], method: str, fields: dict[str, Any]) -> bool:
    return method in (frame.get("method"), frame.get("event")) and fields.items() <= frame.items()
