"""What a program has done is said when the terminal confirms it: its reply may come long before, or after."""

import math

from appliance.room.change import NOTICE_SECONDS
from appliance.room.local_events.awaited import DeedsOver
from appliance.room.local_events.shown import NoticeShown
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def deeds(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Says of each deed who did it as soon as the room is so; of one that is not confirmed in time, nothing."""
    done = [deed for deed in state.deeds if getattr(state, deed.field) in deed.values]
    over = tuple(deed for deed in state.deeds if deed in done or deed.until <= now)
    return Outcome(
        events=(
            *(NoticeShown(deed.text, now + NOTICE_SECONDS) for deed in done),
            *((DeedsOver(over),) if over else ()),
        ),
        look_at=min((deed.until for deed in state.deeds if deed not in over), default=math.inf),
    )
