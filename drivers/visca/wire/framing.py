"""VISCA frames on a stream of bytes: header, 1 to 14 bytes of message, FF.

Source: Sony's VISCA command lists (EVI-D70, EVI-D80/D90, BRC-Z330), "VISCA communication specifications".
"""

from collections.abc import Iterator

TERMINATOR = 0xFF
MIN_FRAME = 3
MAX_FRAME = 16
CONTROLLER = 0
"""Address of the controller; devices have 1 to 7."""
BROADCAST = 8
"""Receiver of what everybody on the line is told."""


def frame(body: bytes, *, sender: int, receiver: int) -> bytes:
    """The frame that carries `body`; ValueError for a body that no frame can carry."""
    if not MIN_FRAME - 2 <= len(body) <= MAX_FRAME - 2:
        raise ValueError(f"a VISCA message has 1 to {MAX_FRAME - 2} bytes, not {len(body)}: {body.hex(' ')}")
    if TERMINATOR in body:
        raise ValueError(f"a VISCA message cannot hold the byte FF: {body.hex(' ')}")
    return bytes((0x80 | sender << 4 | receiver, *body, TERMINATOR))


def sender_of(frame: bytes) -> int:
    """The address a frame comes from."""
    return frame[0] >> 4 & 0x7


def receiver_of(frame: bytes) -> int:
    """The address a frame is for: 0 to 7, or BROADCAST."""
    return BROADCAST if frame[0] & 0x8 else frame[0] & 0x7


def whole(data: bytes) -> bytes:
    """Returns the frames in a datagram, without what no FF ends: no later datagram continues it."""
    return data[: data.rfind(b"\xff") + 1]


def frames(data: bytes) -> Iterator[bytes]:
    """Yields the frames in `data` one by one, FF included; what no FF ends is left out."""
    return (body + b"\xff" for body in data.split(b"\xff")[:-1])


class Framer:
    """Cuts bytes, however they were split on the way, into whole frames.

    Bytes that cannot begin a frame are dropped until one can; what is too long or too short for a frame is dropped up
    to the next FF. `dropped` counts those bytes. At most 15 bytes are kept between calls.
    """

    def __init__(self) -> None:
        self.dropped = 0
        self._pending = bytearray()
        self._overlong = False

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that `data` completes, FF included."""
        *ends, rest = data.split(b"\xff")
        complete = [each for end in ends if (each := self._end(end))]
        self._add(rest)
        return complete

    def _end(self, data: bytes) -> bytes | None:
        self._add(data)
        frame_read = bytes(self._pending) + b"\xff"
        self._pending.clear()
        overlong, self._overlong = self._overlong, False
        if overlong or len(frame_read) < MIN_FRAME:
            self.dropped += len(frame_read)
            return None
        return frame_read

    def _add(self, data: bytes) -> None:
        if not self._pending and not self._overlong:
            data = self._from_header(data)
        self._pending += data
        if self._overlong or len(self._pending) >= MAX_FRAME:
            self._overlong = True
            self.dropped += len(self._pending)
            self._pending.clear()

    def _from_header(self, data: bytes) -> bytes:
        """`data` from the first byte on that can be a header, which is any from 80 up."""
        start = next((index for index, byte in enumerate(data) if byte & 0x80), len(data))
        self.dropped += start
        return data[start:]
