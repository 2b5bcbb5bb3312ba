"""Text as a display can show it: cleaned, bounded, broken into lines."""

import functools
import unicodedata
from datetime import datetime

from appliance.display import fonts
from appliance.display.fonts import Face
from appliance.language.text import Text

MISSING = "–"
LIMIT = 160  # characters; a name that is longer says no more, and every strip in the cache stays small
_LONGEST_CLOCK = 99 * 3600 + 59 * 60 + 59  # seconds: what two digits of hours can say


def clean(text: str | None) -> str:
    """One line of printable text of at most `LIMIT` characters; `MISSING` for None and for nothing printable."""
    return _clean((text or "")[: 2 * LIMIT])


@functools.lru_cache(maxsize=256)
def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    line = " ".join(printable.split())
    if len(line) > LIMIT:
        line = line[: LIMIT - 1] + "…"
    return line or MISSING


_OVERHANG = 1  # pixels that a letter may reach beyond its advance


@functools.lru_cache(maxsize=32)
def wrap(text: str, face: Face, limit: int) -> tuple[str, ...]:
    """Cleaned `text` in lines of at most `limit` pixels: broken at spaces, inside a word only where it fits no line."""
    lines: list[str] = []
    line, used = "", _OVERHANG
    for word in text.split(" "):
        needed = fonts.advance(" ", face) + _length(word, face) if line else _length(word, face)
        if used + needed <= limit:
            line, used = f"{line} {word}" if line else word, used + needed
            continue
        if line:
            lines.append(line)
        *full, line = _split(word, face, limit)
        lines.extend(full)
        used = _OVERHANG + _length(line, face)
    return (*lines, line)


@functools.lru_cache(maxsize=32)
def shortened(text: str, face: Face, limit: int) -> str:
    """Cleaned `text`, or as much of its beginning as fits `limit` pixels with "…" behind it."""
    if fonts.width(text, face) <= limit:
        return text
    kept = text
    while kept and fonts.width(f"{kept}…", face) > limit:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def _length(text: str, face: Face) -> int:
    return sum(fonts.advance(character, face) for character in text)


def _split(word: str, face: Face, limit: int) -> list[str]:
    """`word` in pieces of at most `limit` pixels (at least one character each)."""
    pieces, used = [""], _OVERHANG
    for character in word:
        needed = fonts.advance(character, face)
        if pieces[-1] and used + needed > limit:
            pieces.append("")
            used = _OVERHANG
        pieces[-1] += character
        used += needed
    return pieces


def duration(seconds: float) -> str:
    """`m:ss` below an hour with two digits of minutes, `h:mm:ss` from then on; stays within 0 and 99:59:59."""
    whole = int(min(max(seconds, 0), _LONGEST_CLOCK))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


_UNKNOWN = Text("unknown")
# not strftime: the picture must follow the room's language, not the system's locale
_WEEKDAYS = (
    *(Text("date.mon"), Text("date.tue"), Text("date.wed"), Text("date.thu")),
    *(Text("date.fri"), Text("date.sat"), Text("date.sun")),
)
_MONTHS = (
    *(Text("date.jan"), Text("date.feb"), Text("date.mar"), Text("date.apr"), Text("date.may"), Text("date.jun")),
    *(Text("date.jul"), Text("date.aug"), Text("date.sep"), Text("date.oct"), Text("date.nov"), Text("date.dec")),
)


def time_of_day(clock: datetime | None) -> str:
    """`hh:mm`, or `MISSING`."""
    return MISSING if clock is None else f"{clock.hour:02}:{clock.minute:02}"


def date(clock: datetime | None) -> tuple[Text, Text]:
    """Weekday, and day with month; both a dash while the time is not known."""
    if clock is None:
        return _UNKNOWN, _UNKNOWN
    month = _MONTHS[clock.month - 1]
    return _WEEKDAYS[clock.weekday()], Text("date.day", day=clock.day, month=month, number=f"{clock.month:02}")
