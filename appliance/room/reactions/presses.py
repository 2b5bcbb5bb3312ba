"""Presses of which more may come, rows of actions and questions to be confirmed: what becomes of them with time."""

import math

from appliance.room.inputs import GestureDue, NextStep
from appliance.room.local_events.inputs import ConfirmationOver
from appliance.room.reactions.reaction import Outcome
from appliance.room.state import RoomState


def presses(_before: RoomState, state: RoomState, now: float) -> Outcome:
    """Says when it is known what a press is, and when the next action of a row is due."""
    gestures = {name: press.due for name, press in state.presses.items()}
    steps = {name: running.at for name, running in state.rows.items()}
    due = (
        *(GestureDue(name) for name, at in gestures.items() if at <= now),
        *(NextStep(name) for name, at in steps.items() if at <= now),
    )
    later = (at for at in (*gestures.values(), *steps.values()) if at > now)
    return Outcome(inputs=due, look_at=min(later, default=math.inf))


def confirming(before: RoomState, state: RoomState, now: float) -> Outcome:
    """Forgets that something is to be confirmed after its time, and when a call begins or ends meanwhile.

    Who calls is not to be covered, and what was to be confirmed was meant for the room as it was.
    """
    if state.confirming is None:
        return Outcome()
    same = before.confirming == state.confirming
    if now >= state.confirming.until or (same and before.phase is not state.phase):
        return Outcome(events=(ConfirmationOver(),))
    return Outcome(look_at=state.confirming.until)
