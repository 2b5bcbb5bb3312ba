"""What somebody asks of the room in a conference: which of it is answered, and with which commands.

A call that comes in is always answered first, since that is what the display shows then. After it comes what was asked
first.
"""

from appliance.room import actions
from appliance.room.decide.habits import Habits
from appliance.room.intents.base import Intent
from appliance.room.intents.conference import AcceptRequest, AskForPodium, DeclineRequest, LeavePodium, MakeRemark
from appliance.room.intents.shown import Explain
from appliance.room.parts.requests import Request, Wish
from appliance.room.state import Phase, RoomState
from appliance.room.texts import NO_PODIUM, NO_RECORDING_ASKED, NOT_ON_PODIUM, ON_PODIUM, PODIUM_ASKED
from appliance.terminal.messages import conference, podium
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.enums import ConferenceType


def open_request(state: RoomState) -> Request | None:
    """Returns what the room is asked and a press answers; None while a call comes in, which comes first."""
    if state.phase is not Phase.IN_CALL or state.call_waiting is not None:
        return None
    return next((request for request in state.requests if request.certain), None)


def accepted(state: RoomState) -> tuple[Intent, ...]:
    """Accepts what the room is asked; nothing where an answer is on its way."""
    request = open_request(state)
    return () if request is None or request.answer is not None else (AcceptRequest(request),)


def declined(state: RoomState) -> tuple[Intent, ...]:
    """Declines what the room is asked; nothing where an answer is on its way."""
    request = open_request(state)
    return () if request is None or request.answer is not None else (DeclineRequest(request),)


def allow_recording(_action: actions.AllowRecording, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Lets who asks to record the room do so, if that is what it is asked."""
    return accepted(state) if _recording_asked(state) else (Explain(NO_RECORDING_ASKED),)


def refuse_recording(_action: actions.RefuseRecording, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Does not let who asks to record the room do so, if that is what it is asked."""
    return declined(state) if _recording_asked(state) else (Explain(NO_RECORDING_ASKED),)


def _recording_asked(state: RoomState) -> bool:
    request = open_request(state)
    return request is not None and request.wish is Wish.RECORD


def acceptance(request: Request) -> Command:
    """Returns the command that accepts this."""
    match request.wish:
        case Wish.PODIUM:
            return podium.AcceptPodiumInvitation()
        case Wish.REMARK:
            return podium.StartRemark()
        case Wish.SPEAK:
            return podium.AcceptPodiumRequest(peer_id=request.who.peer_id)
        case Wish.JOIN:
            return conference.AcceptPeer(peer_id=request.who.peer_id)
        case Wish.RECORD:
            return conference.AllowRecording(peer_id=request.who.peer_id)


def refusal(request: Request) -> tuple[Command, ...]:
    """Returns the command that declines this; who asks for a remark is declined by making none."""
    match request.wish:
        case Wish.PODIUM:
            return (podium.RejectPodiumInvitation(),)
        case Wish.REMARK:
            return ()
        case Wish.SPEAK:
            return (podium.RejectPodiumRequest(peer_id=request.who.peer_id),)
        case Wish.JOIN:
            return (conference.RejectPeer(peer_id=request.who.peer_id),)
        case Wish.RECORD:
            return (conference.DenyRecording(peer_id=request.who.peer_id),)


def ask_for_podium(_action: actions.AskForPodium, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Asks for the podium of a conference that may have one, unless the room is there or has asked."""
    if state.podium.asked:
        return (Explain(PODIUM_ASKED),)
    return _unless_speaking(state, AskForPodium())


def make_remark(_action: actions.MakeRemark, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Begins a remark, unless the room speaks already."""
    return _unless_speaking(state, MakeRemark())


def leave_podium(_action: actions.LeavePodium, state: RoomState, _habits: Habits) -> tuple[Intent, ...]:
    """Leaves the podium, or ends the remark; tries so too where it is not known whether the room speaks."""
    if not has_podium(state):
        return (Explain(NO_PODIUM),)
    if state.podium.speaks is False:
        return (Explain(NOT_ON_PODIUM),)
    return () if state.podium.pending_until else (LeavePodium(),)


def _unless_speaking(state: RoomState, intent: Intent) -> tuple[Intent, ...]:
    if not has_podium(state):
        return (Explain(NO_PODIUM),)
    if state.podium.speaks:
        return (Explain(ON_PODIUM),)
    return () if state.podium.pending_until else (intent,)


def has_podium(state: RoomState) -> bool:
    """Returns whether the conference may have a podium: so too where nobody has told its type."""
    if state.phase is not Phase.IN_CALL or state.conversation is None:
        return False
    return state.conversation.type in {None, ConferenceType.ROLE_BASED}
