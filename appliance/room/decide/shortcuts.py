"""Whom to call without typing: a slot, who called last, a conference by its number, the meeting that is on."""

from appliance.room import actions
from appliance.room.decide.calls import call_if_idle
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.shown import Explain
from appliance.room.parts.reading import Reading
from appliance.room.state import Phase, RoomState
from appliance.room.texts import HISTORY_UNKNOWN, NO_CONTACT, NO_MEETING, NOBODY_CALLED, no_speed_dial
from appliance.terminal.messages.enums import CallDirection

CONFERENCE = "\\c\\"
"""What stands in front of the number of a conference that is called."""


def speed_dial(action: actions.SpeedDial, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Calls whom the configuration names at this place."""
    whom = habits.speed_dial[action.slot - 1] if action.slot <= len(habits.speed_dial) else ""
    return call_if_idle(state, whom, no_speed_dial(action.slot))


def call_back(_action: actions.CallBack, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls who called last, as the terminal's history tells; nobody while that may be out of date."""
    if Reading.HISTORY in state.stale and state.phase is Phase.IDLE:
        return (Explain(HISTORY_UNKNOWN),)
    called = (past.peer_id for past in state.history if past.type is not CallDirection.OUTGOING and past.peer_id)
    return call_if_idle(state, next(called, ""), NOBODY_CALLED)


def call_conference(action: actions.CallConference, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls a conference by its number."""
    return call_if_idle(state, CONFERENCE + action.conference, NO_CONTACT, action.pin)


def join_next(_action: actions.JoinNext, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls the meeting that begins soon, else the one that is on: who comes early has finished with the last one.

    Who comes late joins the meeting that the room was released from.
    """
    agenda = state.agenda
    meetings = (agenda.next if agenda.soon else None, agenda.now, *agenda.released)
    return call_if_idle(state, next((each.peer_id for each in meetings if each and each.peer_id), ""), NO_MEETING)
