"""Who the others in a group conference are, and what of theirs is on: names, microphones, cameras, who speaks.

Kept of as many as a room can overlook; `company` counts the rest. The room itself is not among them.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from appliance.room.change import changed
from appliance.room.parts.conference import Attendee
from appliance.room.people.peer_ids import whose
from appliance.room.reduce.conference.podium import is_me
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import NewParticipant, Participant, ParticipantLeft, ParticipantsReply
from appliance.terminal.messages.client_enums import RoleEventKind
from appliance.terminal.messages.conference import ParticipantDevices
from appliance.terminal.messages.people import Contact
from appliance.terminal.messages.podium import RoleChanged

MOST: Final = 500
LONGEST: Final = 100  # characters of a name: more fit on no screen


def over(state: RoomState) -> RoomState:
    """Forgets them: the call is over, or another one."""
    return changed(state, attendees={})


def others(state: RoomState) -> RoomState:
    """Returns the room without itself among them, which it may have been before it was known who it is."""
    own = "" if state.me is None else whose(state.me.peer_id)
    return _without(state, own) if own in state.attendees else state


def read(state: RoomState, reply: ParticipantsReply, _now: float) -> RoomState:
    """Takes the list of participants."""
    if not _meets(state):
        return state
    there = [each for each in reply.participants if not (each.in_waiting_room or is_me(state, each.peer_id))]
    return changed(state, attendees={whose(each.peer_id): _attendee(each) for each in there[:MOST]})


def came(state: RoomState, event: NewParticipant, _now: float) -> RoomState:
    """Takes who came."""
    key = whose(event.peer_id)
    full = len(state.attendees) >= MOST and key not in state.attendees
    if full or event.in_waiting_room or not _meets(state) or is_me(state, event.peer_id):
        return state
    return changed(state, attendees={**state.attendees, key: _attendee(event)})


def left(state: RoomState, event: ParticipantLeft, _now: float) -> RoomState:
    """Takes who left."""
    return _without(state, whose(event.peer_id))


def devices(state: RoomState, event: ParticipantDevices, _now: float) -> RoomState:
    """Takes what somebody has switched, or had switched."""
    told = {"mic": event.mic, "video": event.video}
    return _with(state, event.peer_id, {name: value for name, value in told.items() if value is not None})


def role_changed(state: RoomState, event: RoleChanged, _now: float) -> RoomState:
    """Takes who speaks; what comes before that is only asked."""
    told = event.kind is RoleEventKind.NOTICE and event.broadcast is not None
    return _with(state, event.peer_id, {"speaks": event.broadcast}) if told else state


def renamed(state: RoomState, contacts: Mapping[str, Contact]) -> RoomState:
    """Takes what they are called from now on, by their ids as `whose` spells them."""
    names = {key: contacts[key].peer_name[:LONGEST] for key in state.attendees if key in contacts}
    again = {key: msgspec.structs.replace(state.attendees[key], name=name) for key, name in names.items()}
    return changed(state, attendees={**state.attendees, **again})


def _without(state: RoomState, gone: str) -> RoomState:
    return changed(state, attendees={key: each for key, each in state.attendees.items() if key != gone})


def _meets(state: RoomState) -> bool:
    return state.phase is Phase.IN_CALL and state.conversation is not None and state.conversation.group


def _attendee(told: Participant | NewParticipant) -> Attendee:
    return Attendee(told.peer_id, told.peer_name[:LONGEST], told.mic, told.video, told.broadcast)


def _with(state: RoomState, peer_id: str, told: Mapping[str, object]) -> RoomState:
    key = whose(peer_id)
    before = state.attendees.get(key)
    if before is None or not told:
        return state
    return changed(state, attendees={**state.attendees, key: msgspec.structs.replace(before, **told)})
