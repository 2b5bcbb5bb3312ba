"""The zone of the machine, as a zone: a time in it knows what a clock here said, or will say, on another day.

`datetime.astimezone()` gives a time the offset that holds at that moment; a day later, when clocks have been put
forward, arithmetic with it is an hour wrong.
"""

from datetime import UTC, datetime, timedelta, tzinfo


class LocalTime(tzinfo):
    """The zone that the system is set to."""

    def utcoffset(self, time: datetime | None) -> timedelta | None:
        """Returns the offset that holds at `time`; None for a time of no day."""
        return None if time is None else time.replace(tzinfo=None).astimezone().utcoffset()

    def tzname(self, time: datetime | None) -> str | None:
        """Returns the abbreviation of the zone at `time`."""
        return None if time is None else time.replace(tzinfo=None).astimezone().tzname()

    def dst(self, _time: datetime | None) -> None:
        """Nobody asks for it."""

    def fromutc(self, time: datetime) -> datetime:
        """Returns the local time of a time in UTC; the second of two equal ones has `fold`."""
        local = time.replace(tzinfo=UTC).astimezone()
        wall = local.replace(tzinfo=None)
        second = wall.astimezone().utcoffset() != local.utcoffset()
        return wall.replace(tzinfo=self, fold=int(second))


LOCAL = LocalTime()
