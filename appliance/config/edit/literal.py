"""Values as TOML writes them, on one line."""

import json
import math
import re
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def literal(value: object) -> str:
    """Returns a value of TOML as text. Raises `ValueError` for what TOML has no word for, or not in one line of ours.

    That is everything but texts, numbers, booleans, and lists and tables of these.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return _table(value)
    raise ValueError(f"{type(value).__name__} is no value of a form; expected text, a number, true or false")


def key(name: str) -> str:
    """Returns a key as text, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else _string(name)


def _string(value: str) -> str:
    value.encode()  # half a character is no text
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(value: dict[str, Any]) -> str:
    pairs = ", ".join(f"{key(name)} = {literal(each)}" for name, each in value.items())
    return f"{{ {pairs} }}" if pairs else "{}"
