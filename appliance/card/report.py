"""What is wrong with `room.toml`, in plain words: beside it on the card, for the console, and for the display."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from appliance.card.files import File
from appliance.card.stamp import STATE
from appliance.card.writing import put, remove, write
from appliance.config.toml import Mistake

ERRORS = "room.errors.txt"
FOR_DISPLAY = f"{STATE}/mistakes"
_NO_ROOM = "The room cannot be run from this file; what was in force before stays so, if there was anything."


def write_report(boot: Path, root: Path, mistakes: Sequence[Mistake], *, has_room: bool) -> None:
    """Writes what is wrong, or removes what was written where nothing is. Raises `OSError`."""
    put(root, {FOR_DISPLAY: File(f"{short(mistakes)}\n") if mistakes else None})
    if not mistakes:
        remove(boot / ERRORS)
        return
    text = "\r\n".join((*lines(mistakes, has_room=has_room), ""))  # whoever reads it may do so on Windows
    write(boot / ERRORS, text.encode(), None)


def lines(mistakes: Iterable[Mistake], *, has_room: bool) -> Iterable[str]:
    """The report in lines."""
    yield "room.toml has mistakes. What is right has been applied, what is named here has not."
    yield from () if has_room else (_NO_ROOM,)
    yield ""
    for mistake in mistakes:
        yield f"room.toml:{mistake.line}: " + (f"{mistake.key}: " if mistake.key else "") + mistake.message


def short(mistakes: Sequence[Mistake]) -> str:
    """One line for the display."""
    first = mistakes[0]
    count = f"{len(mistakes)} mistakes" if len(mistakes) > 1 else "mistake"
    return f"room.toml: {count}, line {first.line}"
