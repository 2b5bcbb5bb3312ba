"""What comes of calls, told by how the room changes. No I/O.

A call begins when the room calls or rings, and is over when it does neither and is in none. While the link to the
terminal is away nobody knows: the call is kept until the room is known again, and goes on if there is one then.
"""

from collections import Counter
from typing import Final

from appliance.room.parts.call import Ending
from appliance.room.parts.link import LinkPhase
from appliance.room.state import GOING_ON, Phase, RoomState

_SETTING_UP: Final = frozenset({Phase.WAITING, Phase.CALLING, Phase.RINGING})
_CALLS: Final = _SETTING_UP | GOING_ON | {Phase.CLOSING}


class Calls:
    """Counts calls that are over, by direction and outcome; see `declared.CALLS`."""

    def __init__(self) -> None:
        self.over: Counter[tuple[str, str]] = Counter()
        self._direction = ""  # of the call that there is; empty: there is none
        self._answered = False
        self._declined = False

    def declined(self) -> None:
        """Hears that the terminal has declined what rings, before the room changes for it."""
        self._declined = not self._answered

    def changed(self, before: RoomState, state: RoomState) -> None:
        """Takes a change of the room."""
        if state.link.phase is not LinkPhase.UP:
            return  # what becomes of it is seen when the link is back
        if self._direction and (state.phase not in _CALLS or self._is_another(before, state)):
            self.over[self._direction, self._outcome(before, state)] += 1
            self._direction, self._answered, self._declined = "", False, False
        if state.phase in _CALLS:
            self._goes_on(state)

    def _goes_on(self, state: RoomState) -> None:
        if self._direction in {"", "unknown"}:
            self._direction = {Phase.CALLING: "out", Phase.RINGING: "in"}.get(state.phase, "unknown")
        self._answered = self._answered or state.phase in GOING_ON

    def _is_another(self, before: RoomState, state: RoomState) -> bool:
        """Returns whether what waited beside a call that is over rings now."""
        return self._answered and state.phase is Phase.RINGING and before.phase is not Phase.RINGING

    def _outcome(self, before: RoomState, state: RoomState) -> str:
        if self._answered:
            return "answered"
        if self._direction == "in":
            return "declined" if self._declined else "missed"
        end = None if state.last_end is before.last_end else state.last_end
        ending = Ending.UNKNOWN if end is None else end.ending
        return {Ending.HERE: "cancelled", Ending.REFUSED: "refused"}.get(ending, "unanswered")
