"""Calling, answering, declining and hanging up, as the state of the room has it."""

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.decide import dialpad, password, requests
from appliance.room.decide.habits import Habits
from appliance.room.decide.occupied import OCCUPIED
from appliance.room.decide.owner import owns_conference
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, ClosePassword, Decline, HangUp
from appliance.room.intents.shown import Explain
from appliance.room.parts.reading import Reading
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import (
    HISTORY_UNKNOWN,
    NO_CONTACT,
    NO_OUTGOING_CALL,
    NOT_OURS,
    not_ready,
)
from appliance.terminal.messages.enums import CallDirection


def hook_off(_action: actions.HookOff, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Answers who calls, or accepts what the room is asked; joins with the password that was typed.

    Otherwise calls the number typed, or the configured contact.
    """
    if somebody_calls(state):
        return (Answer(),)
    if state.phase is Phase.IN_CALL:
        return requests.accepted(state)
    if state.password is not None:
        return password.join(state.password)
    return call_if_idle(state, state.number or habits.contact, NO_CONTACT)


def call_peer(action: actions.CallPeer, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls this peer, unless a call is up or being set up."""
    return call_if_idle(state, action.peer_id, NO_CONTACT)


def join(action: actions.Join, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls this peer with the password, unless a call is up or being set up."""
    return call_if_idle(state, action.peer_id, NO_CONTACT, action.pin)


def redial(_action: actions.Redial, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Calls whom the terminal called last, as its history tells; nobody while that may be out of date."""
    if Reading.HISTORY in state.stale and state.phase is Phase.IDLE:
        return (Explain(HISTORY_UNKNOWN),)
    outgoing = (past.peer_id for past in state.history if past.type is CallDirection.OUTGOING and past.peer_id)
    return call_if_idle(state, next(outgoing, ""), NO_OUTGOING_CALL)


def call_if_idle(state: RoomState, peer_id: str, nobody: Text, pin: Secret = NO_SECRET) -> tuple[Intent, ...]:
    """Calls somebody, unless a call is up or being set up; says `nobody` where it is not known whom."""
    if state.phase in OCCUPIED or state.call_asked:
        return ()
    if state.phase is not Phase.IDLE:
        return (Explain(not_ready(state.phase)),)
    return (Call(peer_id, pin) if peer_id else Explain(nobody),)


def answer(_action: actions.Answer, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes the call that rings or waits."""
    return (Answer(),) if somebody_calls(state) else ()


def accept(_action: actions.Accept, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Takes the call that rings or waits, else accepts what the room is asked."""
    return (Answer(),) if somebody_calls(state) else requests.accepted(state)


def decline(_action: actions.Decline, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Declines the call that rings or waits, else what the room is asked."""
    return declined(state)


def declined(state: RoomState) -> tuple[Intent, ...]:
    """Declines the call that rings or waits, else what the room is asked."""
    return (Decline(),) if somebody_calls(state) else requests.declined(state)


def somebody_calls(state: RoomState) -> bool:
    """Returns whether a call rings, or waits beside another."""
    return state.phase is Phase.RINGING or (state.phase in GOING_ON and state.call_waiting is not None)


def hang_up(action: actions.HangUp, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Ends whatever goes on: declines, gives up, leaves, or drops what was typed."""
    if state.password is not None:
        return (ClosePassword(),)
    match state.phase:
        case Phase.RINGING:
            return (Decline(),)
        case Phase.IN_CALL | Phase.WAITING_ROOM:
            return _leave(action, state, habits)
        case Phase.CALLING | Phase.UNKNOWN:
            return (HangUp(),)
        case Phase.WAITING:  # the terminal has not said which of the two it is; the other one changes nothing
            return (HangUp(), Decline())
        case Phase.CLOSING:
            return ()
        case Phase.IDLE if state.call_asked:  # the terminal has it already, or what waits to be sent is dropped
            return (HangUp(),)
        case _:
            return dialpad.clear(state.number)


def _leave(action: actions.HangUp, state: RoomState, habits: Habits) -> tuple[Intent, ...]:
    """Ends a call; a conference of the room's own for all, or for the room alone, as it was said or configured."""
    if owns_conference(state):
        return (HangUp(habits.hang_up_for_all if action.for_all is None else action.for_all),)
    return (Explain(NOT_OURS),) if action.for_all else (HangUp(),)
