"""What the room is asked ends by itself: the terminal is asked whether it still waits, and an answer not for ever."""

import math

from appliance.room.local_events import AnswerDropped, LocalEvent, PodiumSettled, RequestDoubted
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import Request, RoomState


def requests(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Doubts a request when terminals usually stop waiting, and an answer when the terminal had its time for it."""
    waits = [_end(each) for each in state.requests]
    if state.podium.pending_until is not None:
        waits.append((state.podium.pending_until, PodiumSettled()))
    due = tuple(event for at, event in waits if at <= now)
    return Outcome(events=due, look_at=min((at for at, _ in waits if at > now), default=math.inf))


def _end(request: Request) -> tuple[float, LocalEvent]:
    """Returns until when nothing has to happen, and what happens then."""
    if request.answer is not None:
        return request.answered_until, AnswerDropped(request)
    return math.inf if request.until is None else request.until, RequestDoubted(request)
