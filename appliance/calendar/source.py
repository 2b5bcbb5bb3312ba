"""Where the calendar comes from: a file on a web server, or a CalDAV server (RFC 4791) that is asked for some days."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

import msgspec

from appliance.calendar.reading import CalendarError
from appliance.runtime.fetch import Answer, Ask, Way, fetch

WITHIN: Final = 30.0  # seconds
LARGEST: Final = 4 << 20  # bytes: ten years of a busy room
_DATA: Final = "{urn:ietf:params:xml:ns:caldav}calendar-data"
_QUERY: Final = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{begin}" end="{end}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


class Place(msgspec.Struct, frozen=True):
    """A calendar: its address, whether it is a CalDAV server's, who asks, and how it is reached."""

    url: str
    caldav: bool = False
    user: tuple[str, str] | None = None
    way: Way = Way()

    def __repr__(self) -> str:
        return f"Place(caldav={self.caldav})"


class Told(msgspec.Struct, frozen=True):
    """What a server told: calendars, and by which mark (ETag) it knows them again."""

    contents: tuple[bytes, ...]
    mark: str = ""


async def ask(place: Place, mark: str, begin: float, end: float) -> Told | None:
    """Returns the calendar, at least of the days between two times (Unix seconds); None where `mark` still holds.

    Raises `FetchError` and `CalendarError`.
    """
    question = _query(place, begin, end) if place.caldav else _get(place, mark)
    answer = await fetch(place.url, question, within=WITHIN, way=place.way, largest=LARGEST)
    if answer.status == 304 and mark:
        return None
    if answer.status not in ({207} if place.caldav else {200}):
        raise CalendarError(f"the server answers {answer.status}{_WHY.get(answer.status, '')}")
    return Told(tuple(_calendars(answer.body)) if place.caldav else (answer.body,), _mark(answer))


_WHY: Final = {401: ": it does not know user and password", 403: ": we may not read it", 404: ": there is none there"}


def _get(place: Place, mark: str) -> Ask:
    return Ask(headers={"If-None-Match": mark} if mark else {}, user=place.user)


def _query(place: Place, begin: float, end: float) -> Ask:
    times = {name: datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ") for name, at in _named(begin, end)}
    headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": "1"}
    return Ask("REPORT", headers, _QUERY.format(**times).encode(), place.user)


def _named(begin: float, end: float) -> tuple[tuple[str, float], ...]:
    return ("begin", begin), ("end", end)


def _mark(answer: Answer) -> str:
    mark = answer.headers.get("etag", "")
    return mark if mark.isprintable() and len(mark) <= 200 else ""


def _calendars(body: bytes) -> Iterator[bytes]:
    """Yields the calendars in a multistatus. Raises `CalendarError`."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise CalendarError("the server's answer defines entities; expected XML without them")
    try:
        found = ET.fromstring(body)  # noqa: S314  # without entities, and of bounded size, see above
    except ET.ParseError:
        raise CalendarError("the server's answer is not XML; expected that of a CalDAV server") from None
    for data in found.iter(_DATA):
        if data.text:
            yield data.text.encode()
