"""What the deputy is asked, what it answers, and how both are written: one line of JSON each. No I/O.

A request is a line of at most `LONGEST` bytes; `Restore` is followed by `size` raw bytes. The answer is a line, too,
and `Made` is followed by `size` raw bytes; then the stream ends. Secrets are in no repr.
"""

from typing import Any, Final, TypeVar

import msgspec

from appliance.config.toml import Mistake
from appliance.language.text import Text

LONGEST: Final = 4 << 20  # bytes of a line: a room.toml has at most one million characters, each up to six in JSON
LARGEST: Final = 32 << 20  # bytes of a backup, as `card.backup.sealed` has it
_DEEPEST = 8  # texts in one another


class Read(msgspec.Struct, frozen=True, tag=True):
    """Asks for the file that is the truth here: `File`."""


class Configure(msgspec.Struct, frozen=True, tag=True):
    """Takes another text upon the one with this mark, on trial: `Done`, `Wrong`, `Conflicting` or `Refused`.

    `text`: secrets that stay are `(kept)`. `who`: as the record of this calls whoever wants it.
    """

    text: str
    mark: str
    who: str

    def __repr__(self) -> str:
        return f"Configure(mark={self.mark!r}, who={self.who!r})"


class Keep(msgspec.Struct, frozen=True, tag=True):
    """The text on trial stays: `Done`, or `Refused` where none is on trial."""


class Return(msgspec.Struct, frozen=True, tag=True):
    """The text before the trial returns at once: `Done`, also where none is on trial."""


class Reboot(msgspec.Struct, frozen=True, tag=True):
    """Restarts the machine: `Done`."""


class Reset(msgspec.Struct, frozen=True, tag=True):
    """Makes the box forget its room, and a card itself: `Done`, and then a restart."""


class Backup(msgspec.Struct, frozen=True, tag=True):
    """Makes a backup: `Made` and its bytes, or `Refused`."""

    passphrase: str

    def __repr__(self) -> str:
        return "Backup()"


class Restore(msgspec.Struct, frozen=True, tag=True):
    """Restores the backup that follows, of `size` bytes: `Done`, and then a restart of the firmware; or `Refused`."""

    passphrase: str
    size: int

    def __repr__(self) -> str:
        return f"Restore(size={self.size})"


class Journal(msgspec.Struct, frozen=True, tag=True):
    """The last lines of this box's journal that are ours, of this start and the one before: `Made` and its bytes."""


Request = Read | Configure | Keep | Return | Reboot | Reset | Backup | Restore | Journal


class File(msgspec.Struct, frozen=True, tag=True):
    """The file as it is, with `(kept)` for its secrets. `mark`: of the real text, see `config.edit.proposal.mark_of`.

    `trial`: seconds in which it has to be confirmed; None where it is not on trial. `refused`: why it cannot be changed
    here; None where it can.
    """

    text: str
    mark: str
    trial: float | None = None
    refused: Text | None = None

    def __repr__(self) -> str:
        return f"File(mark={self.mark!r}, trial={self.trial!r}, refused={self.refused!r})"


class Done(msgspec.Struct, frozen=True, tag=True):
    """It is done, or will happen whatever happens."""


class Made(msgspec.Struct, frozen=True, tag=True):
    """`size` bytes follow."""

    size: int


class Wrong(msgspec.Struct, frozen=True, tag=True):
    """The text has mistakes, as `offhook check` finds them; nothing was changed."""

    mistakes: tuple[Mistake, ...]


class Conflicting(msgspec.Struct, frozen=True, tag=True):
    """Somebody else has changed the file meanwhile; nothing was changed.

    `mark`: of the file as it is. `difference`: a unified diff from the text that was sent to the file, without secrets.
    """

    mark: str
    difference: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Nothing was changed; `text` says why, and what to do."""

    text: Text


Answer = File | Done | Made | Wrong | Conflicting | Refused
T = TypeVar("T")


def line_of(message: Request | Answer) -> bytes:
    """Returns a message as it is sent. Raises `ValueError` where it would be too long."""
    line = msgspec.json.encode(message, enc_hook=_plain) + b"\n"
    if len(line) > LONGEST:
        raise ValueError(f"a message of {len(line):,} bytes; expected at most {LONGEST:,}")
    return line


def request_in(line: bytes) -> Request:
    """Returns the request in a line. Raises `ValueError` (of which msgspec's errors are) for anything else."""
    request: Request = _read(line, Request)
    if isinstance(request, Restore) and not 0 < request.size <= LARGEST:
        raise ValueError(f"a backup of {request.size} bytes; expected 1 to {LARGEST:,}")
    return request


def answer_in(line: bytes) -> Answer:
    """Returns the answer in a line. Raises `ValueError` for anything else."""
    answer: Answer = _read(line, Answer)
    if isinstance(answer, Made) and not 0 <= answer.size <= LARGEST:
        raise ValueError(f"{answer.size} bytes are to follow; expected at most {LARGEST:,}")
    return answer


def _read(line: bytes, kind: Any) -> Any:  # noqa: ANN401  # a union of types has no type of its own
    try:
        return msgspec.json.decode(line, type=kind, dec_hook=_text_of)
    except (UnicodeError, RecursionError) as error:
        raise ValueError(f"not a message: {error}") from None


def _plain(value: object) -> object:
    """A `Text` as a table: its key, and its values by name."""
    if not isinstance(value, Text):
        raise NotImplementedError(type(value).__name__)
    params = {name: _plain(each) if isinstance(each, Text) else each for name, each in value.params.items()}
    return {"key": value.key, "params": params}


def _text_of(kind: type, value: object) -> object:
    if kind is not Text:
        raise NotImplementedError(kind.__name__)
    return _text(value, _DEEPEST)


def _text(value: object, deepest: int) -> Text:
    match value:
        case {"key": str(key), "params": dict(params)} if deepest:
            return Text(key, **{name: _value(each, deepest - 1) for name, each in params.items()})
    raise ValueError("not a text; expected a key and its params")


def _value(value: object, deepest: int) -> str | int | float | Text:
    return value if isinstance(value, str | int | float) else _text(value, deepest)
