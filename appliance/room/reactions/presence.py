"""Whether somebody is in the room, by what sensors see and people do.

Who sits still vanishes for most sensors. So the room counts as empty only when for its own minutes no sensor has seen
anybody, nobody has touched anything, and there was no call that the room takes part in. An appliance that has just
started knows nothing of what was before, and one whose sensors are all out of order never learns that a room is empty.
"""

import math
from collections.abc import Collection
from functools import partial

import msgspec

from appliance.room.local_events.outputs import PresenceIs
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import Phase, RoomState

_TAKES_PART = frozenset({Phase.CALLING, Phase.WAITING_ROOM, Phase.IN_CALL, Phase.CLOSING})


class _Memory(msgspec.Struct, frozen=True):
    """When the room may have been left at the earliest: from then on its minutes count.

    `stays`: that moment has not come, since somebody was there at the last look, or no sensor worked.
    """

    left_at: float
    stays: bool = True


def presence(sensors: Collection[str], absent_after: float) -> Reaction:
    """Returns the reaction for a room with these services of sensors; `absent_after` in seconds."""
    return partial(_presence, frozenset(sensors), absent_after, _Memory(-math.inf))


def _presence(
    sensors: frozenset[str], absent_after: float, memory: _Memory, _before: RoomState, state: RoomState, now: float
) -> Outcome:
    blind = sensors <= state.offline
    seen = bool(state.presence.sensing) or state.phase in _TAKES_PART
    marks = [mark for mark in (state.presence.seen_at, state.touched_at) if mark is not None and mark > memory.left_at]
    left_at = now if seen or memory.stays else max(memory.left_at, *marks, memory.left_at)
    absent = not seen and now >= left_at + absent_after
    somebody = (None if blind else False) if absent else (True if seen or marks else state.presence.somebody)
    stays = seen or (blind and somebody is None)
    return Outcome(
        events=() if somebody is state.presence.somebody else (PresenceIs(somebody),),
        look_at=math.inf if stays or absent else left_at + absent_after,
        then=partial(_presence, sensors, absent_after, _Memory(left_at, stays)),
    )
