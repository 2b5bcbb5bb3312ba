"""A TOML file as the statements it consists of, also where it is no TOML: where each begins and ends."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec

from appliance.config.toml import LONGEST_VALUE, innermost
from appliance.language.text import NOTHING, Text, verbatim

Path = tuple[str, ...]

_PATIENCE = 100  # statements without an end for which one is looked for; more is nonsense, and would take long

# one token of a line; a string that has no end is none
_TOKEN = re.compile(
    r'"""(?s:\\.|[^\\])*?"""(?!"{3})"{0,2}|\'\'\'(?s:.)*?\'\'\'\'{0,2}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[{]|[\]}]|\n|[^\s"\'#\[\]{}]+|.'
)


class Statement(msgspec.Struct, frozen=True):
    """Lines `start` to `end` (from 0, `end` not included) that are one statement; `wrong` says why it is none.

    `table`: the table that it opens, or stands in. `key`: the first key that it says something about.
    """

    start: int
    end: int
    table: Path
    wrong: Text = NOTHING
    key: str = ""


def statements(lines: list[str]) -> Iterator[Statement]:
    """The statements of a file, given as its lines with their ends; what is wrong costs its own lines and no other."""
    table: Path = ()
    number, patience = 0, _PATIENCE
    while number < len(lines):
        end, whole = _extent(lines, number, LONGEST_VALUE if patience else 1)
        patience -= not whole and patience > 0
        parsed, wrong = _parsed("".join(lines[number:end]), whole=whole)
        if lines[number].lstrip(" \t").startswith("["):
            table = innermost(parsed) if parsed else (f"line {number + 1}",)  # what follows belongs to nothing known
        yield Statement(number, end, table, wrong, next(iter(parsed), ""))
        number = end


def strings(text: str) -> Iterator[tuple[int, int]]:
    """Where the strings of a statement (or several) begin and end, quotes included."""
    for found in _TOKEN.finditer(text):
        if found[0][0] in "\"'" and len(found[0]) > 1:
            yield found.span()


def _extent(lines: list[str], start: int, longest: int) -> tuple[int, bool]:
    """The line after the statement, and whether it has an end within `longest` lines; where not, it is one line."""
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


def _parsed(text: str, *, whole: bool) -> tuple[dict[str, Any], Text]:
    try:
        return tomllib.loads(text), NOTHING
    except tomllib.TOMLDecodeError as error:
        reason = re.sub(r" \(at (line \d+, column \d+|end of document)\)$", "", str(error))
        return {}, verbatim(reason) if whole else Text("mistake.no_end")
