"""Reads `room.toml` part by part: what is wrong in one part does not cost the others, and half a part is never used.

It looks at the file three times. First each statement by itself: one that is not TOML costs its part, and its lines
are left out of what follows. Then all the statements together: tables that are there twice, unknown keys, wrong values
and contradictions; up to here a mistake is one of the file's own. Last the parts that are right, without the others,
until nothing contradicts them any more: what needs a part that is wrong goes with it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import structlog

from appliance.config.advice import advice, key_in
from appliance.config.bounded import NotToml, loads
from appliance.config.content import LARGEST_FILE, Undecodable, decoded
from appliance.config.examine import examine
from appliance.config.machine import Card
from appliance.config.schema import Config
from appliance.config.statements import Statement, lines_in, statements
from appliance.config.toml import Mistake
from appliance.language.text import Text

log = structlog.get_logger()

Part = tuple[str, ...]
"""What is used or left out as a whole: ("terminal",), ("buttons", "call"); () is what stands above all tables."""

# tables of parts that stand by themselves: one button works without the other, and Wi-Fi without the wire
_OF_MANY = {
    *("buttons", "encoders", "lamps", "keypads", "readers", "speakerphones", "joysticks", "visca", "cameras"),
    *("network", "webhooks"),
}
OF_THE_CARD = ("network", "time", "ssh", "fleet")
_ROUNDS = 64  # of leaving out what contradicts the rest; more is no configuration
_PATIENCE = 1024 * 1024  # characters read in such rounds: a minute of boot time on a Raspberry Pi 3 would be too much
_HOPELESS = 1000  # mistakes in what is no room at all: only the card's own sections are looked for in it
MOST = 200  # mistakes that are said; whoever has more looks at the first ones


class Reading(msgspec.Struct, frozen=True):
    """What a file says.

    `config`: None where no room comes of it. `card`: its own sections. `document`: everything usable. `lines`: as in
    the file, each with its end, and `owners` the part that each belongs to. `wrong`: the parts left out. `unreadable`:
    numbers of comments, from 0, that are no text. `own`: the mistakes of the file; `mistakes`: these, and what cannot
    be used without the parts left out. Both are in the order of lines.
    """

    config: Config | None
    card: Card
    document: dict[str, Any]
    lines: tuple[str, ...]
    owners: tuple[Part, ...]
    wrong: frozenset[Part]
    unreadable: frozenset[int]
    own: tuple[Mistake, ...]
    mistakes: tuple[Mistake, ...]

    def decides(self, part: Part) -> bool:
        """Whether the file says how a part of the card's own is to be; where not, it stays as it was.

        A section that is not there has its default, unless something is wrong: its name may be what is mistyped.
        """
        return part not in self.wrong and (not self.mistakes or part in self.owners)


def read_parts(content: bytes, store: Path | None) -> Reading:
    """Reads the file's bytes; never raises. `store`: where secrets are kept that were taken out of it, as `load`."""
    try:
        return _Reader(decoded(content), store).reading()
    except Undecodable as error:
        if len(content) > LARGEST_FILE or error.mistake.message.key == "mistake.utf16":
            return nothing(error.mistake)
        return _Reader(content.decode("utf-8-sig", "surrogateescape"), store).reading(error.mistake)


def nothing(mistake: Mistake) -> Reading:
    """What a file says that is not there, or that cannot be read at all."""
    return Reading(None, Card(), {}, (), (), frozenset(), frozenset(), (mistake,), (mistake,))


def text_of(
    lines: Iterable[str], owners: Iterable[Part], without: Iterable[Part], unreadable: Iterable[int] = ()
) -> str:
    """A text line for line, those of some parts empty."""
    gone, dead = set(without), set(unreadable)
    pairs = enumerate(zip(lines, owners, strict=True))
    return "".join("\n" * line.count("\n") if owner in gone or n in dead else line for n, (line, owner) in pairs)


