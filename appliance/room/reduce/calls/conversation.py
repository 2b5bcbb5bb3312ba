"""Events of a call: each moves the room through the call table and tells something about who talks with whom."""

import msgspec

from appliance.language.text import Text
from appliance.room.change import changed, noticed
from appliance.room.local_events.call import SecondCallOver
from appliance.room.parts.call import Conversation, Ending
from appliance.room.parts.person import Person
from appliance.room.people.who import person, same_peer
from appliance.room.reduce.calls import endings, owner_mutes, password
from appliance.room.reduce.calls.call_table import TABLE, Occasion, occasion_of_app_state, occasion_of_refusal
from appliance.room.reduce.conference import attendees, chat, company, far_end, podium, requests
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import declined, refusal
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferenceDeleted,
    InviteReceived,
    InviteRequestSent,
    InviteSent,
    NewParticipant,
    RejectReceived,
    RejectSent,
    StopCalling,
    WaitingRoomChanged,
)
from appliance.terminal.messages.enums import ConferenceType

_WITH_CONVERSATION = frozenset({Phase.CALLING, Phase.RINGING, Phase.WAITING_ROOM, Phase.IN_CALL, Phase.CLOSING})
_ESTABLISHED = GOING_ON | {Phase.CLOSING}
_ENDINGS = frozenset({Occasion.ENDED, Occasion.REFUSED, Occasion.DECLINED, Occasion.GAVE_UP})


def advance(state: RoomState, occasion: Occasion, now: float) -> RoomState:
    """Moves one step in the call table; keeps, begins or drops the conversation as the new phase needs."""
    step = TABLE[state.phase, occasion]
    if step.surprising:
        surprise = f"{occasion} while {state.phase}"
        state = msgspec.structs.replace(state, surprises=state.surprises + 1, surprise=surprise)
    if step.phase is state.phase:
        return state
    state = changed(far_end.call_over(state), call_asked=None, password=password.kept(state, step.phase))
    state = owner_mutes.over(_nothing_asked(state)) if step.phase is not Phase.IN_CALL else state
    state = changed(state, call_waiting=None) if _never_rang(state, step.phase) else state
    if step.phase is Phase.IN_CALL:
        return _established(state, now)
    if step.phase is Phase.WAITING_ROOM:
        return _held_back(state)
    if step.phase is Phase.CLOSING:
        return _closing(state)
    if step.phase in _WITH_CONVERSATION:
        return changed(state, phase=step.phase)
    return _without_conversation(state, step.phase, occasion)


def _nothing_asked(state: RoomState) -> RoomState:
    """Ends what belongs to the conference that the room is in: it is over, or nobody hears the room any more."""
    return attendees.over(chat.over(company.over(podium.over(requests.all_over(state)))))


def _never_rang(state: RoomState, phase: Phase) -> bool:
    """Returns whether the call beside one that is over did not ring next, as it should have: it is over too."""
    return state.phase is Phase.IDLE and phase is not Phase.WAITING


def _established(state: RoomState, now: float) -> RoomState:
    """Begins the call; what was asked of the room while it waited to be let in was not heard, and is read."""
    state = requests.doubted(state, now) if state.phase is Phase.WAITING_ROOM else state
    conversation = state.conversation or Conversation()
    conversation = msgspec.structs.replace(conversation, since=now)
    return changed(state, phase=Phase.IN_CALL, conversation=conversation, number="")


def _held_back(state: RoomState) -> RoomState:
    """Waits to be let in: the call has no beginning yet."""
    conversation = msgspec.structs.replace(state.conversation or Conversation(), since=None)
    return changed(state, phase=Phase.WAITING_ROOM, conversation=conversation, number="")


def _closing(state: RoomState) -> RoomState:
    """Closes the call; what closes while it rings is the call before, and the invitation stays."""
    waiting = state.conversation if state.phase is Phase.RINGING else state.call_waiting
    return changed(state, phase=Phase.CLOSING, call_waiting=waiting)


