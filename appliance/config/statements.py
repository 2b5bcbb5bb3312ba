"""A TOML file as the statements it consists of, also where it is no TOML: where each begins and ends."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from appliance.config.bounded import DEEPEST, NotToml, loads
from appliance.language.text import NOTHING, Text

Path = tuple[str, ...]

LONGEST_VALUE = 200  # lines that one value may span; more would only make a search for its end slow
_PATIENCE = 100  # statements without an end for which one is looked for; more is nonsense, and would take long

# one token of a line; a string that has no end is none
_TOKEN = re.compile(
    r'"""(?s:\\.|[^\\])*?"""(?!"{3})"{0,2}|\'\'\'(?s:.)*?\'\'\'\'{0,2}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n|[^\s"\'#\[\]{}]+|.'
)


class Statement(msgspec.Struct, frozen=True):
    """Lines `start` to `end` (from 0, `end` not included) that are one statement; `wrong` says why it is none.

    `table`: the table that it opens, or stands in. `says`: what it says by itself. `at`: the line that is wrong.
    `endless`: it has no end, and what follows may belong to it.
    """

    start: int
    end: int
    table: Path
    says: dict[str, Any]
    is_header: bool = False
    wrong: Text = NOTHING
    at: int = 0
    endless: bool = False

    @property
    def key(self) -> str:
        """The first key that it says something about."""
        return next(iter(self.says), "")


def lines_in(text: str) -> list[str]:
    """The lines of a text with their ends; what ends one in TOML, and nothing else does."""
    *ended, last = text.split("\n")
    return [*(f"{line}\n" for line in ended), last]


def statements(lines: list[str]) -> Iterator[Statement]:
    """The statements of a file, given as its lines with their ends; what is wrong costs its own lines and no other."""
    table: Path = ()
    number, patience = 0, _PATIENCE
    while number < len(lines):
        end, whole = _extent(lines, number, LONGEST_VALUE if patience else 1)
        patience -= not whole and patience > 0
        is_header = lines[number].lstrip(" \t").startswith("[")
        says, wrong, at = _parsed("".join(lines[number:end]), 0 if is_header else len(table), whole=whole)
        if is_header:
            table = innermost(says) if says else (f"line {number + 1}",)  # what follows belongs to nothing known
        yield Statement(number, end, table, says, is_header, wrong, number + at, endless=not whole)
        number = end


def innermost(parsed: dict[str, Any]) -> Path:
    """The table that a header, parsed by itself, opens."""
    path: Path = ()
    while parsed:
        key, value = next(iter(parsed.items()))
        path = (*path, key)
        parsed = value[0] if isinstance(value, list) else value
    return path


def strings(text: str) -> Iterator[tuple[int, int]]:
    """Where the strings of a statement (or several) begin and end, quotes included."""
    for found in _TOKEN.finditer(text):
        if found[0][0] in "\"'" and len(found[0]) > 1:
            yield found.span()


def _extent(lines: list[str], start: int, longest: int) -> tuple[int, bool]:
    """The line after the statement, and whether it has an end within `longest` lines; where not, it is one line."""
    found = _end(lines, start, 1)  # as nearly all have it; putting the others together takes longer
    return found if found[1] else _end(lines, start, longest)


def _end(lines: list[str], start: int, longest: int) -> tuple[int, bool]:
    text = "".join(lines[start : start + longest])
    depth, line = 0, start
    for found in _TOKEN.finditer(text):
        part = found[0]
        depth += (part in "[{") - (part in "]}")
        line += part.count("\n")
        if part == "\n" and depth <= 0:
            return line, True
        if part in "\"'":
            return start + 1, False
    return (len(lines), True) if depth <= 0 and start + longest >= len(lines) else (start + 1, False)


def _parsed(text: str, depth: int, *, whole: bool) -> tuple[dict[str, Any], Text, int]:
    """What a statement says in a table of this depth; or why it says nothing, and on which of its lines, from 0."""
    try:
        says = loads(text, DEEPEST - depth)
    except NotToml as error:
        return {}, error.why if whole else Text("mistake.no_end"), max(error.line - 1, 0) if whole else 0
    return says, NOTHING, 0
