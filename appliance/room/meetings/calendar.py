"""Meetings of a calendar that is not the terminal's, as the room knows them. Times are Unix seconds."""

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting at one of its times. `title` and `owner` are empty where they are nobody's business."""

    start: float
    end: float
    title: str = ""
    owner: str = ""


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """What the calendar said, and when; only meetings of these days, however many it has."""

    entries: tuple[Entry, ...]
    at: float
