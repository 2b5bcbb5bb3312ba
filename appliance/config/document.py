"""A `room.toml` as TOML has it, whatever is wrong with it, and what its contradictions look like."""

from collections.abc import Iterator
from typing import Any

from appliance.language.text import Text

Contradiction = tuple[tuple[str, ...], Text]
"""The key, and what is wrong with its value."""


def tables(document: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the tables of a kind by name, such as those of `buttons`; what is no table is left out."""
    found = document.get(kind)
    for name, table in found.items() if isinstance(found, dict) else ():
        if isinstance(table, dict):
            yield name, table
