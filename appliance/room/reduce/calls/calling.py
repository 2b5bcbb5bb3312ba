"""The room calls and hangs up: what was asked for, until the terminal says it."""

import msgspec

from appliance.room.change import changed
from appliance.room.local_events import call
from appliance.room.local_events.call import CallDropped, HangUpRefused, HungUp, NumberEdited
from appliance.room.parts.call import CallAsked
from appliance.room.people.who import same_peer
from appliance.room.reduce.calls import endings
from appliance.room.state import RoomState
from appliance.terminal.messages import people


def number_edited(state: RoomState, event: NumberEdited, _now: float) -> RoomState:
    """The number that is typed."""
    return changed(state, number=event.number)


def call_asked(state: RoomState, event: call.CallAsked, _now: float) -> RoomState:
    """What was typed is used up: the number, or a password. What rings next is no longer the call before."""
    asked = CallAsked(event.peer_id, event.until)
    return changed(state, number="", password=None, call_waiting=None, call_asked=asked)


def call_dropped(state: RoomState, event: CallDropped, _now: float) -> RoomState:
    """Another call may have been asked since."""
    other = state.call_asked and event.peer_id and not same_peer(event.peer_id, state.call_asked.peer_id)
    return state if other else changed(state, call_asked=None)


def hung_up(state: RoomState, _event: HungUp, now: float) -> RoomState:
    """The room hangs up: it no longer asks for a call."""
    return endings.hung_up(changed(state, call_asked=None), now)


def hang_up_refused(state: RoomState, _event: HangUpRefused, _now: float) -> RoomState:
    """The terminal did not hang up."""
    return endings.hang_up_refused(state)


def calls_viewed(state: RoomState, event: people.CallsViewed, _now: float) -> RoomState:
    """Calls up to a moment are no longer new."""
    seen = tuple(
        msgspec.structs.replace(past, viewed=True) if past.start_time <= event.last_view and not past.viewed else past
        for past in state.history
    )
    return changed(state, history=seen)
