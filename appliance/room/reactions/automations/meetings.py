"""What follows from the schedule: a meeting is joined when it begins, and a call hears that its meeting ends."""

import math
from collections.abc import Collection
from datetime import datetime
from functools import partial

from appliance.room import actions
from appliance.room.inputs import Automatic
from appliance.room.local_events.shown import NoticeShown
from appliance.room.meetings.agenda import Booking
from appliance.room.reactions.agenda import FOR_CLOCK, FOR_JUMP, Clock
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import Phase, RoomState
from appliance.room.texts import meeting_ends

BEGINS = 120.0
"""Seconds after its start in which a meeting that is new on the agenda has just begun; later, people decide."""

SHOWN = 10.0
"""Seconds: longer than other notices, because nobody has pressed anything and looks at the display."""


def join_meetings(clock: Clock) -> Reaction:
    """Returns the reaction that joins each meeting when it begins, if the room is idle then and may be disturbed."""
    return partial(_join, clock, None)


def end_countdown(clock: Clock, minutes: Collection[int]) -> Reaction:
    """Returns the reaction that says in a call, so many minutes before, that the meeting ends."""
    return partial(_countdown, clock, tuple(sorted(minutes)), None)


def _join(clock: Clock, joined: Booking | None, before: RoomState, state: RoomState, _now: float) -> Outcome:
    """`joined`: the meeting that was joined last."""
    booking, time = state.agenda.now, clock()
    known = {each.key for each in (before.agenda.now, joined) if each is not None}
    begins = booking is not None and booking.key not in known and before.agenda.known
    if booking is None or time is None or not begins or not _just_begun(booking, time):
        return Outcome()
    free = state.phase is Phase.IDLE and not state.call_asked and state.password is None and state.undisturbed is None
    if not free or not booking.peer_id or not same_session(before, state):
        return Outcome()
    return Outcome(inputs=(Automatic(actions.CallPeer(booking.peer_id)),), then=partial(_join, clock, booking))


def _just_begun(booking: Booking, time: datetime) -> bool:
    return not booking.all_day and 0 <= (time - booking.start).total_seconds() < BEGINS


def _countdown(
    clock: Clock,
    minutes: tuple[int, ...],
    seen: tuple[Booking, float] | None,
    _before: RoomState,
    state: RoomState,
    now: float,
) -> Outcome:
    """`seen`: the meeting at the last look, and how many seconds of it were left then."""
    booking, time = state.agenda.now, clock()
    if booking is None or booking.ends is None or state.phase is not Phase.IN_CALL:
        return Outcome(then=partial(_countdown, clock, minutes, None))
    if time is None:
        return Outcome(look_at=now + FOR_CLOCK, then=partial(_countdown, clock, minutes, None))
    left = (booking.ends - time).total_seconds()
    same = seen is not None and (seen[0].key, seen[0].ends) == (booking.key, booking.ends)
    before = seen[1] if seen is not None and same else -math.inf
    passed = any(left <= 60 * mark < before for mark in minutes)
    coming = max((60 * mark for mark in minutes if 60 * mark < left), default=0)
    said = NoticeShown(meeting_ends(max(1, math.ceil(left / 60))), now + SHOWN)
    return Outcome(
        events=(said,) if passed and left > 0 else (),
        look_at=now + min(max(left - coming, 1.0), FOR_JUMP),
        then=partial(_countdown, clock, minutes, (booking, left)),
    )
