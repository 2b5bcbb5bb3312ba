"""Changes one value in a text of TOML and leaves all else as it is: comments, order, spaces, ends of lines.

How it works. The text is taken apart into its statements, which know their lines. Where a statement says the value, its
value is replaced between the equals sign and the comment; where there is none, a line is added to the table, or the
table to the end of the file. Neither is trusted: a text counts only if it says what was wanted and nothing else. What
cannot be changed in this way, such as a key within an inline table, is refused (`CannotEdit`) and left to a person.

A library for this (tomlkit) has a parser of its own, which need not agree with the one that reads the file, and is one
more for the firmware to carry; the statements are there for mistakes with their lines anyhow.
"""

import copy
from collections.abc import Iterator
from typing import Any

from appliance.config.bounded import NotToml, loads
from appliance.config.edit import literal
from appliance.config.statements import Path, Statement, lines_in, statements
from appliance.language.text import Text, Worded


class CannotEdit(Worded, ValueError):
    """A change that the text does not let us make; `path` is the key."""

    def __init__(self, path: Path) -> None:
        super().__init__(Text("edit.by_hand", key=".".join(path)))
        self.path = path


def with_value(text: str, path: Path, value: object) -> str:
    """Returns the text with another value for a key, whether it had one or not. Raises `CannotEdit` and `NotToml`."""
    wanted = loads(text)
    try:
        _table(wanted, path[:-1])[path[-1]] = _plain(value)
    except (TypeError, ValueError):
        raise CannotEdit(path) from None
    return _first(path, [wanted], _with_value(text, path, value))


def with_table(text: str, path: Path) -> str:
    """Returns the text with an empty table at its end, unless it has that table. Raises as `with_value`."""
    wanted = loads(text)
    try:
        if _table(copy.deepcopy(wanted), path) == _at(wanted, path):
            return text
        _table(wanted, path)
    except TypeError:
        raise CannotEdit(path) from None
    return _first(path, [wanted], iter([_ended(text) + _header(text, path)]))


def without(text: str, path: Path) -> str:
    """Returns the text without a key, or a table and all that is in it; as it is where there is none. Raises as above.

    Comments stay.
    """
    wanted = loads(text)
    if _at(wanted, path) is None:
        return text
    possible = []
    for length in range(len(path), 0, -1):  # what a header names on the way is gone with the last that is in it
        table = _table(wanted, path[: length - 1])
        if length < len(path) and table[path[length - 1]]:
            break
        del table[path[length - 1]]
        possible.append(copy.deepcopy(wanted))
    return _first(path, possible, iter([_without(text, path)]))


def _first(path: Path, wanted: list[dict[str, Any]], texts: Iterator[str]) -> str:
    for text in texts:
        try:
            says = loads(text)
        except NotToml:
            continue
        if any(_same(says, each) for each in wanted):
            return text
    raise CannotEdit(path)


def _with_value(text: str, path: Path, value: object) -> Iterator[str]:
    lines = lines_in(text)
    known = list(statements(lines))
    for statement in known:
        whole = "".join(lines[statement.start : statement.end])
        if statement.says and not statement.is_header and _says(statement, whole) == path:
            begin, end = _span(whole, statement.says)
            new = whole[:begin] + literal.literal(value) + whole[end:]
            yield "".join([*lines[: statement.start], new, *lines[statement.end :]])
    line = f"{literal.key(path[-1])} = {literal.literal(value)}"
    mine = [each for each in known if each.table == path[:-1] and each.says]
    if mine or len(path) == 1:
        at = mine[-1].end if mine else 0
        before = _ended("".join(lines[:at]))
        yield before + _indent(lines, mine) + line + _end(text) + "".join(lines[at:])
    else:
        yield _ended(text) + _header(text, path[:-1]) + line + _end(text)


def _without(text: str, path: Path) -> str:
    lines = lines_in(text)
    for statement in statements(lines):
        whole = "".join(lines[statement.start : statement.end])
        says = statement.table if statement.is_header else _says(statement, whole)
        if statement.says and says[: len(path)] == path:
            lines[statement.start : statement.end] = [""] * (statement.end - statement.start)
    return "".join(lines)


def _says(statement: Statement, whole: str) -> Path:
    """Returns the key that a statement gives a value, with its table; a dotted key leads further down."""
    path: list[str] = []
    if statement.says:
        says: Any = loads(whole[: _equals(whole)] + "= 0")
        while isinstance(says, dict):
            name, says = next(iter(says.items()))
            path.append(name)
    return (*statement.table, *path)


def _equals(whole: str) -> int:
    """Returns where the equals sign of a statement is; its key may have some in quotes."""
    return next(at for at, letter in enumerate(whole) if letter == "=" and _is_toml(whole[:at] + "= 0"))


def _span(whole: str, says: dict[str, Any]) -> tuple[int, int]:
    """Returns where the value of a statement begins and ends."""
    begin = _equals(whole) + 1
    begin += len(whole[begin:]) - len(whole[begin:].lstrip(" \t"))
    comments = [at for at in range(begin, len(whole)) if whole[at] == "#"]
    end = next((at for at in comments if _is_toml(whole[:at]) and _same(loads(whole[:at]), says)), len(whole))
    return begin, len(whole[:end].rstrip(" \t\r\n"))


def _is_toml(text: str) -> bool:
    try:
        loads(text)
    except NotToml:
        return False
    return True


def _indent(lines: list[str], mine: list[Statement]) -> str:
    last = [each for each in mine if not each.is_header]
    line = lines[last[-1].start] if last else ""
    return line[: len(line) - len(line.lstrip(" \t"))]


def _end(text: str) -> str:
    """Returns what ends a line in this text."""
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + _end(text)


def _header(text: str, path: Path) -> str:
    end = _end(text)
    return f"{end if text.strip() else ''}[{'.'.join(map(literal.key, path))}]{end}"


def _table(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """Returns the table at a path, which is made where there is none. Raises `TypeError` where it is none."""
    for name in path:
        document = document.setdefault(name, {})
        if not isinstance(document, dict):
            raise TypeError(name)
    return document


def _at(document: Any, path: Path) -> Any:  # noqa: ANN401  # any value of a document
    for name in path:
        if not isinstance(document, dict) or name not in document:
            return None
        document = document[name]
    return document


def _plain(value: object) -> object:
    """Returns a value as it is read again."""
    return loads(f"value = {literal.literal(value)}")["value"]


def _same(one: object, other: object) -> bool:
    """Whether two values are the same, and of the same type: 1, 1.0 and true are not."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
