"""The `room.toml` of each room out of the inventory, and whether the firmware would take it."""

import string
from collections.abc import Mapping
from typing import Any

import msgspec
import tomli_w

from appliance.config.content import Undecodable, decoded
from appliance.config.examine import examine
from appliance.config.schema import Config
from appliance.config.toml import Mistake
from appliance.provision.found import Found
from appliance.provision.inventory import Inventory, Path
from appliance.provision.layers import Laid, is_secret, lay
from appliance.terminal.config import KEPT

HEAD = "# Made by `offhook fleet render`. What is changed here is lost with the next one: change the inventory.\n\n"

Secrets = Mapping[str, str]


class Rendered(msgspec.Struct, frozen=True):
    """A room's file; `config`: what the firmware reads in it, None where it would not take it."""

    name: str
    text: str
    config: Config | None

    def __repr__(self) -> str:
        return f"Rendered({self.name!r})"


def render(inventory: Inventory, secrets: Secrets | None) -> tuple[tuple[Rendered, ...], tuple[Found, ...]]:
    """Every room's file, and all that is wrong with them; without `secrets` each is `(kept)`, for a check alone."""
    rooms, found = [], []
    for name in inventory.rooms:
        rendered, wrong = _room(inventory, name, secrets)
        rooms.append(rendered)
        found += wrong
    return tuple(rooms), tuple(found)


def _room(inventory: Inventory, name: str, secrets: Secrets | None) -> tuple[Rendered, list[Found]]:
    laid = lay(inventory, name)
    filled = _Filling(laid, _words(inventory, name), secrets, name)
    document = filled.value(laid.document, ())
    text = HEAD + tomli_w.dumps(document)
    found = laid.found + filled.found
    config, mistakes = _judged(text)
    for mistake in mistakes:
        path = tuple(mistake.key.split("."))
        missing = mistake.message.key == "mistake.missing"  # a room's own to say, whoever else says something of it
        place = (not missing and laid.origin(path)) or ("rooms", name)
        key = ".".join(place)
        lacking = "" if place[-len(path) :] == path else f"{mistake.key}: "
        found.append(Found(key, f"{lacking}{mistake.message}", room=name))
    return Rendered(name, text, None if mistakes else config), found


def _judged(text: str) -> tuple[Config | None, list[Mistake]]:
    """What the firmware says of a file, without the thoroughness for what people type: this is TOML by a program."""
    try:
        return examine(decoded(text.encode()), None)
    except Undecodable as error:
        return None, [error.mistake]


def in_words(text: str, inventory: Inventory, name: str) -> tuple[str, str]:
    """Returns a text with what `${…}` stands for in a room, and what is wrong with it; empty: nothing."""
    return _filled(text, _words(inventory, name))


def _filled(text: str, words: Mapping[str, str]) -> tuple[str, str]:
    try:
        return string.Template(text).substitute(words), ""
    except KeyError as error:
        known = ", ".join(sorted(words))
        return text, f"${{{error.args[0]}}} is nothing that this room has; expected one of: {known}, or $$ for $"
    except ValueError:
        return text, "a $ that begins nothing; expected ${room}, ${site} and so on, or $$ for $"


def _words(inventory: Inventory, name: str) -> dict[str, str]:
    """What `${…}` may stand for in this room; what it does not have is not among them."""
    room = inventory.rooms[name]
    words = {
        "room": name,
        "site": inventory.site_of(room),
        "building": room.building,
        "kind": room.kind,
        "machine": room.machine,
    }
    return {key: value for key, value in words.items() if value is not None}


class _Filling:
    """Puts in what differs from room to room."""

    def __init__(self, laid: Laid, words: Mapping[str, str], secrets: Secrets | None, room: str) -> None:
        self.found: list[Found] = []
        self._laid, self._words, self._secrets, self._room = laid, words, secrets, room

    def value(self, value: Any, path: Path) -> Any:  # noqa: ANN401  # whatever TOML has
        if is_secret(value):
            return self._secret(value["secret"], path)
        if isinstance(value, dict):
            return {key: self.value(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.value(inner, path) for inner in value]
        return self._text(value, path) if isinstance(value, str) else value

    def _text(self, text: str, path: Path) -> str:
        filled, wrong = _filled(text, self._words)
        if wrong:
            self._note(path, wrong)
        return filled

    def _secret(self, name: object, path: Path) -> str:
        if not isinstance(name, str):
            self._note(path, 'not the name of a secret; expected { secret = "NAME" }')
            return KEPT
        if self._secrets is None:
            return KEPT
        if name not in self._secrets:
            self._note(path, f'the file of secrets has no {name}; expected a line {name} = "…" in it')
        return self._secrets.get(name, KEPT)

    def _note(self, path: Path, words: str) -> None:
        self.found.append(Found(".".join(self._laid.origin(path)), words, room=self._room))
