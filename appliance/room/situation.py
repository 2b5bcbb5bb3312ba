"""The room as buttons know it: the few states by which the configuration may give them different actions.

Several are so at a time: a conference is a call as well. The most particular one counts for which something is given.
"""

from enum import StrEnum

from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase, RoomState


class Situation(StrEnum):
    """What a button may do something of its own in."""

    NO_LINK = "no_link"
    RINGING = "ringing"
    CALLING = "calling"
    WAITING_ROOM = "waiting_room"
    IN_CONFERENCE = "in_conference"
    IN_CALL = "in_call"
    MEETING_SOON = "meeting_soon"
    IDLE = "idle"
    OTHERWISE = "otherwise"  # whatever has no action of its own


def situations(state: RoomState) -> tuple[Situation, ...]:
    """Returns what is so, the most particular first; last `otherwise`, which always is."""
    if state.link.phase is not LinkPhase.UP:
        return Situation.NO_LINK, Situation.OTHERWISE
    return *_with_link(state), Situation.OTHERWISE


def _with_link(state: RoomState) -> tuple[Situation, ...]:
    match state.phase:
        case Phase.RINGING:
            return (Situation.RINGING,)
        case Phase.CALLING | Phase.WAITING:  # of waiting, the terminal has not said which it is
            return (Situation.CALLING,)
        case Phase.WAITING_ROOM:
            return Situation.WAITING_ROOM, Situation.IN_CALL
        case Phase.IN_CALL if state.conversation is not None and state.conversation.group:
            return Situation.IN_CONFERENCE, Situation.IN_CALL
        case Phase.IN_CALL | Phase.CLOSING:
            return (Situation.IN_CALL,)
        case Phase.IDLE:
            return _idle(state)
        case _:
            return ()


def _idle(state: RoomState) -> tuple[Situation, ...]:
    """A call that was asked of the terminal counts as calling: the next press must be able to end it."""
    if state.call_asked:
        return (Situation.CALLING,)
    return (Situation.MEETING_SOON, Situation.IDLE) if state.agenda.soon else (Situation.IDLE,)
