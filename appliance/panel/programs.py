"""The part of the status page about programs that share the terminal's session: who is here, and who did what."""

import msgspec

from appliance.language.catalogue import Language
from appliance.language.text import Text

_ROLES = {"admin": Text("panel.role_admin"), "user": Text("panel.role_user"), "read": Text("panel.role_read")}
_UNKNOWN = Text("unknown")


class Using(msgspec.Struct, frozen=True):
    """A program that is connected.

    rights: `admin`, `user` or `read`; empty while it has not authorised.
    since: Monotonic seconds.
    commands: How many it has sent.
    """

    name: str
    where: str
    rights: str
    since: float
    commands: int


class Done(msgspec.Struct, frozen=True):
    """What a program did; `at` in monotonic seconds."""

    name: str
    method: str
    at: float


class Programs(msgspec.Struct, frozen=True):
    """Those that are connected, and what programs did last, the newest first."""

    here: tuple[Using, ...] = ()
    deeds: tuple[Done, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table of the page: one `head` for each column."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(programs: Programs, now: float, language: Language) -> list[Table]:
    """Returns what the page says of programs; nothing of what there is nothing to say of."""
    found = (_here(programs, now, language), _deeds(programs, now, language))
    return [table for table in found if table.rows]


def span(seconds: float) -> str:
    """Returns a time as hours, minutes and seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _here(programs: Programs, now: float, language: Language) -> Table:
    say = language.say
    heads = (
        say(Text("panel.program")),
        say(Text("panel.where")),
        say(Text("panel.role")),
        say(Text("panel.for")),
        say(Text("panel.commands")),
    )
    rows = (
        (each.name, each.where, say(_ROLES.get(each.rights, _UNKNOWN)), span(now - each.since), str(each.commands))
        for each in programs.here
    )
    return Table(say(Text("panel.programs")), heads, tuple(rows))


def _deeds(programs: Programs, now: float, language: Language) -> Table:
    say = language.say
    heads = (say(Text("panel.program")), say(Text("panel.command")), say(Text("panel.when")))
    rows = ((each.name, each.method, say(Text("panel.ago", time=span(now - each.at)))) for each in programs.deeds)
    return Table(say(Text("panel.deeds")), heads, tuple(rows))
