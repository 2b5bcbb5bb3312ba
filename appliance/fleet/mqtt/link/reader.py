"""Bytes of a stream as packets, however they are cut; what is longer than allowed ends it before it is stored."""

from collections.abc import Iterator
from typing import Final

from appliance.fleet.mqtt.link.codec import decode
from appliance.fleet.mqtt.link.packets import Packet, ProtocolError

_LENGTH_BYTES: Final = 4  # of the remaining length at most (MQTT 5, 1.5.5)


class Reader:
    """Puts packets together. After a `ProtocolError` it is of no more use."""

    def __init__(self, largest: int) -> None:
        """`largest`: bytes of a packet."""
        self._largest = largest
        self._rest = bytearray()

    def feed(self, data: bytes | bytearray) -> Iterator[Packet]:
        """Yields the packets that are whole now. Raises `ProtocolError`. All of them have to be taken."""
        self._rest += data
        begin = 0
        while (end := self._end(begin)) is not None:
            yield decode(self._rest[begin:end])
            begin = end
        del self._rest[:begin]

    def _end(self, begin: int) -> int | None:
        """Returns where the packet ends that begins there; None while it is not whole."""
        length = 0
        for place in range(_LENGTH_BYTES):
            at = begin + 1 + place
            if at >= len(self._rest):
                return None
            length |= (self._rest[at] & 0x7F) << 7 * place
            if not self._rest[at] & 0x80:
                return self._checked(begin, at + 1, length)
        raise ProtocolError("unreadable packet: its length has no end")

    def _checked(self, begin: int, body: int, length: int) -> int | None:
        if body - begin + length > self._largest:
            raise ProtocolError(f"a packet of {length} bytes; expected {self._largest} at most")
        return body + length if body + length <= len(self._rest) else None
