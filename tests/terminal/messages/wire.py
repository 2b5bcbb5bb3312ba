"""Strategies for any value of any message type, and the defaults that the wire leaves out."""

import enum
import types
import typing
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

INTEGERS = st.integers(-(2**53), 2**53)  # what every JSON reader keeps
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORD = TEXT.filter(lambda text: text.lower() != "null")  # read leniently, that word is nothing where nothing may stand
JSON = st.recursive(
    st.none() | st.booleans() | INTEGERS | FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: INTEGERS,
    float: FLOATS,
    bool: st.booleans(),
    Any: JSON,
    None: st.none(),
    types.NoneType: st.none(),
    msgspec.UnsetType: st.just(msgspec.UNSET),
}


def values(kind: Any) -> st.SearchStrategy[Any]:  # any type that a message has
    """Any value of a type."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([values(one) for one in inner])
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(values(inner[0]), values(inner[1]), max_size=2)
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if issubclass(kind, enum.Enum):
        unknown = st.integers(-999, 999) if issubclass(kind, int) else WORD
        return st.sampled_from(kind) | unknown.map(kind)
    return messages(kind)


@cache  # what it is made of is looked at once, and not for each example
def messages(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any message of a kind; what may be left out often is."""
    fields = msgspec.structs.fields(kind)
    return st.fixed_dictionaries(
        {field.name: values(field.type) for field in fields if field.required},
        optional={field.name: values(field.type) for field in fields if not field.required},
    ).map(lambda chosen: kind(**chosen))


def with_defaults(message: Any) -> Any:  # any part of a message
    """A message as JSON values with nothing left out."""
    if isinstance(message, msgspec.Struct):
        fields = msgspec.structs.fields(type(message))
        return {field.encode_name: with_defaults(getattr(message, field.name)) for field in fields}
    if isinstance(message, tuple):
        return [with_defaults(item) for item in message]
    return message.value if isinstance(message, enum.Enum) else message


def missing(expected: Any, got: Any, path: str = "") -> list[str]:  # any JSON
    """Where `got` lacks or changes something that `expected` has."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return [
            line
            for key, value in expected.items()
            for line in (missing(value, got[key], f"{path}.{key}") if key in got else [f"{path}.{key} is lost"])
        ]
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [
            line for n, pair in enumerate(zip(expected, got, strict=True)) for line in missing(*pair, f"{path}[{n}]")
        ]
    same = expected == got and isinstance(expected, bool) == isinstance(got, bool)
    return [] if same else [f"{path}: {expected!r} became {got!r}"]
