"""Text as a display can show it: cleaned, bounded, names apart from the sentence around them; times and dates."""

import functools
import itertools
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from appliance.display.bidi import goes_right_to_left, isolated
from appliance.display.letters import JOINERS, drawable, tidied
from appliance.display.wrapping import shortened, wrap
from appliance.language.catalogue import Language
from appliance.language.text import Text, Value
from appliance.room.parts.person import Person

__all__ = ["LIMIT", "MISSING", "clean", "date", "duration", "label", "said", "shortened", "time_of_day", "wrap"]

MISSING = "–"
LIMIT = 160  # characters; a name that is longer says no more, and every strip in the cache stays small
_OF_WIDE = 4  # characters that one of Chinese counts for: it says as much, and takes as long to draw
_LOOKED_AT = 4  # times as many are read; in a stack of marks, or behind what is not seen, is no name
_LONGEST_CLOCK = 99 * 3600 + 59 * 60 + 59  # seconds: what two digits of hours can say


def clean(text: str | None) -> str:
    """One line of what can be drawn, at most `LIMIT` characters, fewer wide ones; `MISSING` where there is nothing."""
    return _clean((text or "")[: _LOOKED_AT * LIMIT])


@functools.lru_cache(maxsize=256)
def _clean(text: str) -> str:
    return _bounded(tidied(text)) or MISSING


def said(text: Text | str, language: Language) -> str:
    """A sentence in a language, or a name, as it is drawn: cleaned, and names isolated where one goes the other way."""
    if isinstance(text, str):
        return clean(text)
    if not any(map(goes_right_to_left, _names_in(text))):
        return clean(language.say(text))
    return _bounded(" ".join(language.say(_apart(text)).split())) or MISSING


def label(person: Person) -> str:
    """What a person is called on the display: the name where it can be drawn, else the id."""
    return person.label if drawable(clean(person.label)) else person.peer_id or person.label


def _names_in(text: Text) -> Iterator[str]:
    for value in text.params.values():
        if isinstance(value, Text):
            yield from _names_in(value)
        elif isinstance(value, str):
            yield value[: _LOOKED_AT * LIMIT]


def _apart(text: Text) -> Text:
    """A text with its names cleaned, and isolated."""
    return Text(text.key, **{gap: _value_apart(value) for gap, value in text.params.items()})


def _value_apart(value: Value) -> Value:
    if isinstance(value, Text):
        return _apart(value)
    return isolated(clean(value)) if isinstance(value, str) else value


def _bounded(line: str) -> str:
    if sum(map(_weight, line)) <= LIMIT:
        return line
    room = LIMIT - 1
    kept = itertools.takewhile(
        lambda at: at[1] <= room, zip(line, itertools.accumulate(map(_weight, line)), strict=True)
    )
    return f"{''.join(character for character, _ in kept).rstrip(JOINERS)}…"


def _weight(character: str) -> int:
    return _OF_WIDE if unicodedata.east_asian_width(character) in "WF" else 1


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
