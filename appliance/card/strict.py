"""Reads what is to be written, before it is: a file of the system has the lines of its template and no others.

Values are parsed and written anew, so nothing should be found here. This is the second lock: a line more in a file of
systemd-networkd is a setting more, and a box without a network can only be helped on the spot.
"""

import re
from collections.abc import Mapping

from appliance.card.files import MADE
from appliance.language.text import Text, Unusable

Template = Mapping[str, Mapping[str, str]]
"""Section → key → pattern of its value."""


def strict(text: str, template: Template) -> str:
    """Returns a file of systemd.syntax(7) as it is. Raises `Unusable` for a line that the template does not have."""
    section = ""
    for line in _lines(text):
        key, equals, value = line.partition("=")
        if not equals and line[1:-1] in template and line == f"[{line[1:-1]}]":
            section = line[1:-1]
        elif not equals or not re.fullmatch(template.get(section, {}).get(key, "(?!)"), value):
            raise _foreign(line)
    return text


def strict_lines(text: str, pattern: str) -> str:
    """Returns a file as it is. Raises `Unusable` for a line that does not match."""
    for line in _lines(text):
        if not re.fullmatch(pattern, line):
            raise _foreign(line)
    return text


def _lines(text: str) -> list[str]:
    return [line for line in text.removeprefix(MADE).split("\n") if line]


def _foreign(line: str) -> Unusable:
    name = line.partition("=")[0].strip()
    return Unusable(Text("card.foreign_line", line=name if '"' in line else line))
