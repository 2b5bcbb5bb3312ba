"""What the room may do to the others in a group conference of its own."""

from collections.abc import Callable
from typing import Final

from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.conference import InvitePeer, MuteOthers, RemovePeer
from appliance.room.intents.shown import Explain
from appliance.room.parts.conference import Attendee
from appliance.room.people.peer_ids import whose
from appliance.room.people.who import same_peer
from appliance.room.state import Phase, RoomState
from appliance.room.texts import ALL_ARE_MUTED, ALREADY_HERE, NOT_HERE, NOT_OURS, more_to_mute
from appliance.terminal.messages.enums import DeviceState

AT_ONCE: Final = 48
"""Microphones that one press switches off: each takes a request, and a terminal has no more than so many to answer."""


def owns_conference(state: RoomState) -> bool:
    """Returns whether the room owns the group conference that it is in."""
    conversation = state.conversation
    if conversation is None or not conversation.group or not conversation.owner or state.me is None:
        return False
    return same_peer(conversation.owner, state.me.peer_id)


def mute_all(_action: actions.MuteAll, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Switches off the microphones that are on; of very many the first, and says how many are left."""
    if not _rules(state):
        return (Explain(NOT_OURS),)
    on = tuple(each.peer_id for each in state.attendees.values() if each.mic is DeviceState.ON)
    if not on:
        return (Explain(ALL_ARE_MUTED),)
    left = (Explain(more_to_mute(len(on) - AT_ONCE)),) if len(on) > AT_ONCE else ()
    return (MuteOthers(on[:AT_ONCE]), *left)


def mute_one(action: actions.MuteOne, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Switches off the microphone of somebody who is there, whatever it is said to be."""
    return _to_one(state, action.peer_id, lambda peer_id: MuteOthers((peer_id,)))


def remove(action: actions.Remove, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Sends somebody who is there out."""
    return _to_one(state, action.peer_id, RemovePeer)


def invite(action: actions.Invite, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Asks somebody in who is not there."""
    if not _rules(state):
        return (Explain(NOT_OURS),)
    return (Explain(ALREADY_HERE),) if _there(state, action.peer_id) else (InvitePeer(action.peer_id),)


def _to_one(state: RoomState, peer_id: str, intent: Callable[[str], Intent]) -> tuple[Intent, ...]:
    if not _rules(state):
        return (Explain(NOT_OURS),)
    attendee = _there(state, peer_id)
    return (intent(attendee.peer_id),) if attendee else (Explain(NOT_HERE),)


def _rules(state: RoomState) -> bool:
    return state.phase is Phase.IN_CALL and owns_conference(state)


def _there(state: RoomState, peer_id: str) -> Attendee | None:
    return state.attendees.get(whose(peer_id))
