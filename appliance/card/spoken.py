"""The language in which the box says what is wrong with its card: that of the room, as far as the file can be read."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from appliance.config.content import Undecodable, decoded, read_content
from appliance.config.statements import statements
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import Code
from appliance.language.languages import language


def language_on(path: Path) -> Language:
    """The same for a file; English where it cannot be read."""
    try:
        return language_of(decoded(read_content(path)).splitlines(keepends=True))
    except Undecodable:
        return ENGLISH


def language_of(lines: Iterable[str]) -> Language:
    """Returns the language that `[room]` names, also where its other lines are wrong.

    `lines`: of the file, with their ends. English where it names none, one that there is not, or the terminal's, which
    nobody has asked yet.
    """
    for statement in statements(list(lines)):
        room = statement.says.get("room", {}) if not statement.table else statement.says
        if (statement.table or ("room",)) == ("room",) and isinstance(room, dict) and "language" in room:
            return _known(room["language"])
    return ENGLISH


def _known(code: object) -> Language:
    try:
        return language(msgspec.convert(code, Code))
    except msgspec.ValidationError:
        return ENGLISH
