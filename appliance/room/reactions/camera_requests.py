"""Somebody at the other side asks to move the room's camera: the configuration decides, or the people in the room."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Literal

from appliance.room.change import NOTICE_SECONDS
from appliance.room.inputs import CameraRequestDecided
from appliance.room.local_events.shown import NoticeShown
from appliance.room.parts.person import Person
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import RoomState
from appliance.room.texts import camera_wanted

Policy = Literal["refuse", "ask", "allow"]


def camera_requests(policy: Policy, patience: float) -> Reaction:
    """Returns the reaction that answers at once, or (`ask`) refuses after `patience` seconds if nobody has answered."""
    return partial(_answer, policy, patience, {})


def _answer(
    policy: Policy, patience: float, due: Mapping[Person, float], _before: RoomState, state: RoomState, now: float
) -> Outcome:
    """`due`: who asks, and when (monotonic seconds) the answer is due; infinite once it was given."""
    wait = patience if policy == "ask" else 0.0
    asking = {who: due.get(who, now + wait) for who in state.camera_wanted}
    answered = tuple(who for who, at in asking.items() if at <= now)
    asking |= dict.fromkeys(answered, math.inf)
    asked = [who for who in asking if who not in due] if policy == "ask" else []
    return Outcome(
        inputs=tuple(CameraRequestDecided(who.peer_id, lend=policy == "allow") for who in answered),
        events=tuple(NoticeShown(camera_wanted(who.label), now + NOTICE_SECONDS) for who in asked),
        look_at=min(asking.values(), default=math.inf),
        then=partial(_answer, policy, patience, asking),
    )
