"""A change to the configuration: what is asked of whoever may write the file, and what is answered.

How it goes. Whoever changes the file has a text and the mark of the text that it was made upon. It is looked at as
often as they like, which changes nothing. Applied, it is in force on trial: unless somebody keeps it within the trial's
seconds, the former one returns by itself, whatever has become of the box's network or of this process. Somebody can
keep it only while the link to the terminal is there, or was not there before either.

Secrets are `(kept)` in every text of these, and stay as they are where a text says so.
"""

from typing import Annotated, Final, Literal, Protocol, TypeAlias

import msgspec

from appliance.language.catalogue import Language
from appliance.language.text import Text, Worded

LARGEST: Final = 128 * 1024
"""Characters of a text that is changed here; a room has a few thousand."""
MOST: Final = 200
"""Changes at once."""

Value: TypeAlias = str | int | float | bool | list[str | int]
_Part = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Path = Annotated[tuple[_Part, ...], msgspec.Meta(min_length=1, max_length=8)]


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change by a form: gives a key a value, adds a table, or removes either."""

    path: _Path
    value: Value = ""
    how: Literal["set", "add", "remove"] = "set"

    def __repr__(self) -> str:
        return f"Change({self.how} {'.'.join(self.path)})"


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text upon the file with this mark, changes to that text, and secrets that are to take the place of others."""

    mark: Annotated[str, msgspec.Meta(max_length=128)]
    text: Annotated[str, msgspec.Meta(max_length=LARGEST)]
    changes: Annotated[tuple[Change, ...], msgspec.Meta(max_length=MOST)] = ()
    secrets: Annotated[tuple[Change, ...], msgspec.Meta(max_length=MOST)] = ()

    def __repr__(self) -> str:
        return f"Draft(mark={self.mark!r}, text of {len(self.text)})"


class Mistake(msgspec.Struct, frozen=True):
    """Something that is wrong with a text.

    line: Its line, from 1.
    key: The key that is wrong, with its tables; empty where the file as a whole is meant.
    message: What is wrong, what was expected, and what to do.
    """

    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.key}: {self.message}" if self.key else f"{self.line}: {self.message}"


class Effect(msgspec.Struct, frozen=True):
    """What becomes of the services of the room.

    added: Those that begin.
    removed: Those that end.
    replaced: Those that end and begin again, with other settings.
    restart: Why the whole firmware has to begin again, as tables of room.toml; nothing where it need not.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()


class Looked(msgspec.Struct, frozen=True):
    """What would come of a draft. `text`: with its changes, without its secrets. `difference`: a unified diff.

    `effect`: None while there are mistakes, or the file in force has some. `form`: None for what is not TOML.
    """

    text: str
    mistakes: tuple[Mistake, ...]
    difference: str
    effect: Effect | None
    form: object


class Source(msgspec.Struct, frozen=True):
    """The file that says how the room is.

    text: With `(kept)` for each secret.
    mark: What stands for the file, secrets included, to say upon which a change was made.
    refused: Why it cannot be changed here, in words; empty where it can.
    trial: Seconds after which the former one returns; null where none does.
    may_keep: Whether what is on trial can be kept now.
    why: In words, where it cannot.
    """

    text: str
    mark: str
    refused: str = ""
    trial: float | None = None
    may_keep: bool = False
    why: str = ""


class ConfigurationVersion(msgspec.Struct, frozen=True):
    """A text that was in force.

    number: Grows with each; the newest has the largest.
    who: Who made it; empty for the one that was found.
    at: When, in seconds since 1970; null where the box did not know the time of day.
    text: With `(kept)` for each secret.
    """

    number: int
    who: str
    at: float | None
    text: str


class NotChanged(Worded):
    """The configuration is not changed; `text` says why."""


class Unknown(Worded):
    """Nobody knows whether the configuration is changed, since no answer has come; `text` says what to do."""


class Conflict(NotChanged):
    """Somebody else has changed the file meanwhile. `difference`: from the draft to what the file says now."""

    def __init__(self, mark: str, difference: str) -> None:
        super().__init__(Text("maintain.edit_conflict"))
        self.mark = mark
        self.difference = difference


class Mistaken(NotChanged):
    """The text has mistakes."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(Text("maintain.edit_mistakes"))
        self.mistakes = mistakes


class Somebody(msgspec.Struct, frozen=True):
    """Who changes it: a name, and how they are known, for the audit."""

    name: str
    by: str


class Editing(Protocol):
    """Changes the configuration. Whatever is not done raises `NotChanged`, or one of its kinds.

    What is asked for, and not known to be done, raises `Unknown`.
    """

    async def source(self, language: Language) -> Source:
        """Returns the file as it is now; it is shown whether it can be changed here or not."""

    async def look(self, draft: Draft, language: Language) -> Looked:
        """Returns what would come of a draft."""

    async def apply(self, draft: Draft, who: Somebody, language: Language) -> float:
        """Puts a draft in force, on trial; returns for how many seconds."""

    async def keep(self, who: Somebody) -> None:
        """Keeps what is on trial."""

    async def back(self, who: Somebody) -> None:
        """Ends the trial: the former one is in force again."""

    async def versions(self) -> tuple[ConfigurationVersion, ...]:
        """Returns the last ones that were kept, the newest first."""

    async def compared(self) -> dict[int, str]:
        """Returns by the numbers of versions what would be changed by going back to each, as unified diffs."""
