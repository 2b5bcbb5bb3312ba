"""The secrets of a text: never shown, never kept in a version, and unchanged unless replaced."""

import re
from collections.abc import Iterator
from typing import Any

from appliance.config.bounded import NotToml, loads
from appliance.config.edit.text import CannotEdit, with_value
from appliance.config.secrets.places import SECRET_PLACES, is_secret
from appliance.config.statements import Path
from appliance.terminal.config import KEPT

_LINE = re.compile(
    r"((?:^|[{,.\s])[\"']?(?:" + "|".join(sorted({path[-1] for path in SECRET_PLACES})) + r")[\"']?\s*=\s*)"
    r"(\"\"\"(?s:.*?)\"\"\"|\'\'\'(?s:.*?)\'\'\'|\"(?:\\.|[^\"\\\n])*\"?|'[^'\n]*'?)",
    re.MULTILINE,
)


def secrets_in(document: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yields the secrets of a document: where, and what it says. One that is `(kept)` elsewhere is none."""
    for name, value in document.items():
        if isinstance(value, dict):
            yield from secrets_in(value, (*path, name))
        elif isinstance(value, str) and value != KEPT and is_secret((*path, name)):
            yield (*path, name), value


def left_out(text: str) -> str:
    """Returns a text with `(kept)` for each secret. Raises `CannotEdit` and `NotToml`."""
    for path, _value in tuple(secrets_in(loads(text))):
        text = with_value(text, path, KEPT)
    return text


def put_back(text: str, from_text: str) -> str:
    """Returns a text with the secrets of another one where it has `(kept)`. Raises `CannotEdit` and `NotToml`."""
    document = loads(text)
    for path, value in secrets_in(loads(from_text)):
        if _at(document, path) == KEPT:
            text = with_value(text, path, value)
    return text


def hidden(text: str) -> str:
    """Returns a text for people, which may be no TOML, with `(kept)` for whatever may be a secret."""
    return _LINE.sub(rf'\g<1>"{KEPT}"', text)


def shown(text: str) -> str:
    """Returns a text with `(kept)` for each secret; of one that is no TOML, for whatever may be one.

    The pins of a board are text, too, as the PIN of a terminal is: which is which, only its table says.
    """
    try:
        return left_out(text)
    except (NotToml, CannotEdit):
        return hidden(text)


def _at(document: Any, path: Path) -> object:  # noqa: ANN401  # any value of a document
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document
