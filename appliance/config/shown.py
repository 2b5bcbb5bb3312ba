"""A configuration as it may be shown: everything that is in force, and none of its secrets.

What is secret is known by its key: PINs (but for the pins of the header), passwords, tokens, what unlocks the room;
addresses lose what may identify whoever asks; words of actions lose the passwords of
conferences, as wherever people read them; codes of badges are counted.
"""

import re
from typing import Any, Final

import msgspec

from appliance.config.schema import Config
from appliance.room.actions import LEFT_OUT
from appliance.room.actions.readable import readable

SECRETS: Final = frozenset(
    {"pin", "password", "token", "lock_pin", "key_password", "proxy_password", "secret", "ics", "psk", "client_secret"}
)
"""Keys whose text is a secret, wherever they stand."""

_WORDS: Final = frozenset({"label", "name"})  # no actions, whatever they say
_ON_THE_HEADER: Final = ("buttons", "lamps", "relays", "presence")  # tables whose `pin` is one of the header
_ADDRESS: Final = re.compile(r"(?is)([a-z][a-z0-9+.-]*://)(?:[^/?#\s]*@)?([^/?#\s]*)([^?#\s]*)(.*)")


def shown(config: Config) -> dict[str, Any]:
    """Returns the tables of a configuration by their names, defaults included, without secrets."""
    document: dict[str, Any] = msgspec.to_builtins(config, str_keys=True)
    return without_secrets(document)


def without_secrets(document: dict[str, Any]) -> dict[str, Any]:
    """Returns a document without its secrets."""
    return {table: _table(table, value) for table, value in document.items()}


def _table(table: str, value: object) -> object:
    secret = SECRETS - {"pin"} if table in _ON_THE_HEADER else SECRETS
    return _hooks(_cleared("", value, secret)) if table == "webhooks" else _cleared("", value, secret)


def _cleared(key: str, value: object, secret: frozenset[str]) -> object:
    if isinstance(value, dict) and key == "codes":
        return {f"{LEFT_OUT}{number}": readable(said) for number, said in enumerate(value.values(), 1)}
    if isinstance(value, dict):
        return {name: _cleared(name, each, secret) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleared(key, each, secret) for each in value]
    return _text(key, value, secret) if isinstance(value, str) else value


def _text(key: str, value: str, secret: frozenset[str]) -> object:
    if key in secret:
        return LEFT_OUT
    if found := _ADDRESS.fullmatch(value):
        return found[1] + found[2] + found[3] + (LEFT_OUT if found[4] else "")
    return value if key in _WORDS else readable(value)


def _hooks(hooks: object) -> object:
    """Returns webhooks with no more of their addresses than the host: who knows one may often send to it."""
    for hook in hooks.values() if isinstance(hooks, dict) else ():
        if isinstance(hook, dict) and isinstance(hook.get("url"), str):
            found = _ADDRESS.fullmatch(hook["url"])
            hook["url"] = f"{found[1]}{found[2]}/{LEFT_OUT}" if found else LEFT_OUT
    return hooks
