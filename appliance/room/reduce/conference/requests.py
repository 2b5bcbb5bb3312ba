"""What somebody asks of the room in a conference: from the event that says so to the one that settles it.

Events tell of most of it. `roleEventOccured` is the same whether somebody asks the room or the room asks them (manual:
the event names only whose role it is about), so that such a request counts only when the terminal has listed it among
the `requests` of getAppState, which is asked for whenever something was asked. Some requests end without any event (who
asked has left, or waits no longer): the list is read again when terminals usually stop waiting, and what is not in it
is over. A terminal that never lists any is believed by its events alone, and no longer than it would wait. One that
does not answer that question any more is waited for as long once more.
"""

from collections.abc import Mapping

import msgspec

from appliance.room.change import changed
from appliance.room.local_events.conference import AnswerDropped, RequestAnswered, RequestDoubted
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.parts.requests import Request, Wish
from appliance.room.people.who import person, same_peer
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    NewParticipant,
    ParticipantLeft,
    RejectSent,
    Requests,
)
from appliance.terminal.messages.conference import (
    JoinRequestReceived,
    PeerAccepted,
    RecordingAnswered,
    RecordingChanged,
    RecordingRequested,
)
from appliance.terminal.messages.parts import Person as Listed
from appliance.terminal.messages.podium import PodiumInvitationRemoved, PodiumRequestAnswered

PATIENCE = 30.0
"""Seconds that terminals usually wait for an answer. The manual names no time; this one is only shown and asked after.
"""
MOST = 8
"""Requests at a time; one more takes the place of the oldest."""

KINDS: Mapping[Wish, str] = {
    Wish.PODIUM: "incoming_podium_invitation",
    Wish.SPEAK: "incoming_podium_request",
    Wish.JOIN: "incoming_join",
    Wish.RECORD: "incoming_recording",
}
"""Which of the `requests` of getAppState each wish is; that somebody asks for a remark is not among them."""


def asked(state: RoomState, wish: Wish, who: Person, now: float, *, certain: bool = True) -> RoomState:
    """Adds what somebody asks; the same once more begins anew. Asks what else there is, and what is over."""
    if state.phase is not Phase.IN_CALL:
        return state
    request = Request(wish, who, now + PATIENCE, certain)
    return doubted(changed(state, requests=(*_without(state, wish, who.peer_id), request)[-MOST:]), now)


def over(state: RoomState, wish: Wish, peer_id: str = "") -> RoomState:
    """Takes away what somebody (empty: whoever) asked for."""
    return changed(state, requests=_without(state, wish, peer_id))


def all_over(state: RoomState) -> RoomState:
    """Takes everything away: the conference is over, or another one."""
    stale = {each: since for each, since in state.stale.items() if each is not Reading.REQUESTS}
    return changed(state, requests=(), stale=stale)


def doubted(state: RoomState, now: float) -> RoomState:
    """Has the terminal asked which requests there are."""
    return changed(state, stale={**state.stale, Reading.REQUESTS: now})


def join_asked(state: RoomState, event: JoinRequestReceived, now: float) -> RoomState:
    """Notes that somebody asks to be let into the room's conference."""
    who = person(state, event.peer_id, event.peer_name)
    return asked(state, Wish.JOIN, who, now) if who else state


def recording_asked(state: RoomState, event: RecordingRequested, now: float) -> RoomState:
    """Notes that somebody asks to record the room."""
    who = person(state, event.peer_id, event.peer_name)
    return asked(state, Wish.RECORD, who, now) if who else state


def recording_settled(state: RoomState, event: RecordingAnswered | RecordingChanged, _now: float) -> RoomState:
    """Notes that it was answered, whoever did."""
    return over(state, Wish.RECORD, event.peer_id)


def let_in(state: RoomState, event: PeerAccepted | NewParticipant, _now: float) -> RoomState:
    """Notes that somebody was let in, or is in."""
    return over(state, Wish.JOIN, event.peer_id)


def turned_away(state: RoomState, event: RejectSent, _now: float) -> RoomState:
    """Notes that somebody was turned away, or waits no longer."""
    return over(state, Wish.JOIN, event.peer_id) if event.peer_id else state


def speaker_answered(state: RoomState, event: PodiumRequestAnswered, _now: float) -> RoomState:
    """Notes that somebody who asked for the podium was answered."""
    return over(state, Wish.SPEAK, event.peer_id)


