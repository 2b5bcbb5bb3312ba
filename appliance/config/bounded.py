"""TOML within bounds: whatever the bytes, the standard library's parser comes to an end soon, and in one way.

It calls itself for each array in an array and so leaves the stack (`RecursionError`), takes time that grows with the
cube of the parts of a dotted key, and leaves integers with thousands of digits to `int`, which refuses them with an
error of its own. A document of ours is four tables deep at most.
"""

import math
import re
import tomllib
from typing import Any

from appliance.language.text import Text

DEEPEST = 16  # tables and arrays within each other
_LARGEST = 2**63  # integers of TOML have 64 bits
_BARE = r"[\w-]+|\"[^\"\n]*\"|'[^'\n]*'"
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*(?:(?:{_BARE})[ \t]*\.[ \t]*){{{DEEPEST}}}", re.MULTILINE)
_LONG_NUMBER = re.compile(r"(?<!\d)\d[\d_]{4000,}")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class NotToml(ValueError):
    """Text that is not TOML, or goes beyond the bounds; `line` from 1, 0 where it is not known."""

    def __init__(self, why: Text, line: int) -> None:
        super().__init__(str(why))
        self.why = why
        self.line = line


def loads(text: str, deepest: int = DEEPEST) -> dict[str, Any]:
    """Returns what a text says; `deepest`: tables and arrays within each other. Raises `NotToml`."""
    if found := _LONG_KEY.search(text):
        raise NotToml(Text("mistake.too_deep"), _line(text, found.start()))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _of_the_parser(error, text) from None
    except RecursionError:
        raise NotToml(Text("mistake.too_deep"), 0) from None
    except ValueError:  # of `int`, for more digits than it reads
        found = _LONG_NUMBER.search(text)
        raise NotToml(Text("mistake.too_large_number"), _line(text, found.start()) if found else 0) from None
    _refuse_extremes(document, deepest)
    return document


def _of_the_parser(error: tomllib.TOMLDecodeError, text: str) -> NotToml:
    found = _AT.search(str(error))
    line = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
    return NotToml(Text("mistake.not_toml", words=_AT.sub("", str(error))), line)


def _refuse_extremes(document: dict[str, Any], deepest: int) -> None:
    """Refuses what is too deep, too large, or no number; with a stack of its own, since this may be any depth."""
    left: list[tuple[Any, int]] = [(document, 0)]
    while left:
        value, depth = left.pop()
        if depth > deepest:
            raise NotToml(Text("mistake.too_deep"), 0)
        if isinstance(value, dict):
            left.extend((part, depth + 1) for part in value.values())
        elif isinstance(value, list):
            left.extend((part, depth + 1) for part in value)
        elif type(value) is int and not -_LARGEST <= value < _LARGEST:
            raise NotToml(Text("mistake.too_large_number"), 0)
        elif isinstance(value, float) and not math.isfinite(value):
            raise NotToml(Text("mistake.no_number"), 0)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
