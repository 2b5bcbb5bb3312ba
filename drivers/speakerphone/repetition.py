"""Tells a repeated report that a person caused from one with which a device states its status again. No I/O.

Only a change is intent. Some devices send their status once a second, or for as long as a handset lies off its cradle;
a repeated report that counted as a key press would decline every call, toggle the microphone or dial for ever.

For a few devices, though, the repetition is the key press: one that is on hook anyway declines with "on hook". So a
repetition counts in two cases:

- The device's profile says that it means something (`repeats`).
- The device has proved to speak only when something happens: it was watched for `WATCHED` seconds of an idle room
  without a repetition, and this one comes out of `SILENCE` seconds in which it said nothing and no lamp changed.
  Nothing but a key is left to have caused it. A repetition that does not count starts the watch again.

It never counts within `ECHO` seconds after lamps were sent, because then it answers them, nor from a device that
*restates* its status at the time: that is known when a report comes at regular intervals, and forgotten when it stays
away for a few of them.
"""

from typing import Final

from drivers.speakerphone.lamp_state import ECHO
from drivers.speakerphone.reports import InputReport

BURST: Final = 0.05  # seconds within which equal reports are copies of one; Poly sends some of them twice
WATCHED: Final = 120.0  # seconds; status intervals seen in the field are 1 to 30 s
SILENCE: Final = 5.0  # seconds; a status that is sent during a call only is known to come each second
TOLERANCE: Final = 0.1  # part of an interval by which the next may differ: a firmware's timer is not exact
LONGEST: Final = 60.0  # seconds; longer intervals are those between calls, and alike by chance
MISSING: Final = 4  # intervals without the report after which the device no longer restates its status


class _Series:
    """The repetitions of the report with one ID, since it last changed."""

    def __init__(self) -> None:
        self.last = float("-inf")
        self._interval = 0.0

    def changed(self, now: float) -> None:
        """Begins anew with another report."""
        self.last, self._interval = now, 0.0

    def repeated(self, now: float) -> float:
        """Notes a repetition; returns its interval where it is the same as the one before, else 0."""
        before, interval = self._interval, now - self.last
        if interval < BURST:
            return 0.0
        first = self.last == float("-inf")
        self.last, self._interval = now, 0.0 if first else interval
        regular = 0 < before <= LONGEST and abs(interval - before) <= TOLERANCE * before
        return interval if regular else 0.0


class Repetition:
    """What the repetitions of one device are worth. `repeats`: as its profile says. Times are monotonic seconds."""

    def __init__(self, *, repeats: bool) -> None:
        self._repeats = repeats
        self._series: dict[int, _Series] = {}
        self._interval = 0.0  # of the status that it restates; 0 where it does not
        self._restated_at = float("-inf")
        self._sent_at = self._lamps_changed_at = float("-inf")
        self._idle_since: float | None = None
        self._idle_before = 0.0

    def lamps_sent(self, *, idle: bool, changed: bool, now: float) -> None:
        """Notes that lamps are sent. `idle`: all of them are dark; `changed`: they are not the same as before."""
        self._sent_at = now
        if changed:
            self._lamps_changed_at = now
            self._idle_before = self._watched(now)
            self._idle_since = now if idle else None

    def counts(self, report: InputReport, now: float) -> bool:
        """Notes a report; returns whether it is a repetition that a person caused."""
        series = self._series.setdefault(report.report_id, _Series())
        if not (report.repeated or report.again):
            series.changed(now)
            return False
        if now - self._sent_at < ECHO:
            return False
        silent = now - max(series.last, self._lamps_changed_at) >= SILENCE
        if interval := series.repeated(now):
            self._interval, self._restated_at = interval, now
        counts = not self.restates(now) and (self._repeats or (silent and self._watched(now) >= WATCHED))
        if not counts:
            self._watch_again(now)
        return counts

    def restates(self, now: float) -> bool:
        """Returns whether the device states its status by itself, at regular intervals."""
        return self._interval > 0 and now - self._restated_at <= MISSING * self._interval + ECHO

    def _watched(self, now: float) -> float:
        return self._idle_before + (0.0 if self._idle_since is None else now - self._idle_since)

    def _watch_again(self, now: float) -> None:
        self._idle_before = 0.0
        self._idle_since = None if self._idle_since is None else now
