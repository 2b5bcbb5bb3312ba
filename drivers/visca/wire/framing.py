"""VISCA frames on a stream of bytes: header, 1 to 14 bytes of message, FF.

Source: Sony's VISCA command lists (EVI-D70, EVI-D80/D90, BRC-Z330), "VISCA communication specifications".
"""

from collections.abc import Iterator

TERMINATOR = 0xFF
MIN_FRAME = 3
MAX_FRAME = 16
CONTROLLER = 0
"""Address of the controller; cameras have 1 to 7."""
BROADCAST = 8
"""Receiver address of a broadcast to the whole daisy chain."""


def encode_frame(body: bytes, *, sender: int, receiver: int) -> bytes:
    """Returns the frame that carries `body`.

    Raises ValueError: when `body` is empty, longer than 14 bytes or contains FF.
    """
    if not MIN_FRAME - 2 <= len(body) <= MAX_FRAME - 2:
        raise ValueError(f"a VISCA message has 1 to {MAX_FRAME - 2} bytes, not {len(body)}: {body.hex(' ')}")
    if TERMINATOR in body:
        raise ValueError(f"a VISCA message cannot hold the byte FF: {body.hex(' ')}")
    return bytes((0x80 | sender << 4 | receiver, *body, TERMINATOR))


def sender_of(frame: bytes) -> int:
    """Returns the address of the sender."""
    return frame[0] >> 4 & 0x7


def receiver_of(frame: bytes) -> int:
    """Returns the address of the receiver: 0 to 7, or BROADCAST."""
    return BROADCAST if frame[0] & 0x8 else frame[0] & 0x7


def complete_frames(data: bytes) -> bytes:
    """Returns the complete frames of a datagram; an unterminated rest is cut off, as no later datagram continues it."""
    return data[: data.rfind(b"\xff") + 1]


def frames(data: bytes) -> Iterator[bytes]:
    """Yields the frames in `data` one by one, FF included; an unterminated rest is left out."""
    return (body + b"\xff" for body in data.split(b"\xff")[:-1])


class Framer:
    """Splits a stream of bytes into frames, however it was cut into reads.

    A frame begins with a byte from 80 up (the header) and ends with FF; FF never occurs inside. Bytes before a header
    are dropped, and so is everything up to the next FF where a frame would be longer than 16 or shorter than 3 bytes.
    `dropped` counts the bytes that belonged to no frame. At most 15 bytes are kept between calls.
    """

    def __init__(self) -> None:
        self.dropped = 0
        self._pending = bytearray()
        self._overlong = False

    def feed(self, data: bytes) -> list[bytes]:
        """Returns the frames that are complete with `data`, FF included."""
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
