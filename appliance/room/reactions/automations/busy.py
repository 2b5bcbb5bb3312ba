"""Somebody who was busy is called again after a while."""

import math
from functools import partial

import msgspec

from appliance.room import actions
from appliance.room.change import NOTICE_SECONDS
from appliance.room.inputs import Automatic
from appliance.room.local_events.shown import NoticeShown
from appliance.room.parts.call import Ending
from appliance.room.people.who import same_peer
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import BUSY_KEY, calls_again

_ANOTHER_CALL = GOING_ON | {Phase.RINGING}


def retry_busy(times: int, pause: float) -> Reaction:
    """Returns the reaction that calls up to `times` more, `pause` seconds after each answer that they are busy.

    Anything that somebody in the room does ends it, and so do a call of others and a lost link.
    """
    return partial(_retry, times, pause, "", None)


class _Try(msgspec.Struct, frozen=True):
    """Whom to call, for which time and when (monotonic seconds); `touched`: when somebody did something before."""

    whom: str
    count: int
    due: float
    touched: float | None


def _retry(
    times: int, pause: float, dialled: str, again: _Try | None, before: RoomState, state: RoomState, now: float
) -> Outcome:
    """`dialled`: whom the room has called last in this session; `again`: the try that is due or under way."""
    if not same_session(before, state):
        return Outcome(then=partial(_retry, times, pause, "", None))
    dialled = _dialled(state) or dialled
    if again is not None and (state.touched_at != again.touched or state.phase in _ANOTHER_CALL):
        again = None
    if _busy(before, state) and dialled:
        return _planned(times, pause, dialled, again, state, now)
    if again is None or now < again.due:
        due = again.due if again else math.inf
        return Outcome(look_at=due, then=partial(_retry, times, pause, dialled, again))
    free = state.phase is Phase.IDLE and not state.call_asked and state.password is None
    under_way = msgspec.structs.replace(again, due=math.inf)
    inputs = (Automatic(actions.CallPeer(again.whom)),) if free else ()
    return Outcome(inputs=inputs, then=partial(_retry, times, pause, dialled, under_way if free else None))


def _planned(times: int, pause: float, whom: str, last: _Try | None, state: RoomState, now: float) -> Outcome:
    """Plans the next try, and says so; none where there were enough."""
    count = last.count + 1 if last is not None and same_peer(last.whom, whom) else 1
    if count > times:
        return Outcome(then=partial(_retry, times, pause, "", None))
    who = state.last_end.who if state.last_end else ""
    said = calls_again(who or whom, round(pause), count, times)
    return Outcome(
        events=(NoticeShown(said, now + NOTICE_SECONDS),),
        look_at=now + pause,
        then=partial(_retry, times, pause, whom, _Try(whom, count, now + pause, state.touched_at)),
    )


def _dialled(state: RoomState) -> str:
    if state.call_asked is not None:
        return state.call_asked.peer_id
    peer = state.conversation.peer if state.conversation and state.phase is Phase.CALLING else None
    return peer.peer_id if peer else ""


def _busy(before: RoomState, state: RoomState) -> bool:
    end = state.last_end
    if end is None or end == before.last_end:
        return False
    return end.ending is Ending.REFUSED and end.refusal.key == BUSY_KEY
