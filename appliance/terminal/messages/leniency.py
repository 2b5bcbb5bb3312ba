"""Reads what can be read of JSON that is not quite as the document has it. No I/O.

Where a value cannot be read as its type, the smallest part that holds it is given up: an optional field takes its
default, an entry leaves its list, and only what must be there costs the whole around it. The caller hears where.

Numbers are read where their meaning is clear: 1.0 as a member of an enumeration, a fraction of a second as the second,
an id that is a number as text. An object where a list should be is a list of one. The entries of a list are read one by
one out of the frame's own bytes, so that a large list with one odd entry takes no more memory than a sound one.
"""

import functools
import math
import re
import types
import typing
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any, Final

import msgspec

MOST_ODD = 40_000
"""Odd values of one message that are looked into, those around them counted too; what comes after is left out: a second
on a small Pi is more than a terminal in its senses ever needs."""

MOST_PARTS: Final = 500_000
"""Commas of one message: more entries than memory is well spent on."""


class Odd(msgspec.Struct, frozen=True):
    """Something that could not be read: `where`, as in "ConferenceList.conferences.schedule", and why.

    `left_out`: entries of a list that has too many of them.
    """

    where: str
    reason: str
    left_out: int = 0


NOT_FINITE: Final = re.compile(rb'"-?(?:nan|inf(?:inity)?)"', re.IGNORECASE)
"""Texts that msgspec reads as numbers. Nothing can be reckoned with these, so they are not read as what they say."""

Note = Callable[[Odd], None]
UNREADABLE: Final = (msgspec.DecodeError, UnicodeError, RecursionError)


def ignore(odd: Odd) -> None:
    """Notes nothing."""


def read(kind: Any, raw: bytes, note: Note = ignore) -> Any:  # noqa: ANN401  # whatever type a message has
    """Reads a JSON text as `kind`, and what it can of one that is not that; `note` hears of each thing left out.

    Raises `msgspec.DecodeError` where that leaves nothing of what must be there; its message names the field.
    """
    if raw.count(b",") > MOST_PARTS:
        raise msgspec.ValidationError(f"oversized, more than {MOST_PARTS} values")
    return _Reading(note).any(kind, msgspec.Raw(raw), getattr(kind, "__name__", str(kind)))


class _TooOdd(msgspec.ValidationError):
    """Too much of the message was odd."""


class _Reading:
    """The reading of one message."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._left = MOST_ODD

    def any(self, kind: Any, raw: msgspec.Raw, where: str) -> Any:  # noqa: ANN401  # see `read`
        try:
            value = _decoder(kind).decode(raw)
            if _is_finite(kind, value, raw):
                return value
            raise msgspec.ValidationError("Expected a finite number")  # noqa: TRY301  # as msgspec would say it
        except msgspec.ValidationError as error:
            self._left -= 1
            if self._left < 0:
                raise _TooOdd(f"more than {MOST_ODD} values could not be read") from error
            return self._parts(kind, raw, where, error)

    def _parts(self, kind: Any, raw: msgspec.Raw, where: str, error: msgspec.ValidationError) -> Any:  # noqa: ANN401  # see `read`
        for one in _alternatives(kind):
            if isinstance(one, type) and issubclass(one, msgspec.Struct):
                return self._struct(one, raw, where)
            inner = typing.get_args(one)
            if typing.get_origin(one) is tuple and len(inner) == 2 and inner[1] is Ellipsis:
                return tuple(self._entries(inner[0], _listed(raw), where))
            if typing.get_origin(one) is dict:
                return self._members(inner[1], _decoder(dict[str, msgspec.Raw]).decode(raw), where)
        return _scalar(kind, raw, error)

    def _struct(self, kind: type[msgspec.Struct], raw: msgspec.Raw, where: str) -> msgspec.Struct:
        fields = _decoder(dict[str, msgspec.Raw]).decode(raw)
        values: dict[str, Any] = {}
        for field in _fields(kind):
            name = field.encode_name
            if name not in fields:
                if field.required:
                    raise msgspec.ValidationError(f"`{name}` is missing")
                continue
            try:
                values[field.name] = self.any(field.type, fields[name], f"{where}.{name}")
            except msgspec.ValidationError as error:
                if field.required:
                    raise msgspec.ValidationError(f"`{name}`: {error}") from error
                self._note(Odd(f"{where}.{name}", str(error)))
        return kind(**values)

    def _entries(self, kind: Any, entries: list[msgspec.Raw], where: str) -> Iterator[Any]:  # noqa: ANN401  # see `read`
        for raw in entries:
            try:
                yield self.any(kind, raw, where)
            except _TooOdd as error:
                self._note(Odd(where, str(error)))
                return
            except msgspec.ValidationError as error:
                self._note(Odd(where, str(error)))

    def _members(self, kind: Any, members: dict[str, msgspec.Raw], where: str) -> dict[str, Any]:  # noqa: ANN401  # see `read`
        read: dict[str, Any] = {}
        for name, raw in members.items():
            try:
                read[name] = self.any(kind, raw, where)
            except msgspec.ValidationError as error:
                self._note(Odd(where, str(error)))
        return read


def _is_finite(kind: Any, value: Any, raw: msgspec.Raw) -> bool:  # noqa: ANN401  # see `read`
    """Whether no number in a value is infinite or none at all; in an object or a list also where a text looks so."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str) or not (has_floats(kind) and NOT_FINITE.search(memoryview(raw)))


@functools.cache
def has_floats(kind: Any) -> bool:  # noqa: ANN401  # see `read`
    """Whether numbers that need not be whole may be in a value of this type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return any(has_floats(field.type) for field in _fields(kind))
    return kind is float or any(has_floats(one) for one in typing.get_args(kind))


def _listed(raw: msgspec.Raw) -> list[msgspec.Raw]:
    """The entries of a list; an object in its place is the only one."""
    if bytes(memoryview(raw)[:1]) == b"{":
        return [raw]
    entries: list[msgspec.Raw] = _decoder(list[msgspec.Raw]).decode(raw)
    return entries


def _scalar(kind: Any, raw: msgspec.Raw, error: msgspec.ValidationError) -> Any:  # noqa: ANN401  # see `read`
    """A number as text, or a number that is not written as a whole one; raises `error` for anything else."""
    value = msgspec.json.decode(raw)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        for one in _alternatives(kind):
            if one is str:
                return bytes(raw).decode()
            if one is int or (isinstance(one, type) and issubclass(one, IntEnum) and value == int(value)):
                return _decoder(one).decode(b"%d" % int(value))
    raise error


@functools.cache
def _alternatives(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  # see `read`
    """The types that a value may have, without None."""
    union = typing.get_origin(kind) in {typing.Union, types.UnionType}
    return tuple(one for one in typing.get_args(kind) if one is not type(None)) if union else (kind,)


@functools.cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401  # see `read`
    return msgspec.json.Decoder(kind, strict=False)


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)
