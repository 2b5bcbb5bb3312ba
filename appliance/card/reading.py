"""Reads `room.toml` part by part: what is wrong in one part does not cost the others, and half a part is never used."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from appliance.card.statements import Statement, statements
from appliance.config.machine import Card
from appliance.config.schema import LARGEST_FILE, Config, Undecodable, decoded, examine
from appliance.config.toml import Mistake
from appliance.language.text import Text

Part = tuple[str, ...]
"""What is used or left out as a whole: ("terminal",), ("buttons", "call"); () is what stands above all tables."""

# tables of parts that stand by themselves: one button works without the other, and Wi-Fi without the wire
_OF_MANY = {
    *("buttons", "encoders", "lamps", "keypads", "readers", "speakerphones", "joysticks", "visca", "cameras"),
    "network",
}
OF_THE_CARD = ("network", "time", "ssh")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_ROUNDS = 64  # of leaving out what contradicts the rest; more is no configuration


class Reading(msgspec.Struct, frozen=True):
    """What a file says.

    `config`: None where no room comes of it. `card`: its own sections. `document`: everything usable. `lines`: as in
    the file, each with its end, and `owners` the part that each belongs to. `wrong`: the parts left out. `unreadable`:
    numbers of comments, from 0, that are no text. Mistakes are in the order of lines.
    """

    config: Config | None
    card: Card
    document: dict[str, Any]
    lines: tuple[str, ...]
    owners: tuple[Part, ...]
    wrong: frozenset[Part]
    unreadable: frozenset[int]
    mistakes: tuple[Mistake, ...]

    def decides(self, part: Part) -> bool:
        """Whether the file says how a part of the card's own is to be; where not, it stays as it was.

        A section that is not there has its default, unless something is wrong: its name may be what is mistyped.
        """
        return part not in self.wrong and (not self.mistakes or part in self.owners)


def read_card(content: bytes, store: Path) -> Reading:
    """Reads the file's bytes; `store`: where secrets are kept that were taken out of it. Never raises."""
    try:
        return _Reader(decoded(content), store).reading()
    except Undecodable as error:
        if len(content) > LARGEST_FILE or b"\0" in content:
            return nothing(error.mistake)
        return _Reader(content.decode("utf-8-sig", "surrogateescape"), store).reading(error.mistake)


def nothing(mistake: Mistake) -> Reading:
    """What a file says that is not there, or that cannot be read at all."""
    return Reading(None, Card(), {}, (), (), frozenset(), frozenset(), (mistake,))


def text_of(
    lines: Iterable[str], owners: Iterable[Part], without: Iterable[Part], unreadable: Iterable[int] = ()
) -> str:
    """A text line for line, those of some parts empty."""
    gone, dead = set(without), set(unreadable)
    pairs = enumerate(zip(lines, owners, strict=True))
    return "".join("\n" * line.count("\n") if owner in gone or n in dead else line for n, (line, owner) in pairs)


class _Reader:
    def __init__(self, text: str, store: Path) -> None:
        *ended, last = text.split("\n")
        self._lines = (*(f"{line}\n" for line in ended), last)
        self._store = store
        self._owners: list[Part] = []
        self._wrong: set[Part] = set()
        self._at_root: set[Part] = set()
        self._unreadable: set[int] = set()
        self._mistakes: set[Mistake] = set()

    def reading(self, *known: Mistake) -> Reading:
        self._mistakes.update(known)
        for statement in statements(list(self._lines)):
            self._take(statement)
        if () in self._wrong:  # nobody knows which of them the wrong one was about
            self._wrong |= self._at_root
        self._without_conflicts()
        config = self._without_mistakes()
        document = tomllib.loads(self._text())
        card = msgspec.convert({key: document[key] for key in OF_THE_CARD if key in document}, Card)
        return Reading(
            config=config,
            card=card,
            document=document,
            lines=self._lines,
            owners=tuple(self._owners),
            wrong=frozenset(self._wrong),
            unreadable=frozenset(self._unreadable),
            mistakes=tuple(sorted(self._mistakes)),
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
            self._leave_out(part, statement.start + 1, Text("mistake.not_toml", words=statement.wrong))

    def _no_text(self, statement: Statement, part: Part, text: str) -> None:
        if text.lstrip().startswith("#"):
            self._unreadable.add(statement.start)
        elif statement.start + 1 not in {mistake.line for mistake in self._mistakes}:
            self._leave_out(part, statement.start + 1, Text("mistake.not_utf8"))
        else:
            self._wrong.add(part)

    def _leave_out(self, part: Part, line: int, why: Text) -> None:
        if part not in self._wrong:  # what follows a mistake seldom says anything new
            self._mistakes.add(Mistake(line, ".".join(part), why))
        self._wrong.add(part)

    def _without_conflicts(self) -> None:
        """Leaves out what cannot stand beside the rest, such as a table that is there twice."""
        for _ in range(_ROUNDS):
            try:
                tomllib.loads(self._text())
            except tomllib.TOMLDecodeError as error:
                line = _line(error, len(self._lines))
                why = Text("mistake.not_toml", words=_AT_LINE.sub("", str(error)))
                self._leave_out(self._owners[line - 1], line, why)
            else:
                return
        self._wrong.update(self._owners)

    def _without_mistakes(self) -> Config | None:
        """Leaves out what is wrong, and then what is wrong without it; the room that remains."""
        for _ in range(_ROUNDS):
            config, mistakes = examine(self._text(), self._store)
            new = [mistake for mistake in mistakes if not self._is_known(mistake)]
            parts = {self._part_of(mistake) for mistake in new} - {None}
            self._mistakes.update(new)
            self._wrong.update(part for part in parts if part is not None)
            if not parts:
                return None if mistakes else config
        self._wrong.update(self._owners)
        return None

    def _is_known(self, mistake: Mistake) -> bool:
        return mistake in self._mistakes or self._part_of(mistake) in self._wrong

    def _part_of(self, mistake: Mistake) -> Part | None:
        """The part that a mistake is in; None for what is not there at all."""
        named = [part for part in set(self._owners) if part and f"{mistake.key}.".startswith(f"{'.'.join(part)}.")]
        if named:
            return max(named, key=len)
        there = mistake.key.split(".")[0] in tomllib.loads(self._text())
        return self._owners[mistake.line - 1] if there else None


def _part(statement: Statement) -> Part:
    if not statement.table:
        return (statement.key,) if statement.key in OF_THE_CARD else ()
    return statement.table[: 2 if statement.table[0] in _OF_MANY else 1]


def _is_text(text: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in text)


def _line(error: tomllib.TOMLDecodeError, lines: int) -> int:
    found = _AT_LINE.search(str(error))
    return min(int(found[1]), lines) if found and found[1] else lines
