"""How a call ended, and by what.

The terminal never says in one event that a call is over and why. Somebody left, the account is in use elsewhere, a
refusal came: that is told before the end (`foretold`), or a moment after it. That the server was lost shows in the
state that follows, often after the end. So what is said before is kept until the end comes, and an end of which nothing
is known takes its reason from what follows within `SOON`. What nobody has said is not guessed.
"""

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.change import changed, noticed
from appliance.room.parts.call import CallEnd, Conversation, Ending
from appliance.room.parts.link import LinkPhase
from appliance.room.people.who import person, same_peer
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import call_over
from appliance.terminal.messages.calls import ParticipantLeft

SOON = 3.0  # seconds after the end in which its reason may follow; a terminal closes a call for about one
KEPT = 10.0  # seconds for which what was said counts: a hang-up that is refused ends nothing later

_ESTABLISHED = GOING_ON | {Phase.CLOSING}
_CALLS = _ESTABLISHED | {Phase.CALLING, Phase.RINGING, Phase.WAITING}
_LOST = {
    Phase.OFFLINE: Ending.SERVER_LOST,
    Phase.CONNECTING: Ending.SERVER_LOST,
    Phase.LOGIN_NEEDED: Ending.LOGGED_OUT,
}


def foretold(state: RoomState, ending: Ending, now: float, *, who: str = "", refusal: Text = NOTHING) -> RoomState:
    """Takes what was said of the call that goes on, or that has just ended without a reason."""
    if state.phase not in _CALLS:
        return _explained(state, ending, now)
    about = state.about_to_end
    if about is not None and about.ending is Ending.HERE and now - about.at <= KEPT:
        return state
    return changed(state, about_to_end=CallEnd(ending, now, who or label(state.conversation), refusal))


def hung_up(state: RoomState, now: float) -> RoomState:
    """Takes a hang-up as the end of the call that goes on; what has ended before, it has not ended."""
    return foretold(state, Ending.HERE, now) if state.phase in _CALLS else state


def hang_up_refused(state: RoomState) -> RoomState:
    """Takes back that somebody here ends the call: it goes on. One that is over or closing, the hang-up found ended."""
    told = state.about_to_end
    ours = told is not None and told.ending is Ending.HERE
    return changed(state, about_to_end=None) if ours and state.phase in GOING_ON | {Phase.CALLING} else state


def participant_left(state: RoomState, event: ParticipantLeft, now: float) -> RoomState:
    """Takes it as the end of the call if it was the other side, the owner or the room itself."""
    call = state.conversation
    if call is None:
        return state
    who = person(state, event.peer_id)
    if event.peer_id.startswith("#self") or (state.me is not None and same_peer(state.me.peer_id, event.peer_id)):
        return foretold(state, Ending.OUT, now)
    if call.group and same_peer(call.owner, event.peer_id):
        return foretold(state, Ending.OWNER_LEFT, now, who=who.label if who else "")
    if not call.group and call.peer is not None and same_peer(call.peer.peer_id, event.peer_id):
        return foretold(state, Ending.PEER_LEFT, now)
    return state


def refused(state: RoomState, who: str, refusal: Text, now: float) -> RoomState:
    """Takes the refusal of a call that was set up: it is over, or never was one."""
    return noticed(changed(state, last_end=CallEnd(Ending.REFUSED, now, who, refusal)), refusal, now)


def noted(before: RoomState, state: RoomState, now: float) -> RoomState:
    """Returns the room with how a call ended that was there before; the display says it."""
    if before.link is not state.link:
        return _over_the_link(before, state, now)
    if before.phase is state.phase:
        return state
    if _ended(before, state):
        return _over(before, state, now)
    if state.phase is Phase.CLOSING:
        return _closing(state, now)
    if state.phase in GOING_ON:
        return _goes_on(state)
    return _explained(state, _LOST[state.phase], now) if state.phase in _LOST else state


def label(conversation: Conversation | None) -> str:
    """Returns what a call is called: a conference by its title, else the other side."""
    if conversation is None:
        return ""
    return conversation.title or (conversation.peer.label if conversation.peer else conversation.owner)


def _ended(before: RoomState, state: RoomState) -> bool:
    """Returns whether the call is over; another one may ring then."""
    if before.phase in _CALLS and state.phase not in _CALLS:
        return True
    rings = state.phase is Phase.RINGING and before.call_waiting is not None
    return rings and before.phase in _ESTABLISHED and state.conversation is before.call_waiting


def _closing(state: RoomState, now: float) -> RoomState:
    """What was said just before counts however long the closing takes; what was said long before ends nothing."""
    told = state.about_to_end
    return changed(state, about_to_end=None) if told is not None and now - told.at > KEPT else state


def _over(before: RoomState, state: RoomState, now: float) -> RoomState:
    if state.last_end is not before.last_end:  # a refusal has said it
        return changed(state, about_to_end=None)
    end = _end(before, state, now)
    state = changed(state, about_to_end=None, last_end=end)
    set_up_only = before.phase not in _ESTABLISHED and end.ending is Ending.UNKNOWN  # other events speak of that
    return state if set_up_only or end.ending is Ending.HERE else noticed(state, call_over(end), now)


def _end(before: RoomState, state: RoomState, now: float) -> CallEnd:
    told, lost = before.about_to_end, _LOST.get(state.phase)
    told = told if told is not None and (now - told.at <= KEPT or before.phase is Phase.CLOSING) else None
    if told is not None and (lost is None or told.ending in {Ending.HERE, Ending.ELSEWHERE}):
        return msgspec.structs.replace(told, at=now)
    return CallEnd(lost or Ending.UNKNOWN, now, label(before.conversation))


def _explained(state: RoomState, ending: Ending, now: float) -> RoomState:
    """Returns the room with the reason of an end that had none."""
    end = state.last_end
    if end is None or end.ending not in _WITHOUT_REASON[ending] or now - end.at > SOON:
        return state
    end = msgspec.structs.replace(end, ending=ending)
    return noticed(changed(state, last_end=end), call_over(end), now)


_WITHOUT_REASON: dict[Ending, frozenset[Ending]] = {
    **dict.fromkeys(Ending, frozenset({Ending.UNKNOWN})),
    Ending.LOGGED_OUT: frozenset({Ending.UNKNOWN, Ending.SERVER_LOST}),
    Ending.ELSEWHERE: frozenset({Ending.UNKNOWN, Ending.SERVER_LOST, Ending.LOGGED_OUT}),
}


def _goes_on(state: RoomState) -> RoomState:
    """A call became another one, such as a conference: nobody needs to hear that the first is over."""
    end = state.last_end
    shown = end is not None and state.notice is not None and state.notice.text == call_over(end)
    state = changed(state, about_to_end=None, last_end=None)
    return changed(state, notice=None) if shown else state


def _over_the_link(before: RoomState, state: RoomState, now: float) -> RoomState:
    """A link that is lost ends no call, and one that is back may find it ended."""
    if state.link.phase is LinkPhase.DOWN and before.phase in GOING_ON:
        end = CallEnd(Ending.LINK_LOST, now, label(before.conversation))
        return noticed(changed(state, last_end=end), call_over(end), now)
    end_before = state.last_end
    if state.link.phase is not LinkPhase.UP or end_before is None or end_before.ending is not Ending.LINK_LOST:
        return state
    if state.phase in _CALLS or state.phase is Phase.UNKNOWN:
        return changed(state, last_end=None)
    end = CallEnd(Ending.MEANWHILE, now, end_before.who)
    return noticed(changed(state, last_end=end), call_over(end), now)
