"""How sure each command, event and field of newer terminals is: a table, and the questions asked of it.

Nothing of it is in the manual that the rest was written from. What is documented on the vendor's pages holds for the
versions that they name; what only a client has may be named otherwise in the terminal; a guess may be wrong altogether.
"""

import re
from enum import StrEnum

import msgspec

from appliance.terminal.messages.newer import fields, names

_HEAD = re.compile(r"(\w+) (-|\d\.\d)(?:: (.*))?")


class Sureness(StrEnum):
    """Where the knowledge comes from, from the surest down."""

    DOCUMENTED = "documented"  # on the vendor's pages
    EXAMPLE = "example"  # printed in an example only
    CLIENT = "client"  # in a client of the vendor's only
    GUESS = "guess"


_WORDS = {
    Sureness.DOCUMENTED: "documented by the vendor",
    Sureness.EXAMPLE: "seen in an example only",
    Sureness.CLIENT: "known from a client only",
    Sureness.GUESS: "a guess",
}


class Newer(msgspec.Struct, frozen=True):
    """How sure something newer is, and since which version of Room; empty where no source tells."""

    sure: Sureness
    since: str = ""

    def __str__(self) -> str:
        since = f" (Room {self.since} and later)" if self.since else ""
        return f"newer terminals only{since}; {_WORDS[self.sure]}"


def _entry(head: re.Match[str]) -> Newer:
    return Newer(Sureness(head[1]), "" if head[2] == "-" else head[2])


def _named(table: str) -> dict[str, Newer]:
    """Returns a table of names: what follows a head belongs to it, over as many lines as it takes."""
    found: dict[str, Newer] = {}
    entry = None
    for line in table.strip().splitlines():
        head = _HEAD.fullmatch(line.strip())
        entry = _entry(head) if head else entry
        if entry is not None:
            found |= dict.fromkeys((head[3] if head else line).split(), entry)
    return found


def _of_messages(table: str) -> dict[tuple[str, str], Newer]:
    """Returns a table of fields by message and field."""
    found: dict[tuple[str, str], Newer] = {}
    entry, message = None, ""
    for line in table.strip().splitlines():
        if head := _HEAD.fullmatch(line.strip()):
            entry = _entry(head)
            continue
        before, colon, after = line.strip().rpartition(": ")
        message = before if colon else message
        if entry is not None:
            found |= dict.fromkeys(((message, field) for field in after.split()), entry)
    return found


COMMANDS = _named(names.COMMANDS)
EVENTS = _named(names.EVENTS)
FIELDS = _of_messages(fields.FIELDS)


def of_command(method: str) -> Newer | None:
    """Returns how sure a command is; None for one of the manual."""
    return COMMANDS.get(method)


def of_event(name: str) -> Newer | None:
    """Returns how sure an event is; None for one of the manual."""
    return EVENTS.get(name)


def of_field(message: str, field: str) -> Newer | None:
    """Returns how sure a field of a command, its reply or an event is; None for one of the manual."""
    return FIELDS.get((message, field))
