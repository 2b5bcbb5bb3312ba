"""Reads calendars in a process of its own (see `reading`), on standard input and output.

A calendar is written elsewhere, and may have a rule that never ends, a million meetings, or what the libraries did not
expect. So it is read where neither time nor memory of the room are at stake: the process has `CPU` seconds and `MEMORY`
bytes, and whatever comes of it, the room goes on. The libraries take a second to import, and a room that has read its
calendar does not keep them.

In: a JSON object in a line (`Wanted`), then for each size in it so many bytes. Out: a JSON list of `Entry`.
"""

import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

import msgspec

from appliance.room.meetings.calendar import Entry

CPU: Final = 20  # seconds: a Zero 2 W needs four for the imports, and a second for a thousand meetings
MEMORY: Final = 160 << 20  # bytes of data; a calendar of 2 MiB needs 60 MiB
MOST: Final = 500  # meetings in these days: a room has twenty
LONGEST: Final = 200  # characters of a title or a name
_HIDDEN: Final = frozenset({"PRIVATE", "CONFIDENTIAL"})


class Wanted(msgspec.Struct, frozen=True):
    """What is asked: the meetings between two times (Unix seconds), of contents with these sizes in bytes."""

    begin: float
    end: float
    sizes: tuple[int, ...]


def entries(contents: Iterable[bytes], begin: float, end: float) -> list[Entry]:
    """Returns the meetings that take place then, in order. Raises `ValueError` where it is no calendar."""
    found = {each for content in contents for each in islice(_entries(content, begin, end), MOST)}
    return sorted(found, key=lambda each: (each.start, each.end, each.title))[:MOST]


def _entries(content: bytes, begin: float, end: float) -> Iterator[Entry]:
    import icalendar  # noqa: PLC0415  # takes a second
    import recurring_ical_events  # noqa: PLC0415  # as above

    first, last = (datetime.fromtimestamp(moment, UTC) for moment in (begin, end))
    for calendar in icalendar.Calendar.from_ical(content, multiple=True):
        for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(first, last):
            if (entry := _entry(event)) is not None:
                yield entry


def _entry(event: Any) -> Entry | None:  # noqa: ANN401  # the library's component, whose properties are of any type
    """Returns a meeting; None for what is cancelled, takes no time of anybody's, or has no times."""
    if _word(event, "STATUS") == "CANCELLED" or _word(event, "TRANSP") == "TRANSPARENT":
        return None
    start, end = _moment(event.start), _moment(event.end)
    if _word(event, "CLASS") in _HIDDEN:
        return Entry(start=start, end=end)
    organizer = event.get("ORGANIZER")
    owner = "" if organizer is None else str(organizer.params.get("CN", ""))
    return Entry(start=start, end=end, title=_line(event.get("SUMMARY", "")), owner=_line(owner))


def _moment(time: date | datetime) -> float:
    """Returns Unix seconds. A time without a zone, and a whole day, are those of the machine."""
    if not isinstance(time, datetime):
        time = datetime(time.year, time.month, time.day)  # noqa: DTZ001  # midnight of the machine's own zone
    return time.timestamp()


def _word(event: Any, name: str) -> str:  # noqa: ANN401  # as above
    return str(event.get(name, "")).upper()


def _line(text: object) -> str:
    return " ".join(str(text).split())[:LONGEST]


def main() -> int:
    """Reads standard input, and writes the answer; 3 where it is no calendar."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    wanted = msgspec.json.decode(sys.stdin.buffer.readline(), type=Wanted)
    contents = [sys.stdin.buffer.read(size) for size in wanted.sizes]
    try:
        found = entries(contents, wanted.begin, wanted.end)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError, OverflowError) as error:
        sys.stderr.write(f"{type(error).__name__}\n")  # its words may have what people wrote
        return 3
    sys.stdout.buffer.write(msgspec.json.encode(found))
    return 0
