"""DNS as bytes, as far as a stub needs it: one question, and the SRV and TXT records of its answer (RFC 1035, 2782).

Whatever is not what these say raises `DnsError`; an answer never reads beyond its end, and never in a circle.
"""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from appliance.provision.discovery.order import Server

SRV: Final = 33
TXT: Final = 16
_IN = 1
_RECURSE = 0x0100  # RD of section 4.1.1: the server is to find it out
_RESPONSE, _CUT, _CODE = 0x8000, 0x0200, 0x000F
_POINTER, _OFFSET = 0xC0, 0x3FFF
_LONGEST_NAME = 255
_LABEL = 63
_MOST = 64  # records that are looked at


class DnsError(ValueError):
    """No answer to this question."""


class Reply(msgspec.Struct, frozen=True):
    """`code`: 0 well, 3 there is no such name (section 4.1.1); `cut`: it was too long for a datagram.

    `servers`: the SRV records. `texts`: the strings of the TXT records.
    """

    code: int
    cut: bool
    servers: tuple[Server, ...] = ()
    texts: tuple[bytes, ...] = ()


def question(name: str, kind: int, number: int) -> bytes:
    """The bytes of a question; `number`: 0 to 65535. Raises `DnsError` where the name cannot be asked for."""
    labels = [label.encode("ascii") for label in name.split(".")]
    if not all(0 < len(label) <= _LABEL for label in labels):
        raise DnsError(f"{name!r} is not a name")
    head = struct.pack(">6H", number, _RECURSE, 1, 0, 0, 0)
    return head + b"".join(bytes((len(label),)) + label for label in labels) + struct.pack(">xHH", kind, _IN)


def number_of(message: bytes) -> int:
    """Which question a message is about; -1 where it cannot be an answer."""
    if len(message) < 12 or not message[2] & 0x80:
        return -1
    return int.from_bytes(message[:2], "big")


def reply(message: bytes) -> Reply:
    """What an answer says. Raises `DnsError`."""
    try:
        return _reply(message)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise DnsError(f"not an answer: {error}") from None


def _reply(message: bytes) -> Reply:
    _, flags, questions, answers = struct.unpack_from(">4H", message)
    if not flags & _RESPONSE or questions > _MOST:
        raise DnsError("not an answer")
    at, servers, texts = 12, list[Server](), list[bytes]()
    for _ in range(questions):
        at = _after_name(message, at) + 4
    for _ in range(min(answers, _MOST) if not flags & _CUT else 0):
        at = _after_name(message, at)
        kind, family, _, length = struct.unpack_from(">HHIH", message, at)
        begin, at = at + 10, at + 10 + length
        if at > len(message):
            raise DnsError("shorter than it says")
        if (kind, family) == (SRV, _IN):
            servers.append(_server(message, begin))
        elif (kind, family) == (TXT, _IN):
            texts += _strings(message[begin:at])
    return Reply(flags & _CODE, bool(flags & _CUT), tuple(servers), tuple(texts))


def _server(message: bytes, at: int) -> Server:
    priority, weight, port = struct.unpack_from(">3H", message, at)
    return Server(priority, weight, port, _name(message, at + 6))


def _strings(data: bytes) -> Iterator[bytes]:
    while data:
        length = data[0]
        if length >= len(data):
            raise DnsError("a text shorter than it says")
        yield data[1 : length + 1]
        data = data[length + 1 :]


def _after_name(message: bytes, at: int) -> int:
    while (length := message[at]) and length < _POINTER:
        at += length + 1
    return at + (2 if length else 1)


def _name(message: bytes, at: int) -> str:
    """A name that may point to an earlier place for its rest, and from there only to earlier ones still."""
    labels, before, size = list[str](), at, 0
    while length := message[at]:
        if length >= _POINTER:
            at = int.from_bytes(message[at : at + 2], "big") & _OFFSET
            if at >= before:
                raise DnsError("a name that points forward")
            before = at
            continue
        label = message[at + 1 : at + 1 + length]
        size += length + 1
        if length > _LABEL or len(label) < length or size > _LONGEST_NAME:
            raise DnsError("a name too long, or cut off")
        labels.append(label.decode("ascii").lower())
        at += length + 1
    return ".".join(labels)
