"""A configuration as it may be shown: everything that is in force, and none of its secrets.

What is secret is known by its place (`secrets/places.py`). Addresses lose what may identify whoever asks, and of a
webhook's the host alone is left; words of actions lose the passwords of conferences, as wherever people read them;
codes of badges are counted.
"""

import re
from typing import Any, Final

import msgspec

from appliance.config.schema import Config
from appliance.config.secrets.places import is_secret
from appliance.config.statements import Path
from appliance.room.actions import LEFT_OUT
from appliance.room.actions.readable import readable

_WORDS: Final = frozenset({"label", "name"})  # no actions, whatever they say
_ADDRESS: Final = re.compile(r"(?is)([a-z][a-z0-9+.-]*://)(?:[^/?#\s]*@)?([^/?#\s]*)([^?#\s]*)(.*)")


def shown(config: Config) -> dict[str, Any]:
    """Returns the tables of a configuration by their names, defaults included, without secrets."""
    document: dict[str, Any] = msgspec.to_builtins(config, str_keys=True)
    return without_secrets(document)


def without_secrets(document: dict[str, Any]) -> dict[str, Any]:
    """Returns a document without its secrets."""
    return {table: _cleared((table,), value) for table, value in document.items()}


def _cleared(path: Path, value: object) -> object:
    if isinstance(value, dict) and path[-1] == "codes":
        return {f"{LEFT_OUT}{number}": readable(said) for number, said in enumerate(value.values(), 1)}
    if isinstance(value, dict):
        return {name: _cleared((*path, name), each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleared(path, each) for each in value]
    return _text(path, value) if isinstance(value, str) else value


def _text(path: Path, value: str) -> object:
    found = _ADDRESS.fullmatch(value)
    if is_secret(path):
        return f"{found[1]}{found[2]}/{LEFT_OUT}" if found and path[-1] == "url" else LEFT_OUT
    if found:
        return found[1] + found[2] + found[3] + (LEFT_OUT if found[4] else "")
    return value if path[-1] in _WORDS else readable(value)
