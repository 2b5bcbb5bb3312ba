"""A conference in which the room is alone ends after a while."""

from functools import partial

from appliance.room import actions
from appliance.room.change import NOTICE_SECONDS
from appliance.room.inputs import Automatic
from appliance.room.local_events.shown import NoticeShown
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import Phase, RoomState
from appliance.room.texts import ALONE

WARNED = 60.0
"""Seconds before the end at which the display says that it comes: who is in the room needs only to press something."""


def hang_up_alone(patience: float) -> Reaction:
    """Returns the reaction that hangs up when nobody else was in a conference, or touched anything, for a while."""
    return partial(_alone, patience, None, warned=False)


def _alone(
    patience: float, since: float | None, before: RoomState, state: RoomState, now: float, *, warned: bool
) -> Outcome:
    """`since`: when the room was first seen alone (monotonic seconds); `warned`: the display has said so."""
    if not same_session(before, state) or not _is_alone(state):
        return Outcome(then=partial(_alone, patience, None, warned=False))
    since = max(now if since is None else since, state.touched_at or 0.0)
    ends, warns = since + patience, since + patience - WARNED
    if now >= ends:
        return Outcome(inputs=(Automatic(actions.HangUp()),), then=partial(_alone, patience, float("inf"), warned=True))
    if now < warns:
        return Outcome(look_at=warns, then=partial(_alone, patience, since, warned=False))
    said = () if warned else (NoticeShown(ALONE, now + NOTICE_SECONDS),)
    return Outcome(events=said, look_at=ends, then=partial(_alone, patience, since, warned=True))


def _is_alone(state: RoomState) -> bool:
    """Returns whether the terminal has listed nobody but the room; a call between two ends with the other side."""
    group = state.conversation is not None and state.conversation.group
    return state.phase is Phase.IN_CALL and group and state.company.listed and len(state.company.present) <= 1
