"""A room in which one reaction lives, for tests: no service, no clock, only what it sees and says."""

import math

from appliance.room.inputs import Input
from appliance.room.local_events.base import LocalEvent
from appliance.room.reactions.reaction import Outcome, Reaction
from appliance.room.state import RoomState
from appliance.terminal.messages.base import Command


class Living:
    """Shows a reaction one state after the other, and keeps what it said."""

    def __init__(self, reaction: Reaction, state: RoomState) -> None:
        """`state` is how it finds the room when the appliance starts, at 0 seconds."""
        self._reaction = reaction
        self._before = RoomState()
        self.inputs: list[Input] = []
        self.events: list[LocalEvent] = []
        self.reads: list[Command] = []
        self.look_at = math.inf
        self.sees(state, 0.0)

    def sees(self, state: RoomState, now: float) -> Outcome:
        """The reaction's next look: because the room changed, or (the same state) because time has passed."""
        outcome = self._reaction(self._before, state, now)
        self._before, self._reaction = state, outcome.then or self._reaction
        self.look_at = outcome.look_at
        self.inputs += outcome.inputs
        self.events += outcome.events
        self.reads += (*outcome.reads, *outcome.repeats)
        return outcome
