"""The room's own place in a role-based conference, and what roleEventOccured says of it and of others.

Every change of a role takes steps: somebody asks (inquiry), is answered (answer, confirmation), and everybody is told
(notice). Who is asked the event does not say; see `requests`.
"""

import msgspec

from appliance.room.change import changed, noticed
from appliance.room.local_events.conference import PodiumDoubted, PodiumPending, PodiumSettled
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium, PodiumStep
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Wish
from appliance.room.people.who import person, same_peer
from appliance.room.reduce.conference import requests
from appliance.room.state import Phase, RoomState
from appliance.room.texts import podium_refused
from appliance.terminal.messages.calls import NewParticipant, ParticipantsReply
from appliance.terminal.messages.client_enums import RoleEventKind, RoleEventResult
from appliance.terminal.messages.enums import ConferenceType
from appliance.terminal.messages.podium import RemarkCountDown, RoleChanged

LONGEST_REMARK = 24 * 3600  # seconds; nobody speaks for longer, and a number without end cannot be added to a time


def over(state: RoomState) -> RoomState:
    """Ends whatever there was: the conference is over, or another one."""
    stale = {each: since for each, since in state.stale.items() if each is not Reading.PARTICIPANTS}
    return changed(state, podium=Podium(), stale=stale)


def role_changed(state: RoomState, event: RoleChanged, now: float) -> RoomState:
    """Follows one step of somebody's way to the podium or from it."""
    if state.phase is not Phase.IN_CALL:
        return state
    if event.kind is RoleEventKind.INQUIRY:
        return _inquiry(state, event, now)
    if not is_me(state, event.peer_id):
        return requests.over(state, Wish.SPEAK, event.peer_id)
    if event.kind in {RoleEventKind.ANSWER, RoleEventKind.CONFIRMATION}:
        return _answered(state, event, now)
    return _placed(state, event, now)


def counted_down(state: RoomState, event: RemarkCountDown, now: float) -> RoomState:
    """Takes how much of the room's remark is left, as the terminal has it; after the call it means nothing."""
    if state.phase is not Phase.IN_CALL:
        return state
    left = now + min(event.seconds, LONGEST_REMARK) if event.seconds > 0 else None
    return changed(state, podium=_settled(state, remark_until=left))


def participants_read(state: RoomState, reply: ParticipantsReply, _now: float) -> RoomState:
    """Takes from the list of participants whether the room speaks; the number of its role may mean several things.

    In a waiting room it has no place yet, whatever a list says.
    """
    own = next((each for each in reply.participants if is_me(state, each.peer_id)), None)
    if own is None or state.phase is not Phase.IN_CALL:
        return state
    return changed(state, podium=_with(state, speaks=own.broadcast))


def came(state: RoomState, event: NewParticipant, _now: float) -> RoomState:
    """Takes the room's place from the event that says that it is in; in a waiting room it has none."""
    waits = state.phase is Phase.WAITING_ROOM
    if waits or event.broadcast is None or not is_me(state, event.peer_id):
        return state
    return changed(state, podium=_with(state, speaks=event.broadcast))


def pending(state: RoomState, event: PodiumPending, _now: float) -> RoomState:
    """Notes what was asked of the terminal."""
    return changed(state, podium=_with(state, pending=event.step, pending_until=event.until))


def settled(state: RoomState, _event: PodiumSettled, _now: float) -> RoomState:
    """Notes that nothing came of it."""
    return changed(state, podium=_settled(state))


def doubted(state: RoomState, _event: PodiumDoubted, now: float) -> RoomState:
    """Ends the room's request where the terminal does not tell of it; otherwise asks whether it still waits."""
    if not state.podium.asked:
        return state
    silent = requests.unlisted(state, now)
    return changed(state, podium=_with(state, asked=False)) if silent else requests.doubted(state, now)


def marked(state: RoomState, now: float) -> RoomState:
    """Returns the room with its place to be read, where it is in a role-based conference that has not told it."""
    role_based = state.conversation is not None and state.conversation.type is ConferenceType.ROLE_BASED
    if state.phase is not Phase.IN_CALL or not role_based or state.podium.speaks is not None:
        return state
    return changed(state, stale={Reading.PARTICIPANTS: now, **state.stale})


def is_me(state: RoomState, peer_id: str) -> bool:
    """Returns whether that is the room's own account; `#self` is how terminals name their own place."""
    return peer_id.startswith("#self") or (state.me is not None and same_peer(state.me.peer_id, peer_id))


def _inquiry(state: RoomState, event: RoleChanged, now: float) -> RoomState:
    """Somebody asks the room, or the room asks somebody: which of it, the list of requests says.

    Between the room and the owner of somebody else's conference, the event may name either: an owner asks nobody else.
    """
    owner = state.conversation.owner if state.conversation else ""
    ours = bool(owner) and is_me(state, owner)
    by_owner = bool(owner) and not ours and same_peer(owner, event.peer_id)
    if not is_me(state, event.peer_id) and not by_owner:
        who = person(state, event.peer_id, event.peer_name)
        return requests.asked(state, Wish.SPEAK, who, now, certain=False) if ours and who else state
    if ours or _is_our_own(state.podium, event):
        asked = not ours and not event.remark
        return requests.doubted(changed(state, podium=_settled(state, asked=asked)), now)
    wish = Wish.REMARK if event.remark else Wish.PODIUM
    who = person(state, owner) or Person("")
    return requests.asked(state, wish, who, now, certain=wish is Wish.REMARK)


def _is_our_own(podium: Podium, event: RoleChanged) -> bool:
    """Returns whether the room itself has asked for that; who leaves the podium asks nobody."""
    if event.remark:
        return podium.pending is PodiumStep.REMARK
    return podium.asked or podium.pending is PodiumStep.ASK


def _answered(state: RoomState, event: RoleChanged, now: float) -> RoomState:
    """The room's request was answered, or the room has answered an invitation: then its own request still waits."""
    ours = state.podium.asked or state.podium.pending is PodiumStep.ASK
    if ours and any(each.wish is Wish.PODIUM and each.answer is not None for each in state.requests):
        return requests.doubted(requests.over(state, Wish.PODIUM), now)
    state = requests.over(changed(state, podium=_settled(state, asked=False)), Wish.PODIUM)
    if not ours or event.result is RoleEventResult.POSITIVE or event.result is None:
        return state
    return noticed(state, podium_refused(event.result), now)


def _placed(state: RoomState, event: RoleChanged, now: float) -> RoomState:
    """The room speaks from now on, or no longer; a terminal that does not say which is asked."""
    podium = state.podium if _says_more(state.podium, event) else _settled(state)
    remark = podium.remark_until if event.remark else None
    place = msgspec.structs.replace(podium, speaks=event.broadcast, asked=False, remark_until=remark)
    state = requests.doubted(state, now) if podium.asked and not event.broadcast else state
    state = changed(state, podium=place)
    if not event.broadcast:
        return marked(state, now)
    state = requests.over(state, Wish.REMARK)
    return state if event.remark else requests.over(state, Wish.PODIUM)


def _says_more(podium: Podium, event: RoleChanged) -> bool:
    """Returns whether the terminal still has to say something of what was asked: this is about what was before."""
    if podium.pending is None or event.broadcast is None:
        return False
    return event.broadcast is (podium.pending is PodiumStep.LEAVE)


def _settled(state: RoomState, **fields: object) -> Podium:
    """Returns the room's place with nothing pending, and these fields."""
    return _with(state, pending=None, pending_until=None, **fields)


def _with(state: RoomState, **fields: object) -> Podium:
    return msgspec.structs.replace(state.podium, **fields)
