"""The words of the interface itself, from the message types: what may stay in a recording as it is."""

import functools
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec

from appliance.terminal.messages.every import COMMANDS, EVENTS
from appliance.terminal.messages.settings import Settings


class Vocabulary(msgspec.Struct, frozen=True):
    """Field names of the wire: those that hold numbers, and the words that others may hold.

    `structs` hold objects whose members are fields; the members of any other object may be named after somebody.
    """

    numbers: frozenset[str]
    structs: frozenset[str]
    words: dict[str, frozenset[str]]
    settings: frozenset[str]
    fields: frozenset[str]


@functools.cache
def vocabulary() -> Vocabulary:
    """Returns the words of every message that this version knows."""
    numbers: set[str] = set()
    texts: set[str] = set()
    structs: set[str] = set()
    maps: set[str] = set()
    words: dict[str, set[str]] = {}
    fields = {"requestId", "method", "event", "result", "error"}
    for name, kind in _fields():
        fields.add(name)
        for one in _alternatives(kind):
            if isinstance(one, type) and issubclass(one, int | float) and one is not bool:
                numbers.add(name)
            elif one is str:
                texts.add(name)
            elif isinstance(one, type) and issubclass(one, msgspec.Struct):
                structs.add(name)
            elif typing.get_origin(one) is dict:
                maps.add(name)
            else:
                words.setdefault(name, set()).update(_words(one))
    settings = frozenset(field.encode_name for field in msgspec.structs.fields(Settings))
    return Vocabulary(
        numbers=frozenset(numbers - texts),
        structs=frozenset(structs - maps),
        words={name: frozenset(each) for name, each in words.items()},
        settings=settings,
        fields=frozenset(fields),
    )


def _words(kind: Any) -> Iterator[str]:  # noqa: ANN401  # any type that a message has
    if typing.get_origin(kind) is typing.Literal:
        yield from typing.get_args(kind)
    elif isinstance(kind, type) and issubclass(kind, str) and issubclass(kind, Enum):
        yield from (str(member.value) for member in kind)


def _fields() -> Iterator[tuple[str, Any]]:
    seen: set[type] = set()
    open_: list[Any] = [*COMMANDS.values(), *(kind.reply for kind in COMMANDS.values()), *EVENTS.values(), Settings]
    while open_:
        kind = open_.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            yield field.encode_name, field.type
            open_ += [part for part in _parts(field.type) if issubclass(part, msgspec.Struct)]


def _alternatives(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  # any type that a message has
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return tuple(part for one in typing.get_args(kind) for part in _alternatives(one))
    if typing.get_origin(kind) is tuple:
        return _alternatives(typing.get_args(kind)[0])
    return (kind,)


def _parts(kind: Any) -> Iterator[type]:  # noqa: ANN401  # any type that a message has
    for one in _alternatives(kind):
        if typing.get_origin(one) is dict:
            yield from _parts(typing.get_args(one)[1])
        elif isinstance(one, type):
            yield one