def _without_conversation(state: RoomState, phase: Phase, occasion: Occasion) -> RoomState:
    """Ends the conversation; an invitation that waited takes its place, now or when the terminal is idle no more."""
    waiting = state.call_waiting
    if waiting and (phase is Phase.WAITING or occasion in _ENDINGS):
        return changed(state, phase=Phase.RINGING, conversation=waiting, call_waiting=None)
    still_expected = phase is Phase.IDLE and state.phase is Phase.CLOSING
    return changed(state, phase=phase, conversation=None, call_waiting=waiting if still_expected else None)


def second_call_over(state: RoomState, _event: SecondCallOver, _now: float) -> RoomState:
    """Gives up the call beside one that is over, which has not begun to ring."""
    return changed(state, call_waiting=None) if state.phase is Phase.IDLE else state


def app_state_changed(state: RoomState, event: AppStateChanged, now: float) -> RoomState:
    """Follows what the terminal does; an owner is told in group conferences only."""
    state = advance(state, occasion_of_app_state(event.app_state), now)
    if event.requests and state.phase is Phase.IN_CALL:
        state = requests.listed(state, event, now)
    if state.conversation is None or not event.owner or state.phase not in GOING_ON:
        return state
    return changed(state, conversation=msgspec.structs.replace(state.conversation, owner=event.owner))


def invite_received(state: RoomState, event: InviteReceived, now: float) -> RoomState:
    """Takes an invitation; during another call it waits beside that."""
    peer = person(state, event.peer_id, event.peer_name)
    invitation = Conversation(peer=peer, type=event.type, conf_id=event.conf_id, title=event.conf_title)
    state = advance(state, Occasion.INVITED, now)
    current = state.conversation
    if current and state.phase in GOING_ON and _same_conference(current, event.conf_id):
        return changed(state, conversation=msgspec.structs.replace(current, peer=current.peer or peer))
    if state.phase is not Phase.RINGING or (current and not _concerns(current, event.peer_id)):
        return changed(state, call_waiting=invitation)
    return changed(state, conversation=invitation)


def invite_sent(state: RoomState, event: InviteSent, now: float) -> RoomState:
    """Takes a call to somebody, or an invitation to the conference that goes on or is being made."""
    peer = person(state, event.peer_id, event.peer_name)
    return _called(state, Conversation(peer=peer, type=event.conf_type, conf_id=event.conf_id), Occasion.INVITING, now)


def invite_request_sent(state: RoomState, event: InviteRequestSent, now: float) -> RoomState:
    """Takes a request to join somebody's conference."""
    peer = person(state, event.peer_id, event.peer_name)
    return _called(state, Conversation(peer=peer), Occasion.ASKED_TO_JOIN, now)


def _called(state: RoomState, outgoing: Conversation, occasion: Occasion, now: float) -> RoomState:
    before, state = state.phase, advance(state, occasion, now)
    current = state.conversation
    if state.phase in GOING_ON:
        return _called_late(state, outgoing)
    if before is Phase.CALLING and current and current.peer and _same_conference(current, outgoing.conf_id):
        return state  # one more invitation to a conference: the first names it
    waiting = state.call_waiting if before is Phase.CALLING else None
    return changed(state, conversation=outgoing, call_waiting=waiting)


def _called_late(state: RoomState, outgoing: Conversation) -> RoomState:
    """Takes from a call that was announced late only who the other side is, if nobody has said so."""
    current = state.conversation or Conversation()
    if current.peer or current.group or outgoing.group:
        return state
    return changed(state, conversation=msgspec.structs.replace(current, peer=outgoing.peer))


