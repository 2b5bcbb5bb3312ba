"""What the schedule says follows the time of day, the schedule, and a clock that is set."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from appliance.room.agenda import Agenda, Day
from appliance.room.local_events import AgendaIs
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.schedule import day
from appliance.room.state import LinkPhase, Reading, RoomState
from appliance.terminal.messages.people import Meeting

Clock = Callable[[], datetime | None]

FOR_CLOCK = 30.0  # seconds between two looks for the time of day, while it is not known
FOR_JUMP = 300.0  # seconds after which it is noticed at the latest that somebody has set the clock
_NOTHING = Agenda()


class _Seen(msgspec.Struct, frozen=True):
    """The day as it was put in order, from which meetings, and what was so between two moments (Unix seconds)."""

    meetings: tuple[Meeting, ...]
    day: Day
    agenda: Agenda
    since: float
    until: float


def agenda(clock: Clock, soon: float) -> Reaction:
    """Returns the reaction that keeps `state.agenda`; `clock` says the local time, `soon` is in seconds."""
    return partial(_look, clock, soon, None)


def _look(clock: Clock, soon: float, seen: _Seen | None, _before: RoomState, state: RoomState, now: float) -> Outcome:
    if not _read(state):
        return Outcome(events=_said(state, _NOTHING), then=partial(_look, clock, soon, None))
    time = clock()
    if time is None:
        return Outcome(events=_said(state, _NOTHING), look_at=now + FOR_CLOCK, then=partial(_look, clock, soon, None))
    seen = _seen(seen, state.meetings, time, soon)
    return Outcome(
        events=_said(state, seen.agenda),
        look_at=now + min(seen.until - time.timestamp(), FOR_JUMP),
        then=partial(_look, clock, soon, seen),
    )


def _read(state: RoomState) -> bool:
    """Returns whether the terminal has told its schedule; one that is being read again is as good as the last."""
    told = bool(state.meetings) or Reading.SCHEDULE not in state.stale
    return state.link.phase is LinkPhase.UP and told


def _said(state: RoomState, agenda: Agenda) -> tuple[AgendaIs, ...]:
    return () if state.agenda is agenda or state.agenda == agenda else (AgendaIs(agenda),)


def _seen(seen: _Seen | None, meetings: tuple[Meeting, ...], time: datetime, soon: float) -> _Seen:
    """Returns what is so now: what was, as long as it holds; the day is put in order again where it is another."""
    moment = time.timestamp()
    if seen is None or seen.meetings is not meetings or not seen.day.begun <= moment < seen.day.ends:
        return _after(day(meetings, time, soon), meetings, moment)
    return seen if seen.since <= moment < seen.until else _after(seen.day, meetings, moment)


def _after(today: Day, meetings: tuple[Meeting, ...], moment: float) -> _Seen:
    return _Seen(meetings, today, today.at(moment), moment, today.changes_at(moment))
