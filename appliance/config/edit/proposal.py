"""What would come of a change to `room.toml`: its mistakes as `offhook check` has them, and what differs.

A change says upon which text it was made (`mark_of`). Where the file is another by now, somebody else was quicker:
nothing is overwritten, and whoever comes second sees what the other one has changed.
"""

import difflib
import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path as File

import msgspec

from appliance.config.edit.secrets import put_back, shown
from appliance.config.edit.text import with_table, with_value, without
from appliance.config.load import ConfigError, parse
from appliance.config.schema import Config
from appliance.config.statements import Path
from appliance.config.toml import Mistake
from appliance.terminal.config import CREDENTIAL_STORE

FILE = File("room.toml")


class Set(msgspec.Struct, frozen=True, tag=True):
    """Gives a key a value."""

    path: Path
    value: str | int | float | bool | list[str | int]

    def __repr__(self) -> str:
        return f"Set({'.'.join(self.path)})"


class Add(msgspec.Struct, frozen=True, tag=True):
    """Adds a table, such as a button."""

    path: Path


class Remove(msgspec.Struct, frozen=True, tag=True):
    """Removes a key, so that its default holds, or a table."""

    path: Path


Edit = Set | Add | Remove


class Proposal(msgspec.Struct, frozen=True):
    """A new text, and what is to be said of it. `difference`: a unified diff without secrets, empty where none.

    `config`: what it says, None where it has mistakes. `mark`: of the text that it is to replace.
    """

    text: str
    mark: str
    mistakes: tuple[Mistake, ...]
    difference: str
    config: Config | None

    def __repr__(self) -> str:
        return f"Proposal(mark={self.mark!r}, mistakes={len(self.mistakes)})"


class Conflict(Exception):
    """Somebody else has changed the file meanwhile. `mark`: of the file as it is; `difference`: from ours to theirs."""

    def __init__(self, mark: str, difference: str) -> None:
        super().__init__("the file was changed by somebody else meanwhile; expected the change upon what it says now")
        self.mark = mark
        self.difference = difference


def mark_of(text: str) -> str:
    """Returns what stands for a text, to say upon which a change was made."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def by_form(current: str, mark: str, edits: Iterable[Edit], store: File | None = CREDENTIAL_STORE) -> Proposal:
    """Returns what comes of changes by the form, made upon the text with this mark.

    `store`: of credentials, as `load`. Raises `Conflict`, `CannotEdit`, and `NotToml` where the file as it is is none.
    """
    new = current
    if hmac.compare_digest(mark, mark_of(current)):
        new = edited(current, edits)
    return by_text(current, mark, new, store)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Returns a text with these changes. Raises `CannotEdit`, and `NotToml` where it is none."""
    for edit in edits:
        text = _edited(text, edit)
    return text


def by_text(current: str, mark: str, new: str, store: File | None = CREDENTIAL_STORE) -> Proposal:
    """Returns what comes of a whole text, written upon the one with this mark. Raises `Conflict`."""
    if not hmac.compare_digest(mark, mark_of(current)):
        raise Conflict(mark_of(current), difference(new, current))
    config, mistakes = None, tuple[Mistake, ...]()
    try:
        config = parse(new, FILE, store)
    except ConfigError as error:
        mistakes = tuple(error.mistakes)
    return Proposal(new, mark, mistakes, difference(current, new), config)


def undone(current: str, former: str, store: File | None = CREDENTIAL_STORE) -> Proposal:
    """Returns what comes of a former version, whose secrets were left out: those in force stay.

    Raises `CannotEdit` and `NotToml`.
    """
    return by_text(current, mark_of(current), put_back(former, current), store)


def difference(before: str, after: str) -> str:
    """Returns a unified diff of two texts; a secret is `(kept)` in it, so that another secret is no difference."""
    old, new = shown(before).splitlines(keepends=True), shown(after).splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, str(FILE), str(FILE))
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _edited(text: str, edit: Edit) -> str:
    match edit:
        case Set(path, value):
            return with_value(text, path, value)
        case Add(path):
            return with_table(text, path)
        case Remove(path):
            return without(text, path)