def conference_created(state: RoomState, event: ConferenceCreated, now: float) -> RoomState:
    """Establishes a call: the one that was set up, the invitation that waited, or another one.

    The room may have to wait to be let in; then the call begins later.
    """
    if state.conversation and not _same_conference(state.conversation, event.conf_id):
        state = _left_behind(state)
    base, waiting = _becoming(state, event)
    occasion = Occasion.HELD_BACK if event.in_waiting_room else Occasion.ESTABLISHED
    state = advance(changed(state, conversation=base, call_waiting=waiting), occasion, now)
    base = state.conversation or base
    conversation = msgspec.structs.replace(
        base,
        peer=_peer_of(state, base, event),
        type=event.conf_type,
        conf_id=event.conf_id or base.conf_id,
        title=event.conf_title or base.title,
        owner=event.owner or base.owner,
        since=_since(state, base, now),
    )
    return changed(state, conversation=conversation)


def _left_behind(state: RoomState) -> RoomState:
    """Ends what belongs to the conference that the room was in: another one has taken its place."""
    return changed(owner_mutes.over(far_end.call_over(_nothing_asked(state))), about_to_end=None)


def _since(state: RoomState, conversation: Conversation, now: float) -> float | None:
    if state.phase is Phase.WAITING_ROOM:
        return None
    return now if conversation.since is None else conversation.since


def waiting_room_changed(state: RoomState, event: WaitingRoomChanged, now: float) -> RoomState:
    """Follows the room into the waiting room of its conference and out of it; another conference's does not matter.

    Where the terminal says only that it has changed, it is the other way round from now on.
    """
    if state.conversation is not None and not _same_conference(state.conversation, event.conf_id):
        return state
    inside = event.in_waiting_room
    if inside is None and state.phase not in GOING_ON:
        return state
    inside = state.phase is Phase.IN_CALL if inside is None else inside
    return advance(state, Occasion.HELD_BACK if inside else Occasion.ADMITTED, now)


def _becoming(state: RoomState, event: ConferenceCreated) -> tuple[Conversation, Conversation | None]:
    """Returns the conversation that this event is about, and the invitation that still waits then."""
    current, waiting = state.conversation or Conversation(), state.call_waiting
    if waiting and event.conf_id and waiting.conf_id == event.conf_id:
        return waiting, None
    if state.phase not in _ESTABLISHED or _same_conference(current, event.conf_id):
        return current, waiting
    upgraded = state.phase is Phase.IN_CALL and event.conf_type is ConferenceType.POINT_TO_POINT
    return waiting or Conversation(peer=current.peer if upgraded else None), None


def _peer_of(state: RoomState, base: Conversation, event: ConferenceCreated) -> Person | None:
    if base.peer and (not event.peer_id or same_peer(base.peer.peer_id, event.peer_id)):
        return base.peer
    ours = state.me is not None and same_peer(state.me.peer_id, event.peer_id)  # a conference that the room made
    return None if ours else person(state, event.peer_id)


def conference_deleted(state: RoomState, event: ConferenceDeleted, now: float) -> RoomState:
    """Ends a call; one that is neither ours nor waiting was over before."""
    if state.call_waiting and event.conf_id and state.call_waiting.conf_id == event.conf_id:
        return changed(state, call_waiting=None)
    if state.conversation and not _same_conference(state.conversation, event.conf_id):
        return state
    return advance(state, Occasion.ENDED, now)


def reject_received(state: RoomState, event: RejectReceived, now: float) -> RoomState:
    """Ends the calling: declined, or out of reach; the display says which, or asks for the password."""
    who = person(state, event.peer_id, event.peer_name) or (state.conversation.peer if state.conversation else None)
    if state.call_asked and event.peer_id and not same_peer(state.call_asked.peer_id, event.peer_id):
        return noticed(state, refusal(event.cause, who.label if who else ""), now)  # of a call that was given up before
    state, ours = changed(state, call_asked=None), _concerns(state.conversation, event.peer_id)
    if ours or state.phase is not Phase.CALLING:
        state = advance(state, occasion_of_refusal(event.cause), now)
    if who and ours and event.cause in password.CAUSES and state.phase is Phase.IDLE:
        state = endings.refused(state, who.label, refusal(event.cause, who.label), now)
        return password.wanted(state, who, event.cause, now)
    return _not_taken(state, who, refusal(event.cause, who.label if who else ""), now, ours=ours)


