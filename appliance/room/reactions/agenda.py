"""What the schedule says follows the time of day, the schedule, what the door makes of it, and a clock that is set."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from appliance.room.local_events.meetings import AgendaIs
from appliance.room.meetings.agenda import Agenda, Day
from appliance.room.meetings.bookings import NO_RULES, Bookings, Rules
from appliance.room.meetings.calendar import Entry
from appliance.room.meetings.schedule import day
from appliance.room.parts.link import LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import RoomState
from appliance.terminal.messages.people import Meeting

Clock = Callable[[], datetime | None]

FOR_CLOCK = 30.0  # seconds between two looks for the time of day, while it is not known
FOR_JUMP = 300.0  # seconds after which it is noticed at the latest that somebody has set the clock
_NOTHING = Agenda()


class _Seen(msgspec.Struct, frozen=True):
    """The day as it was put in order, and of what, and what was so between two moments (Unix seconds)."""

    meetings: tuple[Meeting, ...]
    entries: tuple[Entry, ...]
    told: bool
    bookings: Bookings
    day: Day
    agenda: Agenda
    since: float
    until: float


def agenda(clock: Clock, soon: float, rules: Rules = NO_RULES) -> Reaction:
    """Returns the reaction that keeps `state.agenda`.

    `clock` says the local time, `soon` is in seconds, `rules` say what is wanted of whoever has booked the room.
    """
    return partial(_look, clock, partial(_day, soon, rules), None)


def _day(soon: float, rules: Rules, state: RoomState, time: datetime) -> Day:
    meetings = state.meetings if _told(state) else ()
    return day(meetings, time, soon, state.bookings, rules, _entries(state))


def _look(
    clock: Clock,
    make: Callable[[RoomState, datetime], Day],
    seen: _Seen | None,
    _before: RoomState,
    state: RoomState,
    now: float,
) -> Outcome:
    if not _read(state):
        return Outcome(events=_said(state, _NOTHING), then=partial(_look, clock, make, None))
    time = clock()
    if time is None:
        return Outcome(events=_said(state, _NOTHING), look_at=now + FOR_CLOCK, then=partial(_look, clock, make, None))
    seen = _seen(seen, state, time, make)
    return Outcome(
        events=_said(state, seen.agenda),
        look_at=now + min(seen.until - time.timestamp(), FOR_JUMP),
        then=partial(_look, clock, make, seen),
    )


def _read(state: RoomState) -> bool:
    """Returns whether anybody has told a schedule: the terminal, or the calendar of the house."""
    return state.calendar is not None or _told(state)


def _entries(state: RoomState) -> tuple[Entry, ...]:
    return () if state.calendar is None else state.calendar.entries


def _told(state: RoomState) -> bool:
    """Returns whether the terminal has told its schedule; one that is being read again is as good as the last."""
    told = bool(state.meetings) or Reading.SCHEDULE not in state.stale
    return state.link.phase is LinkPhase.UP and told


def _said(state: RoomState, agenda: Agenda) -> tuple[AgendaIs, ...]:
    return () if state.agenda is agenda or state.agenda == agenda else (AgendaIs(agenda),)


def _seen(seen: _Seen | None, state: RoomState, time: datetime, make: Callable[[RoomState, datetime], Day]) -> _Seen:
    """Returns what is so now: what was, as long as it holds; the day is put in order again where it is another."""
    moment = time.timestamp()
    same = seen is not None and seen.meetings is state.meetings and seen.bookings is state.bookings
    same = same and seen is not None and seen.entries == _entries(state) and seen.told is _told(state)
    if seen is None or not same or not seen.day.begun <= moment < seen.day.ends:
        return _after(make(state, time), state, moment)
    return seen if seen.since <= moment < seen.until else _after(seen.day, state, moment)


def _after(today: Day, state: RoomState, moment: float) -> _Seen:
    return _Seen(
        state.meetings,
        _entries(state),
        _told(state),
        state.bookings,
        today,
        today.at(moment),
        moment,
        today.changes_at(moment),
    )
