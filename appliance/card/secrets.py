"""Secrets in `room.toml`: which there are, and the same text without them, everything else byte for byte as it was."""

import copy
from collections.abc import Iterator
from typing import Any

import msgspec

from appliance.config.bounded import NotToml, loads
from appliance.config.network.secrets import SECRETS
from appliance.config.reading import Part, Reading
from appliance.config.share import LEAST, credential
from appliance.config.statements import strings
from appliance.language.text import Text, Unusable
from appliance.terminal.config import KEPT

Path = tuple[str, ...]

# where each stands that has one place → the credential offhook.NAME that keeps it
PLACES: dict[Path, str] = {
    ("terminal", "pin"): "pin",
    ("terminal", "password"): "password",
    ("terminal", "token"): "token",
    **SECRETS,
    ("mqtt", "password"): "mqtt",
}
_CLIENTS: Path = ("share", "clients")


class Secret(msgspec.Struct, frozen=True):
    """A secret that stands in the file in plain words; `name`: the credential offhook.NAME that is to keep it."""

    path: Path
    value: str
    name: str

    @property
    def table(self) -> str:
        """The table of the configuration that it stands in."""
        return self.path[0]

    def __repr__(self) -> str:
        return f"Secret(path={self.path!r})"


def secrets_in(document: dict[str, Any]) -> Iterator[Secret]:
    """What is to be taken out of a document."""
    for path, name in (*PLACES.items(), *_of_clients(document)):
        value = _at(document, path)
        if isinstance(value, str) and value != KEPT:
            yield Secret(path, value, name)


def _of_clients(document: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    clients = _at(document, _CLIENTS)
    for name in clients if isinstance(clients, dict) else ():
        yield from (((*_CLIENTS, name, key), credential(name)) for key in LEAST)


def without(reading: Reading, secrets: tuple[Secret, ...]) -> tuple[str, ...]:
    """The lines of the file with `(kept)` for these secrets. Raises `ValueError` where one cannot be taken out."""
    lines = list(reading.lines)
    for secret in secrets:
        _take_out(lines, reading.owners, secret)
    return tuple(lines)


def _take_out(lines: list[str], owners: tuple[Part, ...], secret: Secret) -> None:
    for part in sorted({owner for owner in owners if owner == secret.path[: len(owner)]}, key=len, reverse=True):
        mine = [number for number, owner in enumerate(owners) if owner == part]
        text = "".join(lines[number] for number in mine)
        if _at(_loads(text), secret.path) != secret.value:
            continue
        begin, end = _span(text, secret)
        _replace(lines, mine, begin, end)
        return
    raise Unusable(Text("card.secret_stays", key=".".join(secret.path)))


def _span(text: str, secret: Secret) -> tuple[int, int]:
    """The string whose replacement changes this value, and nothing else of what the text says."""
    wanted = _with(_loads(text), secret.path, KEPT)
    for begin, end in strings(text):
        if _loads(f'{text[:begin]}"{KEPT}"{text[end:]}') == wanted:
            return begin, end
    raise Unusable(Text("card.secret_stays", key=".".join(secret.path)))


def _replace(lines: list[str], mine: list[int], begin: int, end: int) -> None:
    """Puts `(kept)` for what is between two places of the text that these lines make together."""
    offset = 0
    for number in mine:
        length = len(lines[number])
        inside = slice(max(begin - offset, 0), max(min(end - offset, length), 0))
        if inside.start < inside.stop:
            new = f'"{KEPT}"' if begin >= offset else ""
            lines[number] = lines[number][: inside.start] + new + lines[number][inside.stop :]
        offset += length


def _loads(text: str) -> dict[str, Any]:
    try:
        return loads(text)
    except NotToml:
        return {}


def _at(document: Any, path: Path) -> object:  # noqa: ANN401  # whatever a file says
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _with(document: dict[str, Any], path: Path, value: str) -> dict[str, Any]:
    new = copy.deepcopy(document)
    table = new
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    return new