def _not_taken(state: RoomState, who: Person | None, why: Text, now: float, *, ours: bool) -> RoomState:
    """Says why; if it is about the call that was set up or goes on, that is how it ends."""
    name = who.label if who else ""
    if ours and state.phase not in GOING_ON:
        return endings.refused(state, name, why, now)
    current = state.conversation
    invited = current is not None and current.group and (who is None or not same_peer(current.owner, who.peer_id))
    if ours and not invited:  # who is invited to a conference may refuse, and it goes on
        state = endings.foretold(state, Ending.REFUSED, now, who=name, refusal=why)
    return noticed(state, why, now)


def reject_sent(state: RoomState, event: RejectSent, now: float) -> RoomState:
    """Ends an invitation that the terminal declined: one that rings or waits, or a request to join us."""
    who = person(state, event.peer_id, event.peer_name)
    text = declined(who.label if who else "", event.cause)
    if _is_about_waiting(state, event.peer_id):
        return noticed(changed(state, call_waiting=None), text, now)
    if state.phase is Phase.RINGING and not _concerns(state.conversation, event.peer_id):
        return state
    after = advance(state, Occasion.DECLINED, now)
    return after if after.phase is state.phase else noticed(after, text, now)


def stop_calling(state: RoomState, event: StopCalling, now: float) -> RoomState:
    """Ends the calling without a call; `peer_id` is who ended it, perhaps the terminal itself.

    `side` says nothing: 1 is the terminal with older ones and the other side with newer ones.
    """
    by_us = state.phase in GOING_ON and _is_me(state, event.peer_id)
    if by_us or _is_about_waiting(state, event.peer_id):
        return changed(state, call_waiting=None)
    return advance(state, Occasion.GAVE_UP, now)


def participant_came(state: RoomState, event: NewParticipant, _now: float) -> RoomState:
    """Takes the one who is not us for the other side of a call between two, if nobody has said so."""
    current = state.conversation
    if current is None or current.group or state.phase is not Phase.IN_CALL or _is_me(state, event.peer_id):
        return state
    if current.peer and (current.peer.name or not same_peer(current.peer.peer_id, event.peer_id)):
        return state
    peer = person(state, event.peer_id, event.peer_name)
    return changed(state, conversation=msgspec.structs.replace(current, peer=peer))


def with_owner(state: RoomState) -> RoomState:
    """Returns the room with whose conference it is as the other side, if it is a group conference that goes on.

    The owner alone is told by events and by getConferences alike; who invited is not, after the link was lost. In a
    conference of the room's own there is no other side.
    """
    current = state.conversation
    if current is None or state.phase not in GOING_ON or current.type is None or not current.group:
        return state
    if not current.owner or state.me is None or (current.peer and same_peer(current.peer.peer_id, current.owner)):
        return state
    peer = None if same_peer(state.me.peer_id, current.owner) else person(state, current.owner)
    return changed(state, conversation=msgspec.structs.replace(current, peer=peer))


def _is_about_waiting(state: RoomState, peer_id: str) -> bool:
    """Returns whether the waiting invitation ended; without an id, an established call goes on."""
    if state.call_waiting is None:
        return False
    return _concerns(state.call_waiting, peer_id) if peer_id else state.phase in GOING_ON


def _is_me(state: RoomState, peer_id: str) -> bool:
    return peer_id.startswith("#self") or state.me is None or same_peer(state.me.peer_id, peer_id)


def _same_conference(conversation: Conversation, conf_id: str) -> bool:
    """Returns whether that may be this conversation: only two different ids say that it is not."""
    return not conf_id or not conversation.conf_id or conversation.conf_id == conf_id


def _concerns(conversation: Conversation | None, peer_id: str) -> bool:
    """Returns whether that may be the other side of this conversation: only two different ids say that it is not."""
    if conversation is None or conversation.peer is None or not peer_id:
        return True
    return same_peer(conversation.peer.peer_id, peer_id)
