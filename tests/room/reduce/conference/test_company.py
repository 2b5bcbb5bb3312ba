"""Who is in the conference, who records the room, who shows content: counted only where it is known."""

import msgspec
import pytest

from appliance.room.local_events.link import Answered
from appliance.room.parts.call import Conversation
from appliance.room.parts.conference import ROOM, Company
from appliance.room.parts.reading import Reading
from appliance.room.parts.shown import TonesSent
from appliance.room.reduce.conference import company
from appliance.room.reduce.conference.company import LONGEST, TONES_SHOWN
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import (
    ConferenceDeleted,
    GetConferenceParticipants,
    NewParticipant,
    Participant,
    ParticipantLeft,
    ParticipantsReply,
    ToneDialled,
)
from appliance.terminal.messages.conference import ExtraVideoChanged, RecordingChanged
from appliance.terminal.messages.enums import ConferenceType, ExtraVideo
from appliance.terminal.messages.newer.meeting import ContentStopped
from appliance.terminal.messages.sharing import SharingStarted, SharingStopped
from appliance.terminal.messages.slides import (
    OwnSlideShowStarted,
    OwnSlideShowStopped,
    SlideShowStarted,
    SlideShowStopped,
)
from tests.room.rooms import ANNA, BORIS, P2P, THEIR_GROUP, after, room

GROUP = room(Phase.IN_CALL, conversation=THEIR_GROUP, stale={Reading.PARTICIPANTS: 0.0})
LISTED = msgspec.structs.replace(GROUP, company=Company(listed=True, present=frozenset({ANNA})), stale={})


def listed(*participants: Participant) -> Answered:
    return Answered(GetConferenceParticipants(), ParticipantsReply(participants=participants))


def test_a_list_says_who_is_there_and_who_comes_and_leaves_after_it() -> None:
    state = after(GROUP, listed(Participant(peer_id=ANNA), Participant(peer_id="Room@example.org/1")))
    assert (state.company.listed, state.company.present) == (True, {ANNA, "room@example.org"})
    state = after(state, NewParticipant(peer_id=f"{BORIS}/2"), ParticipantLeft(peer_id=ANNA.upper()))
    assert state.company.present == {BORIS, "room@example.org"}


def test_who_waits_to_be_let_in_is_not_there() -> None:
    waits = Participant(peer_id=ANNA, in_waiting_room=True)
    assert after(GROUP, listed(waits)).company.present == frozenset()
    assert after(LISTED, NewParticipant(peer_id=BORIS, in_waiting_room=True)).company == LISTED.company


def test_without_a_list_nobody_is_counted() -> None:
    assert not after(GROUP, NewParticipant(peer_id=ANNA)).company.listed


def test_a_group_conference_is_read_once() -> None:
    call = room(Phase.CALLING, conversation=THEIR_GROUP)
    entered = after(msgspec.structs.replace(call, phase=Phase.IN_CALL), NewParticipant(peer_id=ANNA))
    assert Reading.PARTICIPANTS not in room(Phase.IN_CALL, conversation=P2P).stale
    assert Reading.PARTICIPANTS not in after(entered, listed(Participant(peer_id=ANNA))).stale


@pytest.mark.parametrize(
    ("begins", "ends", "who"),
    [
        (SharingStarted(capture_id=1), SharingStopped(capture_id=1), ROOM),
        (SharingStarted(capture_id=1), ContentStopped(), ROOM),
        (OwnSlideShowStarted(), OwnSlideShowStopped(), ROOM),
        (SlideShowStarted(peer_id=ANNA), SlideShowStopped(peer_id=ANNA), ANNA),
        (
            ExtraVideoChanged(peer_id=ANNA, extra_video=ExtraVideo.CONTENT),
            ExtraVideoChanged(peer_id=ANNA, extra_video=ExtraVideo.CAMERA),
            ANNA,
        ),
        (SlideShowStarted(peer_id=ANNA), ParticipantLeft(peer_id=ANNA), ANNA),
    ],
)
def test_who_shows_content(begins: object, ends: object, who: str) -> None:
    state = after(LISTED, begins)
    assert state.company.content == {who}
    assert after(state, ends).company.content == frozenset()


def test_who_records_the_room() -> None:
    state = after(LISTED, RecordingChanged(peer_id=ANNA, recording=True))
    assert state.company.recording == {ANNA}
    assert after(state, RecordingChanged(peer_id=ANNA, recording=False)).company == LISTED.company


def test_a_list_says_what_they_do_and_leaves_the_room_its_own() -> None:
    state = after(GROUP, SharingStarted(capture_id=1))
    anna = Participant(peer_id=ANNA, recording_me=True, slide_show=True)
    boris = Participant(peer_id=BORIS, extra_video=ExtraVideo.CONTENT)
    state = after(state, listed(anna, boris))
    assert (state.company.recording, state.company.content) == ({ANNA}, {ANNA, BORIS, ROOM})


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.WAITING_ROOM, Phase.CALLING])
def test_outside_a_call_nothing_counts(phase: Phase) -> None:
    state = room(phase, conversation=THEIR_GROUP)
    late = (
        NewParticipant(peer_id=BORIS),
        RecordingChanged(peer_id=ANNA, recording=True),
        SharingStarted(capture_id=1),
        ToneDialled(symbol="1"),
    )
    assert after(state, *late).company == Company()


def test_the_end_of_the_call_forgets_them() -> None:
    state: RoomState = after(LISTED, RecordingChanged(peer_id=ANNA, recording=True), ToneDialled(symbol="1"))
    over = after(state, ConferenceDeleted())
    assert (over.company, over.tones) == (Company(), TonesSent())


def test_tones_are_those_that_went_out_in_a_row() -> None:
    state = after(LISTED, *(ToneDialled(symbol=each) for each in "12#"), now=10.0)
    assert state.tones == TonesSent(Secret("12#"), 10.0 + TONES_SHOWN)
    assert after(state, ToneDialled(symbol="4"), now=12.9).tones.symbols.text == "12#4"
    assert after(state, ToneDialled(symbol="4"), now=13.0).tones.symbols.text == "4"
    many = after(state, *(ToneDialled(symbol="5") for _ in range(100)), now=11.0)
    assert many.tones.symbols.text == "5" * LONGEST
    assert "12#" not in repr(state)


def test_a_call_of_two_has_nobody_to_count_whether_the_terminal_lists_them_or_not() -> None:
    between_two = RoomState(phase=Phase.IN_CALL, conversation=Conversation(type=ConferenceType.POINT_TO_POINT))
    read = ParticipantsReply(participants=(Participant(peer_id="a@example.org"), Participant(peer_id="b@example.org")))
    told = company.came(between_two, NewParticipant(peer_id="a@example.org"), 1.0)
    assert told.company == company.read(between_two, read, 1.0).company == Company()
    recorded = ParticipantsReply(participants=(Participant(peer_id="a@example.org", recording_me=True),))
    assert company.read(between_two, recorded, 1.0).company.recording == {"a@example.org"}