class _Reader:
    def __init__(self, text: str, store: Path | None) -> None:
        self._lines = tuple(lines_in(text))
        self._store = store
        self._statements = list(statements(list(self._lines)))
        self._owners: list[Part] = []
        self._wrong: set[Part] = set()
        self._endless: set[Part] = set()
        self._at_root: set[Part] = set()
        self._unreadable: set[int] = set()
        self._parts: dict[str, Part] = {}  # by their names in mistakes
        self._heads: frozenset[str] = frozenset()  # the keys above all tables, of what was examined last
        self._broken: set[int] = set()  # lines that are left out wherever they stand
        self._mistakes: set[Mistake] = set()
        self._rounds = max(2, min(_ROUNDS, _PATIENCE // (len(text) + 1)))

    def reading(self, *known: Mistake) -> Reading:
        self._mistakes.update(known)
        for statement in self._statements:
            self._take(statement)
        self._parts = {".".join(part): part for part in self._owners if part}
        if () in self._wrong:  # nobody knows which of them the wrong one was about
            self._wrong |= self._at_root
        self._without_conflicts()
        self._note_all()
        own = _bounded(self._mistakes)
        config = self._judged()
        document = self._document()
        return Reading(
            config=config,
            card=self._card(document),
            document=document,
            lines=self._lines,
            owners=tuple(self._owners),
            wrong=frozenset(self._wrong),
            unreadable=frozenset(self._unreadable),
            own=own,
            mistakes=_bounded(self._mistakes),
        )

    def _text(self) -> str:
        return text_of(self._lines, self._owners, self._wrong, self._unreadable)

    def _take(self, statement: Statement) -> None:
        part = _part(statement)
        if not statement.table:
            self._at_root.add(part)
        self._owners += [part] * (statement.end - statement.start)
        text = "".join(self._lines[statement.start : statement.end])
        if not _is_text(text):
            self._no_text(statement, part, text)
        elif statement.wrong:
            known = None if len(self._mistakes) > MOST else advice(text, statement.table)
            self._leave_out(statement, part, statement.at + 1, known or statement.wrong)
        elif part[:1] and part[0].startswith("line "):
            self._break(statement)

    def _no_text(self, statement: Statement, part: Part, text: str) -> None:
        if text.lstrip().startswith("#"):
            self._unreadable.add(statement.start)
        elif statement.start + 1 not in {mistake.line for mistake in self._mistakes}:
            self._leave_out(statement, part, statement.start + 1, Text("mistake.not_utf8"))
        else:
            self._wrong.add(part)
            self._break(statement)

    def _leave_out(self, statement: Statement, part: Part, line: int, why: Text) -> None:
        if part not in self._endless:  # what follows a value without an end may be more of it
            self._mistakes.add(Mistake(line, self._key(statement, part), why))
        if statement.endless:
            self._endless.add(part)
        self._wrong.add(part)
        self._break(statement)

    def _key(self, statement: Statement, part: Part) -> str:
        """The key that a statement is about, as far as it can be told."""
        key = "" if statement.is_header else statement.key or key_in(self._lines[statement.start])
        table = statement.table if not part or _name(part) else ()
        return ".".join((*table, key)) if key and (table or not statement.table) else _name(part)

    def _break(self, statement: Statement) -> None:
        self._broken.update(range(statement.start, statement.end))

    def _without_conflicts(self) -> None:
        """Leaves out what cannot stand beside the rest, such as a table that is there twice."""
        for _ in range(self._rounds):
            try:
                loads(text_of(self._lines, self._owners, (), self._unreadable | self._broken))
            except NotToml as error:
                self._leave_out_conflict(min(error.line or len(self._lines), len(self._lines)), error.why)
            else:
                return
        self._leave_out_all()
        self._broken.update(n for n, owner in enumerate(self._owners) if owner in self._wrong)

    def _leave_out_conflict(self, line: int, why: Text) -> None:
        at = next(n for n, statement in enumerate(self._statements) if statement.end >= line)
        statement = self._statements[at]
        self._leave_out(statement, self._owners[line - 1], line, self._twice(at) or why)
        if statement.is_header:  # what stands below it belongs to it, and not to the table above
            for following in self._statements[at + 1 :]:
                if following.is_header:
                    return
                self._break(following)

    def _twice(self, at: int) -> Text | None:
        """What to say where a statement repeats an earlier one: its line, and that of the first."""
        again = self._statements[at]
        for earlier in self._statements[:at]:
            same = earlier.table == again.table and earlier.is_header == again.is_header and not earlier.wrong
            if same and again.is_header:
                return Text("mistake.table_twice", table=".".join(again.table), first=earlier.start + 1)
            if same and (key := next(iter(earlier.says.keys() & again.says.keys()), "")):
                return Text("mistake.key_twice", key=key, first=earlier.start + 1)
        return None

    def _note_all(self) -> None:
        """Notes what is wrong with all that is TOML, also in the parts that are wrong already."""
        try:
            _, mistakes = self._examine(text_of(self._lines, self._owners, (), self._unreadable | self._broken))
        except Exception:  # a fault of ours; the network and the report are needed all the more
            log.exception("not_examined")
            return
        self._mistakes.update(mistake for mistake in mistakes if not self._is_consequence(mistake))

    def _examine(self, text: str) -> tuple[Config | None, list[Mistake]]:
        try:
            self._heads = frozenset(loads(text))
        except NotToml:
            self._heads = frozenset()
        return examine(text, self._store)

    def _is_consequence(self, mistake: Mistake) -> bool:
        """Whether something is missing that a line which is not TOML may have said."""
        return (
            mistake.message.key in ("mistake.missing", "mistake.shows_missing")
            and self._part_of(mistake) in self._wrong
        )

    def _judged(self) -> Config | None:
        if len(self._mistakes) > _HOPELESS:
            self._leave_out_all()
            return None
        try:
            return self._without_mistakes()
        except Exception as error:  # a fault of ours; the network and the report are needed all the more
            log.exception("not_examined")
            self._mistakes.add(Mistake(1, "", Text("mistake.not_examined", words=repr(error))))
            return None

    def _without_mistakes(self) -> Config | None:
        """Leaves out what is wrong, and then what is wrong without it; the room that remains."""
        for _ in range(self._rounds):
            config, mistakes = self._examine(self._text())
            new = [mistake for mistake in mistakes if not self._is_known(mistake)]
            parts = {self._part_of(mistake) for mistake in mistakes} - {None} - self._wrong
            self._mistakes.update(new)
            self._wrong.update(part for part in parts if part is not None)
            if not parts:
                return None if mistakes else config
        self._leave_out_all()
        return None

    def _is_known(self, mistake: Mistake) -> bool:
        return mistake in self._mistakes or self._part_of(mistake) in self._wrong

    def _part_of(self, mistake: Mistake) -> Part | None:
        """The part that a mistake is in; None for what is not there at all."""
        keys = mistake.key.split(".")
        for count in range(len(keys), 0, -1):
            if (part := self._parts.get(".".join(keys[:count]))) is not None:
                return part
        return self._owners[mistake.line - 1] if keys[0] in self._heads else None

    def _leave_out_all(self) -> None:
        """Leaves out all but the card's own sections; these, too, where they are what cannot be read."""
        self._wrong.update(owner for owner in self._owners if not (owner and owner[0] in OF_THE_CARD))
        try:
            loads(self._text())
        except NotToml:
            self._wrong.update(self._owners)

    def _document(self) -> dict[str, Any]:
        try:
            return loads(self._text())
        except NotToml:
            self._wrong.update(self._owners)
            return {}

    def _card(self, document: dict[str, Any]) -> Card:
        """The card's own sections; one that is wrong and was not found to be so is left out."""
        sections: dict[str, Any] = {}
        for name in OF_THE_CARD:
            try:
                sections[name] = getattr(msgspec.convert({name: document[name]}, Card), name)
            except KeyError:  # no such section
                continue
            except ValueError:
                self._wrong.update(owner for owner in self._owners if owner[:1] == (name,))
        return Card(**sections)


def _part(statement: Statement) -> Part:
    if not statement.table:
        return (statement.key,) if statement.key in OF_THE_CARD else ()
    return statement.table[: 2 if statement.table[0] in _OF_MANY else 1]


def _name(part: Part) -> str:
    """The part as the key of a mistake; nothing for what belongs to no part that the file names."""
    return "" if part[:1] and part[0].startswith("line ") else ".".join(part)


def _bounded(mistakes: set[Mistake]) -> tuple[Mistake, ...]:
    some = sorted(mistakes)
    if len(some) <= MOST:
        return tuple(some)
    more = Text("mistake.and_more", count=len(some) - MOST)
    return (*some[:MOST], Mistake(some[MOST].line, "", more))


def _is_text(text: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in text)
