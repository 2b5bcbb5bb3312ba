"""Where each key of a TOML document stands."""

from collections.abc import Iterator
from typing import Any

from appliance.config.statements import lines_in, statements

Path = tuple[str, ...]


def lines_of(text: str) -> dict[Path, int]:
    """Where each key of a valid document stands: path of the key → line number from 1."""
    places: dict[Path, int] = {}
    for statement in statements(lines_in(text)):
        number = statement.start + 1
        if statement.is_header:
            for depth in range(len(statement.table)):
                places.setdefault(statement.table[: depth + 1], number)
            continue
        for path in _paths(statement.says):
            places.setdefault(statement.table + path, number)
    return places


def line_of(places: dict[Path, int], path: Path) -> int:
    """The line of a key, or of the nearest table around it that the file names."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def _paths(parsed: dict[str, Any], before: Path = ()) -> Iterator[Path]:
    for key, value in parsed.items():
        yield (*before, key)
        if isinstance(value, dict):
            yield from _paths(value, (*before, key))
