"""The layout of a message, written as the command lists write it, is its encoder and its decoder.

A layout has one token for each byte, except that a field of several bytes is one token:

    01 06        these very bytes
    2{speed}     upper half 2, lower half the field `speed`
    {number}     a byte
    {zoom:u}     16 bits in four bytes, a nibble each (0p 0q 0r 0s), unsigned
    {pan:s}      the same as two's complement
    {pan:l}      20 bits as two's complement in five bytes, a nibble each
    {model:w}    16 bits in two bytes
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, ClassVar, NamedTuple, TypeVar

import msgspec

Nibble = Annotated[int, msgspec.Meta(ge=0, le=0xF)]
Byte = Annotated[int, msgspec.Meta(ge=0, le=0xFE)]
Word = Annotated[int, msgspec.Meta(ge=0, le=0xFFFF)]
SignedWord = Annotated[int, msgspec.Meta(ge=-0x8000, le=0x7FFF)]
LongWord = Annotated[int, msgspec.Meta(ge=-0x80000, le=0x7FFFF)]


class Message(msgspec.Struct, frozen=True):
    """Base of every VISCA message: what stands between header and FF."""

    layout: ClassVar[str]


M = TypeVar("M", bound=Message)


def encode(message: Message) -> bytes:
    """Returns the bytes of `message`, without header and FF."""
    layout = _layout_of(type(message))
    body = bytearray(layout.given)
    for field in layout.fields:
        field.write(getattr(message, field.name), body)
    return bytes(body)


def decode(body: bytes, kind: type[M]) -> M | None:
    """`body` as a message of this kind, or None where it is none or holds a value that it must not hold."""
    layout = _layout_of(kind)
    if not layout.matches(body):
        return None
    try:
        return msgspec.convert({field.name: field.read(body) for field in layout.fields}, kind)
    except msgspec.ValidationError:
        return None


def hexadecimal(message: Message) -> dict[str, str]:
    """Returns the fields of a message as the manuals write them: hexadecimal, with as many digits as in the frame."""
    return {
        field.name: f"{getattr(message, field.name) & (1 << 4 * field.digits) - 1:0{field.digits}X}"
        for field in _layout_of(type(message)).fields
    }


_NIBBLES = {"u": 4, "s": 4, "l": 5}
_SIGNED = {"s", "l"}


class _Field(NamedTuple):
    """Where a field stands: `start`, its first byte, and its kind as in the layout ("h": lower half of a byte)."""

    name: str
    kind: str
    start: int

    @property
    def digits(self) -> int:
        """How many hexadecimal digits the value has."""
        return {**_NIBBLES, "w": 4, "h": 1}.get(self.kind, 2)

    def read(self, body: bytes) -> int:
        if count := _NIBBLES.get(self.kind):
            value = 0
            for nibble in body[self.start : self.start + count]:
                value = value << 4 | nibble
            return value - (1 << 4 * count) if self.kind in _SIGNED and body[self.start] & 0x8 else value
        if self.kind == "w":
            return int.from_bytes(body[self.start : self.start + 2])
        return body[self.start] & 0x0F if self.kind == "h" else body[self.start]

    def write(self, value: int, body: bytearray) -> None:
        if count := _NIBBLES.get(self.kind):
            body[self.start : self.start + count] = [value >> 4 * place & 0xF for place in reversed(range(count))]
        elif self.kind == "w":
            body[self.start : self.start + 2] = value.to_bytes(2)
        else:
            body[self.start] |= value


class _Layout(NamedTuple):
    mask: int  # the bits that are given
    value: int  # and what they are
    given: bytes  # the same as bytes, zero where fields stand
    fields: tuple[_Field, ...]

    def matches(self, body: bytes) -> bool:
        return len(body) == len(self.given) and int.from_bytes(body) & self.mask == self.value


_TOKEN = re.compile(r"(?P<high>[0-9A-F]?)\{(?P<name>\w+)(?::(?P<kind>[uslw]))?\}")
_MASKS = {"u": b"\xf0" * 4, "s": b"\xf0" * 4, "l": b"\xf0" * 5, "w": b"\0\0", "h": b"\xf0", "": b"\0"}


@cache
def _layout_of(kind: type[Message]) -> _Layout:
    mask, given, fields = bytearray(), bytearray(), []
    for token in kind.layout.split():
        match = _TOKEN.fullmatch(token)
        if not match:
            mask.append(0xFF)
            given.append(int(token, 16))
            continue
        field = _Field(match["name"], match["kind"] or ("h" if match["high"] else ""), len(given))
        fields.append(field)
        mask += _MASKS[field.kind]
        given += bytes((int(match["high"] or "0", 16) << 4, *bytes(len(_MASKS[field.kind]) - 1)))
    return _Layout(int.from_bytes(mask), int.from_bytes(given), bytes(given), tuple(fields))


class Catalogue:
    """Messages that may be meant, to be told apart by their bytes."""

    def __init__(self, kinds: Iterable[type[Message]]) -> None:
        self.kinds = tuple(kinds)
        self._by_length: dict[int, list[tuple[_Layout, type[Message]]]] = {}
        for kind in self.kinds:
            layout = _layout_of(kind)
            self._by_length.setdefault(len(layout.given), []).append((layout, kind))

    def decode(self, body: bytes) -> Message | None:
        """Returns the first message of the catalogue that `body` is, or None."""
        for layout, kind in self._by_length.get(len(body), ()):
            if layout.matches(body) and (message := decode(body, kind)) is not None:
                return message
        return None
