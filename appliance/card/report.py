"""What is wrong with `room.toml`, in plain words: beside it on the card, for the console, and for the display."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from appliance.card.files import File
from appliance.card.stamp import STATE
from appliance.card.writing import put
from appliance.config.toml import Mistake
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.text import Text
from appliance.runtime.atomic import remove, write

ERRORS = "room.errors.txt"
FOR_DISPLAY = f"{STATE}/mistakes"


def write_report(
    boot: Path, root: Path, mistakes: Sequence[Mistake], *, has_room: bool, language: Language = ENGLISH
) -> None:
    """Writes what is wrong, or removes what was written where nothing is. Raises `OSError`."""
    put(root, {FOR_DISPLAY: File(f"{language.say(short(mistakes))}\n") if mistakes else None})
    if not mistakes:
        remove(boot / ERRORS)
        return
    said = lines(mistakes, has_room=has_room, language=language)
    text = "\r\n".join((*said, ""))  # whoever reads it may do so on Windows
    write(boot / ERRORS, text.encode(), None)


def lines(mistakes: Iterable[Mistake], *, has_room: bool, language: Language = ENGLISH) -> Iterable[str]:
    """The report in lines."""
    yield language.say(Text("card.mistakes"))
    yield from () if has_room else (language.say(Text("card.no_room")),)
    yield ""
    for mistake in mistakes:
        yield f"room.toml:{mistake.line}: {mistake.said(language)}"


def short(mistakes: Sequence[Mistake]) -> Text:
    """One line for the display."""
    return Text("card.short", count=len(mistakes), line=mistakes[0].line)
