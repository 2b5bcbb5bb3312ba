"""What a program that follows a room is told, out of server-sent events (HTML, 9.2.6), byte by byte."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

LONGEST: Final = 16 * 2**20  # bytes of an item


class Told(msgspec.Struct, frozen=True):
    """An item; `kind`: see `appliance.api.following.stream.KINDS`.

    `id`: by which to go on after it. `data`: what JSON says.
    """

    kind: str
    id: str
    data: Any


class TooLongError(ValueError):
    """An item without an end: what is told is no room."""


class Items:
    """Takes bytes as they come, gives items as soon as they are whole, and passes over signs of life."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Told]:
        """Yields what has become whole. Raises `ValueError`: no JSON, or an item without an end."""
        self._rest += chunk
        *whole, rest = bytes(self._rest).replace(b"\r\n", b"\n").split(b"\n\n")
        if len(rest) > LONGEST:
            raise TooLongError(f"an item of more than {LONGEST} bytes")
        self._rest = bytearray(rest)
        for block in whole:
            if (item := _item(block)) is not None:
                yield item


def _item(block: bytes) -> Told | None:
    fields: dict[bytes, list[bytes]] = {}
    for line in block.split(b"\n"):
        name, _, value = line.partition(b":")
        fields.setdefault(name, []).append(value.removeprefix(b" "))
    if b"data" not in fields:
        return None
    kind, place = (fields.get(name, [b""])[-1].decode(errors="replace") for name in (b"event", b"id"))
    return Told(kind, place, msgspec.json.decode(b"\n".join(fields[b"data"])))
