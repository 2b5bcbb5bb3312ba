"""What follows from the clock on the wall: the night, and a restart of the terminal each day.

Only times of day are compared, by the room's own clock at each look, and never differences of them: so a day on which
clocks are put forward or back needs nothing else. A time that such a day leaves out has come when the clock has passed
it, and one that it has twice counts once. As long as the time of day is not known there is no night and no restart.
"""

from datetime import date, datetime, time, timedelta
from functools import partial

from appliance.room import actions
from appliance.room.inputs import Automatic
from appliance.room.local_events.closed import NightIs
from appliance.room.reactions.agenda import FOR_CLOCK, FOR_JUMP, Clock
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import Phase, RoomState

PATIENCE = timedelta(hours=4)
"""For how long a restart waits for the end of a call; after that it is left out for this day."""

UNTOUCHED = 60.0
"""Seconds without a touch: nobody is about to call."""


def night(clock: Clock, begins: time, ends: time) -> Reaction:
    """Returns the reaction that tells the room when it is night, by the local time."""
    return partial(_night, clock, begins, ends)


def daily_restart(clock: Clock, at: time) -> Reaction:
    """Returns the reaction that restarts the terminal once a day at that local time, or as soon as the room is free."""
    return partial(_restart, clock, at, None)


def _night(clock: Clock, begins: time, ends: time, _before: RoomState, state: RoomState, now: float) -> Outcome:
    local = clock()
    on = local is not None and _between(local.time(), begins, ends)
    until = FOR_CLOCK if local is None else min(_seconds_to(local, begins), _seconds_to(local, ends))
    events = (NightIs(on),) if on is not state.night else ()
    return Outcome(events=events, look_at=now + min(until, FOR_JUMP))


def _between(moment: time, begins: time, ends: time) -> bool:
    return begins <= moment < ends if begins < ends else moment >= begins or moment < ends


def _restart(clock: Clock, at: time, done: date | None, before: RoomState, state: RoomState, now: float) -> Outcome:
    """`done`: the last day that needs no restart any more; the first look leaves out what was before it."""
    local = clock()
    if local is None:
        return Outcome(look_at=now + FOR_CLOCK)
    today, due = local.date(), local.time() >= at
    done = done or (today if due else today - timedelta(days=1))
    look_at = now + min(_seconds_to(local, at), FOR_JUMP)
    if not due or done >= today:
        return Outcome(look_at=look_at, then=partial(_restart, clock, at, done))
    if local.replace(tzinfo=None) > datetime.combine(today, at) + PATIENCE:
        return Outcome(look_at=look_at, then=partial(_restart, clock, at, today))
    if not same_session(before, state) or not _free(state, now):
        return Outcome(look_at=now + UNTOUCHED, then=partial(_restart, clock, at, done))
    restart = (Automatic(actions.RestartTerminal()),)
    return Outcome(inputs=restart, look_at=look_at, then=partial(_restart, clock, at, today))


def _free(state: RoomState, now: float) -> bool:
    """Returns whether nobody is in a call, begins one, has touched anything just now, or has a meeting."""
    begins = state.call_asked is not None or state.password is not None or bool(state.held)
    touched = state.touched_at is not None and now < state.touched_at + UNTOUCHED
    meets = state.agenda.now is not None or state.agenda.soon
    return state.phase is Phase.IDLE and not begins and not touched and not meets


def _seconds_to(local: datetime, at: time) -> float:
    """Returns the seconds to this time of day as the wall counts them, at least one."""
    wall = local.replace(tzinfo=None)
    that = datetime.combine(wall.date(), at)
    return max(1.0, ((that if that > wall else that + timedelta(days=1)) - wall).total_seconds())
