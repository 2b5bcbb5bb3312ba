"""What a form shows of a `room.toml`: every table and key of the schema, with kind, range, choices, help and value.

All of it comes from the schema: a key that is added there is in the form. The help of a key is what the docstring of
its table says about it. Secrets have no value here, only whether they are given.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from appliance.config.bounded import loads
from appliance.config.schema import Config
from appliance.config.secrets.places import is_secret
from appliance.config.statements import Path


class Field(msgspec.Struct, frozen=True):
    """One key. `kind`: text, whole, number, switch, choice, list, words, or other, which is left to the text.

    Words are a number, a text or a list of either; some keys that take them take a table, too. `low` and `high`: of a
    number, or of the length of a text. `value`: as the file has it; None where it is left out, and of secrets always.
    `given`: whether the file has it. `default`: what holds where it is left out.
    """

    path: Path
    kind: str
    help: str = ""
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    default: object = None
    value: object = None
    given: bool = False
    secret: bool = False


class Table(msgspec.Struct, frozen=True):
    """One table. `named`: there may be several, and this is the pattern of one more. `given`: the file has it."""

    path: Path
    help: str
    fields: tuple[Field, ...]
    named: bool = False
    given: bool = False


NEW = "*"
"""Stands for the name of a table that there is not yet."""


def form(text: str) -> tuple[Table, ...]:
    """Returns the form of a text, which may have mistakes but is TOML. Raises `NotToml`."""
    return tuple(_tables(Config, loads(text), ()))


def _tables(kind: type, document: object, path: Path) -> Iterator[Table]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)  # noqa: S101  # the schema is made of structs
    says = document if isinstance(document, dict) else {}
    help_of = _help(kind)
    own = tuple(
        _field(field, says, (*path, field.encode_name), help_of(field.encode_name))
        for field in info.fields
        if _table_of(field.type) is None
    )
    yield Table(path, help_of.first, own, path[-1:] == (NEW,), isinstance(document, dict))
    for field in info.fields:
        found = _table_of(field.type)
        if found is not None:
            yield from _below(*found, says.get(field.encode_name), (*path, field.encode_name))


def _below(kind: type, named: bool, document: object, path: Path) -> Iterator[Table]:  # noqa: FBT001  # as `_table_of` returns it
    if not named:
        yield from _tables(kind, document, path)
        return
    for name, entry in document.items() if isinstance(document, dict) else ():
        yield from _tables(kind, entry, (*path, name))
    yield from _tables(kind, None, (*path, NEW))


def _table_of(kind: inspect.Type) -> tuple[type, bool] | None:
    """Returns the struct that a key is a table of, and whether it is one of tables by name; None for values."""
    kinds = _without_none(kind)
    if len(kinds) != 1:
        return None
    if isinstance(kinds[0], inspect.StructType):
        return kinds[0].cls, False
    if isinstance(kinds[0], inspect.DictType) and isinstance(kinds[0].value_type, inspect.StructType):
        return kinds[0].value_type.cls, True
    return None


def _field(field: inspect.Field, says: dict[str, Any], path: Path, help_text: str) -> Field:
    kind, low, high, choices = _kind(field.type)
    secret, given = is_secret(path), field.encode_name in says
    return Field(
        path,
        kind,
        help_text,
        field.required,
        low,
        high,
        choices,
        None if field.default is msgspec.NODEFAULT else msgspec.to_builtins(field.default),
        None if secret else says.get(field.encode_name),
        given,
        secret,
    )


def _kind(kind: inspect.Type) -> tuple[str, float | None, float | None, tuple[str, ...]]:
    kinds = _without_none(kind)
    match kinds:
        case [inspect.BoolType()]:
            return "switch", None, None, ()
        case [inspect.IntType(ge=low, le=high)]:
            return "whole", low, high, ()
        case [inspect.FloatType(ge=low, le=high)]:
            return "number", low, high, ()
        case [inspect.StrType(min_length=low, max_length=high)]:
            return "text", low, high, ()
        case [inspect.LiteralType(values=values)]:
            return "choice", None, None, tuple(map(str, values))
        case [inspect.EnumType(cls=cls)]:
            return "choice", None, None, tuple(str(each.value) for each in cls)
        case [inspect.ListType() | inspect.VarTupleType() as many]:
            return "list", many.min_length, many.max_length, ()
    plain = [each for each in kinds if not isinstance(each, inspect.DictType)]
    return "words" if plain and all(map(_is_words, plain)) else "other", None, None, ()


def _is_words(kind: inspect.Type) -> bool:
    """Whether values of this type can be written in a line: a number, a word, or a list of them."""
    match kind:
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return all(map(_is_words, _without_none(item)))
        case inspect.BoolType() | inspect.IntType() | inspect.FloatType() | inspect.StrType() | inspect.LiteralType():
            return True
    return False


def _without_none(kind: inspect.Type) -> list[inspect.Type]:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [each for each in kinds if not isinstance(each, inspect.NoneType)]


class _Help:
    """What the docstrings of a struct and of those that it is made of say."""

    def __init__(self, kind: type) -> None:
        own = [each for each in kind.__mro__ if issubclass(each, msgspec.Struct) and each is not msgspec.Struct]
        texts = [" ".join((each.__doc__ or "").split()) for each in own]
        self._sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.:])\s+(?=[`A-Z])", text)]
        self.first = re.sub(r"^`\[[^`]*\]`: ", "", self._sentences[0]) if self._sentences else ""

    def __call__(self, key: str) -> str:
        """Returns what is said about a key; empty where nothing is."""
        word = re.compile(rf"`{re.escape(key)}`")
        return " ".join(sentence for sentence in self._sentences[1:] if word.search(sentence))


@functools.cache
def _help(kind: type) -> _Help:
    """Returns the help of a struct; made once, and not for each of two hundred buttons."""
    return _Help(kind)
