"""Packets of VISCA over IP as Sony has it (UDP, port 52381): eight bytes of header, then one VISCA frame.

Source: Sony SRG-300H and BRC-X400 technical manuals, "VISCA over IP".
"""

import struct
from enum import IntEnum

import msgspec

PORT = 52381
SEQUENCES = 1 << 32
"""Sequence numbers count up to here and begin again with 0."""
RESET = b"\x01"
"""Payload of the control command RESET, which sets the sequence number to 0; the reply repeats it."""
SEQUENCE_ABNORMAL = b"\x0f\x01"
TYPE_ABNORMAL = b"\x0f\x02"

_HEADER = struct.Struct(">HHI")
HEADER_BYTES = _HEADER.size


class Kind(IntEnum):
    """What the payload is."""

    COMMAND = 0x0100
    INQUIRY = 0x0110
    REPLY = 0x0111
    DEVICE_SETTING = 0x0120
    CONTROL = 0x0200
    CONTROL_REPLY = 0x0201


class Packet(msgspec.Struct, frozen=True):
    """A packet; `kind` is a number that `Kind` need not know."""

    kind: int
    sequence: int
    payload: bytes


def pack(packet: Packet) -> bytes:
    """Returns the datagram."""
    return _HEADER.pack(packet.kind, len(packet.payload), packet.sequence) + packet.payload


def unpack(datagram: bytes) -> Packet | None:
    """Returns the packet in a datagram, or None where there is none.

    The length in the header is ignored: controllers get it wrong, and a frame ends with FF anyway.
    """
    if len(datagram) <= _HEADER.size:
        return None
    kind, _length, sequence = _HEADER.unpack_from(datagram)
    return Packet(kind, sequence, datagram[_HEADER.size :])


def unpack_all(datagram: bytes) -> list[Packet]:
    """Returns the packets in a datagram: usually one, but some controllers send several at once.

    The length is believed only where another header follows the payload that it announces.
    """
    packets = []
    while len(datagram) > _HEADER.size:
        kind, length, sequence = _HEADER.unpack_from(datagram)
        payload, rest = datagram[_HEADER.size :][:length], datagram[_HEADER.size + length :]
        if not (payload and _is_header(rest)):
            payload, rest = datagram[_HEADER.size :], b""
        packets.append(Packet(kind, sequence, payload))
        datagram = rest
    return packets


def _is_header(data: bytes) -> bool:
    return len(data) > _HEADER.size and _HEADER.unpack_from(data)[0] in {int(kind) for kind in Kind}
