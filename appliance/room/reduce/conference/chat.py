"""What is written in the call that goes on: the last messages, for the people in the room, until the call is over."""

from typing import Final

from appliance.room.change import changed
from appliance.room.parts.conference import ChatLine
from appliance.room.parts.person import Person
from appliance.room.people.who import person, same_peer
from appliance.room.secret import Secret
from appliance.room.state import GOING_ON, RoomState
from appliance.terminal.messages.chat import GroupMessageReceived, GroupMessageSent, MessageReceived, MessageSent

MOST: Final = 20  # messages
LONGEST: Final = 300  # characters of one
_NAME: Final = 100  # characters of a name


def over(state: RoomState) -> RoomState:
    """Forgets them: the call is over, or another one."""
    return changed(state, chat=())


def to_all(state: RoomState, event: GroupMessageReceived, _now: float) -> RoomState:
    """Takes a message to everybody in the conference."""
    return _with(state, _who(state, event), event.message) if _meets(state) else state


def to_us(state: RoomState, event: MessageReceived, _now: float) -> RoomState:
    """Takes a message of the other side of a call of two; one beside a conference is its sender's own."""
    return _with(state, _who(state, event), event.message) if _talks_with(state, event.peer_id) else state


def ours_to_all(state: RoomState, event: GroupMessageSent, _now: float) -> RoomState:
    """Takes what the terminal wrote to the conference."""
    return _with(state, state.me, event.message) if _meets(state) else state


def ours(state: RoomState, event: MessageSent, _now: float) -> RoomState:
    """Takes what the terminal wrote to the other side."""
    return _with(state, state.me, event.message) if _talks_with(state, event.peer_id) else state


def _who(state: RoomState, event: GroupMessageReceived | MessageReceived) -> Person | None:
    return person(state, event.peer_id, event.peer_name[:_NAME])


def _meets(state: RoomState) -> bool:
    return state.phase in GOING_ON and state.conversation is not None and state.conversation.group


def _talks_with(state: RoomState, peer_id: str) -> bool:
    call = state.conversation
    if state.phase not in GOING_ON or call is None or call.group or call.peer is None:
        return False
    return same_peer(call.peer.peer_id, peer_id)


def _with(state: RoomState, who: Person | None, message: str) -> RoomState:
    text = message[:LONGEST].strip()
    return changed(state, chat=(*state.chat, ChatLine(who or Person(""), Secret(text)))[-MOST:]) if text else state
