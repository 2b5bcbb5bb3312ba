"""TOML to typed values: every mistake is found in one go, each with its line, its key and what was expected."""

import difflib
import enum
import types
import typing
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

import msgspec

from appliance.config.bounded import NotToml, loads
from appliance.config.kinds import kind_of
from appliance.config.places import Path, line_of, lines_of
from appliance.config.words import words_of, words_of_msgspec
from appliance.language.catalogue import Language
from appliance.language.text import Text

T = TypeVar("T", bound=msgspec.Struct)

_ENOUGH = 200  # mistakes after which no key is looked for that is meant: it takes long


class Mistake(msgspec.Struct, frozen=True, order=True):
    """One thing wrong with a configuration; `line` counts from 1, and is 1 where the file as a whole is meant."""

    line: int
    key: str
    message: Text

    def said(self, language: Language) -> str:
        """The key and what is wrong with it, in one line whatever characters the file has."""
        return one_line((f"{self.key}: " if self.key else "") + language.say(self.message))


def one_line(text: str) -> str:
    """Returns a text with escapes for what would end a line, move the cursor or turn the direction of writing."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def read(kind: type[T], text: str) -> tuple[T | None, list[Mistake]]:
    """`text` as a value of `kind`, or None and every mistake that stands in the way, in the order of lines."""
    try:
        document = loads(text)
    except NotToml as error:
        return None, [syntax(error)]
    return convert(kind, document, text)


def convert(kind: type[T], document: dict[str, Any], text: str) -> tuple[T | None, list[Mistake]]:
    """The same for a `text` that has been read; `document`: what it says."""
    reader = _Reader(text)
    value: T | None = reader.struct(kind, document, ())
    return (None if reader.mistakes else value), sorted(reader.mistakes)


def syntax(error: NotToml) -> Mistake:
    """The one mistake of a text that is not TOML."""
    return Mistake(max(error.line, 1), "", error.why)


class _Reader:
    """Builds values and collects mistakes on the way."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.mistakes: list[Mistake] = []

    @cached_property
    def _places(self) -> dict[Path, int]:
        """Looked for at the first mistake: finding them costs more than all the rest, and few files have any."""
        return lines_of(self._text)

    def note(self, path: Path, message: Text) -> None:
        self.mistakes.append(Mistake(line_of(self._places, path), ".".join(path), message))

    def struct(self, kind: type[T], data: dict[str, Any], path: Path) -> T | None:
        before = len(self.mistakes)
        wrong: set[str] = set()
        fields = _fields(kind)
        for key in data.keys() - fields.keys():
            similar = fields if len(self.mistakes) < _ENOUGH else {}
            self.note((*path, key), _unknown_key(key, data[key], fields, similar))
        values: dict[str, Any] = {}
        for name in filter(fields.__contains__, data):
            so_far = len(self.mistakes)
            values[name] = self.value(fields[name].type, data[name], (*path, name))
            if len(self.mistakes) > so_far:
                wrong.add(name)
        for name, field in fields.items():
            if field.required and name not in data:
                self.note((*path, name), Text("mistake.missing"))
                wrong.add(name)
        made = self._made(kind, values, path, wrong)
        return made if len(self.mistakes) == before else None

    def _made(self, kind: type[T], values: dict[str, Any], path: Path, wrong: set[str]) -> T | None:
        """The struct, or None, after noting all that `__post_init__` says of values that are not `wrong` already."""
        for _ in range(len(_fields(kind)) + 1):
            try:
                return kind(**_without(values, wrong, kind))
            except ValueError as error:  # what __post_init__ found
                if not self._noted(error, path, wrong, _fields(kind)):
                    return None
            except (TypeError, AttributeError):  # it looked at one that is wrong
                if not wrong:
                    raise
                return None
        return None

    def _noted(self, error: ValueError, path: Path, wrong: set[str], fields: Iterable[str]) -> bool:
        """Whether this was something new about one key, so that there may be more about others."""
        key, beside = getattr(error, "key", ""), getattr(error, "beside", "")
        if key not in fields:
            if not wrong:
                self.note(path, words_of(error))
            return False
        if key in wrong:
            return False
        if beside not in wrong:
            self.note((*path, key), words_of(error))
        wrong.add(key)
        return True

    def value(self, kind: Any, data: Any, path: Path) -> Any:  # noqa: ANN401  # any type of any field
        inner = _struct_for(kind, data)
        if inner is not None:
            return self._table(inner, data, path)
        if typing.get_origin(kind) is dict:
            return self._tables(typing.get_args(kind)[1], data, path)
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            self.note(path, _with_choices(words_of_msgspec(error), kind))
            return None

    def _table(self, kind: type[msgspec.Struct], data: Any, path: Path) -> Any:  # noqa: ANN401  # as above
        if isinstance(data, dict):
            return self.struct(kind, data, path)
        return self._no_table(data, path)

    def _tables(self, item: Any, data: Any, path: Path) -> Any:  # noqa: ANN401  # as above
        if isinstance(data, dict):
            return {key: self._named(item, part, (*path, key)) for key, part in data.items()}
        return self._no_table(data, path)

    def _named(self, item: Any, data: Any, path: Path) -> Any:  # noqa: ANN401  # as above
        if _struct_for(item, data) is not None and not isinstance(data, dict):
            around = ".".join(path[:-1])
            self.note(path, Text("mistake.not_a_table_named", found=kind_of(data), table=around))
            return None
        return self.value(item, data, path)

    def _no_table(self, data: object, path: Path) -> None:
        self.note(path, Text("mistake.not_a_table", found=kind_of(data)))


def _without(values: dict[str, Any], wrong: set[str], kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The values of a struct, None for those that it needs and that are wrong."""
    needed = {name: None for name, field in _fields(kind).items() if field.required and name in wrong}
    return {name: value for name, value in values.items() if name not in wrong} | needed


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _struct_for(kind: Any, data: object) -> type[msgspec.Struct] | None:  # noqa: ANN401  # any annotation
    """The struct type in `X` or `X | None`; in `str | X`, where the data is a table."""
    if str in typing.get_args(kind) and not isinstance(data, dict):
        return None
    members = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    structs = [member for member in members if isinstance(member, type) and issubclass(member, msgspec.Struct)]
    return structs[0] if structs else None


def _unknown_key(key: str, value: object, known: dict[str, msgspec.structs.FieldInfo], similar: Iterable[str]) -> Text:
    close = difflib.get_close_matches(key, similar, n=1)
    if not close:
        return Text("mistake.unknown_key", known=", ".join(sorted(known)))
    several = typing.get_origin(known[close[0]].type) is dict
    one_of_them = several and isinstance(value, dict) and not any(isinstance(part, dict) for part in value.values())
    return Text("mistake.unknown_key_like", close=f"[{close[0]}.{key}]" if one_of_them else close[0])


def _with_choices(mistake: Text, kind: Any) -> Text:  # noqa: ANN401  # any annotation
    """A mistake with what a `Literal` or an enumeration takes; the mistake alone for other types."""
    members = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    words = [str(word) for member in members for word in _words(member)]
    return Text("mistake.with_choices", mistake=mistake, choices=", ".join(words)) if words else mistake


def _words(kind: Any) -> Iterator[object]:  # noqa: ANN401  # any annotation
    if typing.get_origin(kind) is Literal:
        yield from typing.get_args(kind)
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        yield from (member.value for member in kind)
