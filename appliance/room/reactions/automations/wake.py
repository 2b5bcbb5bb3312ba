"""A terminal that sleeps wakes when somebody comes, or touches something."""

from functools import partial

from appliance.room import actions
from appliance.room.inputs import Automatic
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.state import RoomState


def wake(*, touch: bool, presence: bool) -> Reaction:
    """Returns the reaction that wakes it when something is touched, and when somebody is in an empty room again."""
    return partial(_wake, touch, presence)


def _wake(touch: bool, presence: bool, before: RoomState, state: RoomState, _now: float) -> Outcome:  # noqa: FBT001  # of a partial
    """It must have slept before that: what sends it to sleep is a touch as well."""
    touched = touch and state.touched_at != before.touched_at
    came = presence and state.presence.somebody is True and before.presence.somebody is not True
    slept = before.sleeping is True and state.sleeping is True and same_session(before, state)
    return Outcome(inputs=(Automatic(actions.Wake()),)) if slept and (touched or came) else Outcome()
