"""What the room is asked, and asks, ends by itself: the terminal is asked whether it still waits.

Nothing says how long a terminal waits for what was only found in its list, or is still there when it usually gives up.
So the list is read again each time that terminals usually wait, for as long as something is in it.
"""

import math
from collections.abc import Iterator, Mapping
from functools import partial

from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.conference import AnswerDropped, PodiumDoubted, PodiumSettled, RequestDoubted
from appliance.room.reactions.reaction import Outcome
from appliance.room.reduce.conference.requests import PATIENCE
from appliance.room.state import RoomState


def requests(
    _before: RoomState, state: RoomState, now: float, *, doubts: Mapping[LocalEvent, float] | None = None
) -> Outcome:
    """Doubts a request when terminals usually stop waiting, and an answer when the terminal had its time for it.

    `doubts`: when (monotonic seconds) to doubt that of which nobody knows when it ends.
    """
    known = doubts or {}
    plan = {each: known.get(each, now + PATIENCE) for each in _endless(state)}
    waits = [*_ends(state), *((at, each) for each, at in plan.items())]
    plan |= {each: now + PATIENCE for each, at in plan.items() if at <= now}
    return Outcome(
        events=tuple(event for at, event in waits if at <= now),
        look_at=min((at for at in (*(at for at, _ in waits), *plan.values()) if at > now), default=math.inf),
        then=partial(requests, doubts=plan),
    )


def _ends(state: RoomState) -> Iterator[tuple[float, LocalEvent]]:
    """Yields until when nothing has to happen, and what happens then."""
    for request in state.requests:
        if request.answer is not None:
            yield request.answered_until, AnswerDropped(request)
        elif request.until is not None:
            yield request.until, RequestDoubted(request)
    if state.podium.pending_until is not None:
        yield state.podium.pending_until, PodiumSettled()


def _endless(state: RoomState) -> Iterator[LocalEvent]:
    """Yields how that is doubted of which nobody knows when it ends."""
    for request in state.requests:
        if request.answer is None and request.until is None:
            yield RequestDoubted(request)
    if state.podium.asked:
        yield PodiumDoubted()
