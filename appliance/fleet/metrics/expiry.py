"""When a certificate ends. The standard library tells that only of certificates that somebody has shown in a handshake.

A certificate is nested pieces of DER (X.690): a tag, a length, a content. The way to the validity is fixed (RFC 5280,
4.1): the certificate, its signed part, and there behind version, serial number, algorithm and issuer.
"""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from appliance.runtime.files import read_file

_LARGEST: Final = 1 << 20  # bytes of a file; a chain has some thousands
_SEQUENCE, _VERSION = 0x30, 0xA0
_UTC_TIME, _TIME = 0x17, 0x18


class NotReadable(ValueError):
    """There is no certificate in it, or none that can be read."""


def expiry(path: Path) -> float:
    """Returns when the first certificate of a PEM file ends, in Unix seconds.

    Raises `OSError`, and `NotReadable` where there is none.
    """
    text = read_file(path, _LARGEST, follow=True).decode("ascii", "replace")
    begin, end = text.find(ssl.PEM_HEADER), text.find(ssl.PEM_FOOTER)
    if begin < 0 or end < begin:
        raise NotReadable("there is no certificate in it")
    try:
        return not_after(ssl.PEM_cert_to_DER_cert(text[begin : end + len(ssl.PEM_FOOTER)]))
    except ValueError as error:
        raise NotReadable(f"the certificate cannot be read: {error}") from None


def not_after(der: bytes) -> float:
    """Returns when a certificate ends, in Unix seconds. Raises `ValueError`."""
    whole = _one(der, _SEQUENCE)
    fields = list(_pieces(_one(whole, _SEQUENCE)))
    if fields and fields[0][0] == _VERSION:
        del fields[0]
    if len(fields) < 4 or fields[3][0] != _SEQUENCE:
        raise ValueError("it has no validity")
    times = list(_pieces(fields[3][1]))
    if len(times) != 2:
        raise ValueError("its validity has no end")
    return _seconds(*times[1])


def _seconds(tag: int, content: bytes) -> float:
    """Returns the time; RFC 5280, 4.1.2.5: always with seconds and in UTC, the short form for 1950 to 2049."""
    text = content.decode("ascii")
    if tag == _UTC_TIME:
        century = "19" if text[:2] >= "50" else "20"
        text = century + text
    elif tag != _TIME:
        raise ValueError("its end is not a time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()


def _one(data: bytes, tag: int) -> bytes:
    found, content = next(_pieces(data), (0, b""))
    if found != tag:
        raise ValueError("it is not built as a certificate")
    return content


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields tag and content of each piece."""
    at = 0
    while at < len(data):
        tag, head = data[at], data[at + 1 : at + 6]
        length, begin = _length(head)
        begin += at + 1
        if begin + length > len(data):
            raise ValueError("it ends early")
        yield tag, data[begin : begin + length]
        at = begin + length


def _length(head: bytes) -> tuple[int, int]:
    """Returns a length, and of how many bytes it is itself."""
    if not head:
        raise ValueError("it ends early")
    if head[0] < 0x80:
        return head[0], 1
    size = head[0] - 0x80
    if not 1 <= size <= 4 or len(head) <= size:
        raise ValueError("a length cannot be read")
    return int.from_bytes(head[1 : 1 + size], "big"), 1 + size
