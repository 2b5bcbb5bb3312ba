"""Who else is in the conference that the room is in, and what they do that everybody in the room should know.

Terminals tell of each who comes and leaves, and list everybody when they are asked. Only a list says that nobody is
missing: until there is one, the room knows of some and cannot count. In a call of two there is nobody to count; a
terminal may list them all the same, and whether it was asked to must make no difference.
"""

from collections.abc import Iterable

import msgspec

from appliance.room.change import changed
from appliance.room.parts.conference import ROOM, Company
from appliance.room.parts.reading import Reading
from appliance.room.parts.shown import TonesSent
from appliance.room.people.peer_ids import whose
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import (
    NewParticipant,
    Participant,
    ParticipantLeft,
    ParticipantsReply,
    ToneDialled,
)
from appliance.terminal.messages.conference import ExtraVideoChanged, RecordingChanged
from appliance.terminal.messages.enums import ExtraVideo
from appliance.terminal.messages.newer.meeting import ContentStopped
from appliance.terminal.messages.sharing import SharingStarted, SharingStopped
from appliance.terminal.messages.slides import (
    OwnSlideShowStarted,
    OwnSlideShowStopped,
    SlideShowStarted,
    SlideShowStopped,
)

MOST = 10_000  # participants that are told apart; no server has as many
LONGEST = 20  # tones that are shown: more than a line of the display has
TONES_SHOWN = 3.0  # seconds after the last one: as long as it takes to compare them with what should be typed


def over(state: RoomState) -> RoomState:
    """Forgets them: the call is over, or another one."""
    stale = {each: since for each, since in state.stale.items() if each is not Reading.PARTICIPANTS}
    return changed(state, company=Company(), tones=TonesSent(), stale=stale)


def marked(state: RoomState, now: float) -> RoomState:
    """Returns the room with the list of participants to be read, where it is in a group conference without one."""
    if state.phase is not Phase.IN_CALL or not _is_counted(state) or state.company.listed:
        return state
    return changed(state, stale={Reading.PARTICIPANTS: now, **state.stale})


def read(state: RoomState, reply: ParticipantsReply, _now: float) -> RoomState:
    """Takes the list of participants; who waits to be let in is none yet."""
    if state.phase is not Phase.IN_CALL:
        return state
    inside = [each for each in reply.participants[:MOST] if not each.in_waiting_room]
    ours = state.company.content & {ROOM}
    counted = _is_counted(state)
    company = Company(
        listed=counted,
        present=_ids(inside) if counted else frozenset(),
        recording=_ids(each for each in inside if each.recording_me),
        content=_ids(each for each in inside if _shows(each)) | ours,
    )
    return changed(state, company=company)


def came(state: RoomState, event: NewParticipant, _now: float) -> RoomState:
    """Takes who came."""
    if event.in_waiting_room or len(state.company.present) >= MOST:
        return state
    state = _with(state, "present", event.peer_id, on=True) if _is_counted(state) else state
    state = _with(state, "recording", event.peer_id, on=bool(event.recording_me))
    return _with(state, "content", event.peer_id, on=_shows(event))


def left(state: RoomState, event: ParticipantLeft, _now: float) -> RoomState:
    """Takes who left, with all that they did."""
    for field in ("present", "recording", "content"):
        state = _with(state, field, event.peer_id, on=False)
    return state


def records(state: RoomState, event: RecordingChanged, _now: float) -> RoomState:
    """Takes who began or ended recording the room."""
    return _with(state, "recording", event.peer_id, on=event.recording)


def sends(state: RoomState, event: ExtraVideoChanged, _now: float) -> RoomState:
    """Takes who sends content beside, or instead of, a camera."""
    return _with(state, "content", event.peer_id, on=event.extra_video is ExtraVideo.CONTENT)


def slides_began(state: RoomState, event: SlideShowStarted, _now: float) -> RoomState:
    """Takes who shows slides."""
    return _with(state, "content", event.peer_id, on=True) if event.peer_id else state


def slides_over(state: RoomState, event: SlideShowStopped, _now: float) -> RoomState:
    """Takes who shows slides no longer."""
    return _with(state, "content", event.peer_id, on=False) if event.peer_id else state


def ours_began(state: RoomState, _event: SharingStarted | OwnSlideShowStarted, _now: float) -> RoomState:
    """Takes that the room shows slides, a screen or a window."""
    return _with(state, "content", ROOM, on=True)


def ours_over(
    state: RoomState, _event: SharingStopped | OwnSlideShowStopped | ContentStopped, _now: float
) -> RoomState:
    """Takes that it does no longer."""
    return _with(state, "content", ROOM, on=False)


def tone_sent(state: RoomState, event: ToneDialled, now: float) -> RoomState:
    """Takes a tone that went out; those that went out shortly before stand in front of it."""
    if state.phase is not Phase.IN_CALL or not event.symbol:
        return state
    before = state.tones.symbols.text if now < state.tones.until else ""
    symbols = Secret((before + event.symbol)[-LONGEST:])
    return changed(state, tones=TonesSent(symbols, now + TONES_SHOWN))


def _is_counted(state: RoomState) -> bool:
    return state.conversation is not None and state.conversation.group


def _shows(participant: Participant | NewParticipant) -> bool:
    return bool(participant.slide_show) or participant.extra_video is ExtraVideo.CONTENT


def _ids(participants: Iterable[Participant]) -> frozenset[str]:
    return frozenset(whose(each.peer_id) for each in participants)


def _with(state: RoomState, field: str, peer_id: str, *, on: bool) -> RoomState:
    """Returns the room with somebody in one of the sets or not; what is said after the call counts for nothing."""
    if state.phase is not Phase.IN_CALL:
        return state
    there: frozenset[str] = getattr(state.company, field)
    who = frozenset({whose(peer_id) if peer_id else ROOM})
    company = msgspec.structs.replace(state.company, **{field: there | who if on else there - who})
    return changed(state, company=company)