def invitation_settled(state: RoomState, _event: PodiumInvitationRemoved, _now: float) -> RoomState:
    """Notes that the invitation to the podium was answered, timed out, or ended with the conference."""
    return over(state, Wish.PODIUM)


def left(state: RoomState, event: ParticipantLeft, _now: float) -> RoomState:
    """Takes away what somebody asked who has left; an invitation to the podium, the terminal ends by itself."""
    kept = [
        each
        for each in state.requests
        if each.wish in {Wish.PODIUM, Wish.REMARK} or not same_peer(each.who.peer_id, event.peer_id)
    ]
    return changed(state, requests=tuple(kept))


def answered(state: RoomState, event: RequestAnswered, _now: float) -> RoomState:
    """Notes the room's answer, which the terminal has not confirmed; a remark that nobody wants to make is settled."""
    if event.request.wish is Wish.REMARK and not event.accept:
        return over(state, Wish.REMARK)
    return _replaced(state, event.request, answer=event.accept, answered_until=event.until)


def answer_dropped(state: RoomState, event: AnswerDropped, now: float) -> RoomState:
    """Lets the room be asked again: the terminal said nothing of the answer. Perhaps it is over: it is asked."""
    return doubted(_replaced(state, event.request, answer=None), now) if state.requests else state


def time_is_up(state: RoomState, event: RequestDoubted, now: float) -> RoomState:
    """Ends a request that only events told of; of any other the terminal is asked whether it still waits."""
    if event.request.wish not in KINDS or unlisted(state, now):
        return over(state, event.request.wish, event.request.who.peer_id)
    return doubted(_replaced(state, event.request, until=None), now)


def unlisted(state: RoomState, now: float) -> bool:
    """Returns whether no list tells what is over: the terminal has none, or no longer answers when it is asked."""
    asked = state.stale.get(Reading.REQUESTS)
    return not state.lists_requests or (asked is not None and asked + PATIENCE <= now)


def listed(state: RoomState, told: AppStateReply | AppStateChanged, _now: float) -> RoomState:
    """Takes what the terminal lists: what was not known is new, what is not in it is over."""
    if state.phase is not Phase.IN_CALL:
        return state
    found = told.requests or Requests()
    if found == Requests() and not state.lists_requests:  # perhaps it never lists any: its events are all there is
        return changed(state, requests=tuple(msgspec.structs.replace(each, certain=True) for each in state.requests))
    unlisted = [each for each in state.requests if each.wish not in KINDS]
    people = [(wish, who) for wish, kind in KINDS.items() for who in getattr(found, kind)]
    fresh = [_as_known(state, wish, who) for wish, who in people if who.peer_id or wish is Wish.PODIUM]
    places = {(each.wish, each.who.peer_id): place for place, each in enumerate(state.requests)}
    in_order = sorted([*unlisted, *fresh], key=lambda each: places.get((each.wish, each.who.peer_id), len(places)))
    podium = msgspec.structs.replace(state.podium, asked=bool(found.outgoing_podium_request))
    return changed(state, requests=tuple(in_order[:MOST]), podium=podium, lists_requests=True)


def _as_known(state: RoomState, wish: Wish, who: Listed) -> Request:
    """Returns a request as events have told it, or as it is listed."""
    for each in state.requests:
        if each.wish is wish and (wish is Wish.PODIUM or same_peer(each.who.peer_id, who.peer_id)):
            known = each.who if each.who.peer_id else Person(who.peer_id, who.peer_name)
            return msgspec.structs.replace(each, who=known, certain=True)
    return Request(wish, person(state, who.peer_id, who.peer_name) or Person(who.peer_id, who.peer_name))


def _without(state: RoomState, wish: Wish, peer_id: str) -> tuple[Request, ...]:
    """Returns the other requests; there is one invitation at a time, whoever it comes from."""
    whoever = not peer_id or wish in {Wish.PODIUM, Wish.REMARK}
    return tuple(
        each
        for each in state.requests
        if each.wish is not wish or not (whoever or same_peer(each.who.peer_id, peer_id))
    )


def _replaced(state: RoomState, request: Request, **fields: object) -> RoomState:
    """Returns the room with this request changed, whatever else of it has changed meanwhile."""
    return changed(
        state,
        requests=tuple(
            msgspec.structs.replace(each, **fields)
            if each.wish is request.wish and each.who.peer_id == request.who.peer_id
            else each
            for each in state.requests
        ),
    )
