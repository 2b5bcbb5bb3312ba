"""Compares what a terminal said with the type that we have for it. No value is repeated that could be somebody's.

Names of fields and numbers of enumerations are the interface's; of anything else only the kind is told. A name that
does not look like a field's is not repeated either.
"""

import re
import types
import typing
from collections.abc import Iterator
from enum import Enum, IntFlag, StrEnum
from typing import Any

import msgspec

from appliance.terminal.messages.base import Wire
from appliance.terminal.messages.frames import ENVELOPE

_NAME = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")  # digits are what ids have
_WORD = re.compile(r"[A-Za-z][A-Za-z.+-]{0,19}\d{0,3}")
_LARGEST = 100_000  # of an enumeration; larger numbers are ids


class Difference(StrEnum):
    """How a message differs from its type."""

    UNKNOWN_FIELD = "unknown field"
    UNKNOWN_VALUE = "unknown value"
    OTHER_TYPE = "other type"
    MISSING_FIELD = "missing field"
    UNREADABLE = "unreadable"


class Finding(msgspec.Struct, frozen=True, order=True):
    """A difference: where, as in `getConferences.owner`, and what; nobody's value is in it."""

    difference: Difference
    where: str
    detail: str = ""


def compare(kind: type[msgspec.Struct], frame: dict[str, Any], where: str) -> frozenset[Finding]:
    """Returns how a frame differs from its type, each kind of difference once."""
    spellings = kind.also if issubclass(kind, Wire) else {}
    return frozenset(_Comparison(spellings).struct(kind, frame, where, known=ENVELOPE))


class _Comparison:
    """One comparison; `spellings`: other names for fields, at every depth."""

    def __init__(self, spellings: dict[str, str]) -> None:
        self._spellings = spellings

    def struct(
        self, kind: type[msgspec.Struct], value: dict[str, Any], where: str, *, known: set[str] | frozenset[str]
    ) -> Iterator[Finding]:
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        there = {self._spellings.get(name, name): item for name, item in value.items()}
        for name in sorted(there.keys() - fields.keys() - known):
            shown = name if _NAME.fullmatch(name) else "(a name that may be somebody's)"
            yield Finding(Difference.UNKNOWN_FIELD, f"{where}.{shown}", _kind(there[name]))
        for name, field in fields.items():
            if name in there:
                yield from self.value(field.type, there[name], f"{where}.{name}")
            elif name not in ("result", "requestId", "error"):
                yield Finding(Difference.MISSING_FIELD, f"{where}.{name}")

    def value(self, kind: Any, value: Any, where: str) -> Iterator[Finding]:  # noqa: ANN401  # any type, any JSON
        alternatives = _alternatives(kind)
        if value is None or typing.Any in alternatives:
            return
        for one in alternatives:
            origin, inner = typing.get_origin(one), typing.get_args(one)
            if origin is tuple and isinstance(value, list):
                for item in value:
                    yield from self.value(inner[0], item, where)
                return
            if origin is dict and isinstance(value, dict):
                for item in value.values():
                    yield from self.value(inner[1], item, f"{where}.*")
                return
            if isinstance(one, type) and issubclass(one, msgspec.Struct) and isinstance(value, dict):
                yield from self.struct(one, value, where, known=frozenset())
                return
        yield from _scalar(alternatives, value, where)


def _scalar(alternatives: tuple[Any, ...], value: Any, where: str) -> Iterator[Finding]:  # noqa: ANN401  # any JSON
    kinds = [one for one in alternatives if isinstance(one, type)]
    enums = [one for one in kinds if issubclass(one, Enum)]
    words = [word for one in alternatives if typing.get_origin(one) is typing.Literal for word in typing.get_args(one)]
    if any(_fits(one, value) for one in kinds if one not in enums):
        return
    if any(issubclass(one, IntFlag) and isinstance(value, int) for one in enums):
        return
    if any(value in [member.value for member in one.__members__.values()] for one in enums) or value in words:
        return
    same = any(isinstance(value, str) is issubclass(one, str) for one in enums) or bool(words)
    if same and isinstance(value, str | int | float) and not isinstance(value, bool):
        yield Finding(Difference.UNKNOWN_VALUE, where, _shown(value))
    else:
        yield Finding(Difference.OTHER_TYPE, where, _kind(value))


def _fits(kind: type, value: Any) -> bool:  # noqa: ANN401  # any JSON
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool)
    return isinstance(value, int | float) if kind is float else isinstance(value, kind)


def _shown(value: str | float) -> str:
    if isinstance(value, str):
        return repr(value) if _WORD.fullmatch(value) else "a text"
    return str(value) if abs(value) < _LARGEST else "a large number"


def _kind(value: Any) -> str:  # noqa: ANN401  # any JSON
    names = {bool: "true or false", int: "number", float: "number", str: "text", list: "list", dict: "object"}
    return names.get(type(value), "null")


def _alternatives(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  # any type that a message has
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return tuple(one for one in typing.get_args(kind) if one not in (types.NoneType, msgspec.UnsetType))
    return (kind,)
