"""Removes Sony's packet header where bare VISCA frames are expected, on the TCP and UDP ports 5678 and 1259.

Some controllers put the header of VISCA over IP in front of every frame whatever the port. Its sequence number may hold
any byte, 80 to FF included, so that a framer must never see it: it would take such a byte for the beginning or the end
of a frame. A header is only looked for where a frame may begin, and only by what no frame begins with: the payload type
and a length of 1 to 16.
"""

from drivers.visca.wire.sony_packet import HEADER_BYTES, Kind

_TYPES = frozenset(int(kind).to_bytes(2) for kind in (Kind.COMMAND, Kind.INQUIRY, Kind.DEVICE_SETTING, Kind.CONTROL))
_LENGTHS = frozenset(bytes((0, length)) for length in range(1, 17))


class SonyHeaderStripper:
    """Takes a stream of bytes, however it was cut into reads; at most seven bytes are kept between calls."""

    def __init__(self) -> None:
        self._held = b""
        self._in_frame = False

    def feed(self, data: bytes) -> bytes:
        """Returns `data` without the headers; what may be the beginning of one is held back until more comes."""
        data, self._held = self._held + data, b""
        passed = bytearray()
        while data:
            if self._in_frame:
                data = self._pass_frame(data, passed)
            elif _begins_header(data):
                if len(data) < HEADER_BYTES:
                    self._held = data
                    break
                data = data[HEADER_BYTES:]
            else:
                passed.append(data[0])
                self._in_frame = 0x80 <= data[0] < 0xFF
                data = data[1:]
        return bytes(passed)

    def _pass_frame(self, data: bytes, passed: bytearray) -> bytes:
        """Passes the bytes up to the next FF; returns the rest."""
        end = data.find(b"\xff") + 1
        self._in_frame = not end
        passed += data[: end or len(data)]
        return data[end:] if end else b""


def _begins_header(data: bytes) -> bool:
    return _prefix_of(data[:2], _TYPES) and (len(data) < 3 or _prefix_of(data[2:4], _LENGTHS))


def _prefix_of(part: bytes, known: frozenset[bytes]) -> bool:
    return any(one.startswith(part) for one in known)
