"""Who the others in a conference are, and what of theirs is on."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.local_events.link import Answered, ReadingWanted
from appliance.room.parts.conference import Attendee
from appliance.room.parts.reading import Reading
from appliance.room.reduce.conference.attendees import LONGEST, MOST
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.account import GetLogin, LoginReply
from appliance.terminal.messages.calls import (
    ConferenceDeleted,
    GetConferenceParticipants,
    NewParticipant,
    Participant,
    ParticipantLeft,
    ParticipantsReply,
)
from appliance.terminal.messages.client_enums import RoleEventKind
from appliance.terminal.messages.conference import ParticipantDevices
from appliance.terminal.messages.enums import ConferenceRole, DeviceState
from appliance.terminal.messages.people import Contact, ContactsRenamed
from appliance.terminal.messages.podium import RoleChanged
from tests.room.rooms import ANNA, BORIS, P2P, ROOM, THEIR_GROUP, after, room

GROUP = room(Phase.IN_CALL, conversation=THEIR_GROUP, stale={Reading.PARTICIPANTS: 0.0})
COMES = NewParticipant(peer_id=f"{ANNA}/2", peer_name="Anna", mic=DeviceState.ON, video=DeviceState.MUTED)
THERE = {ANNA: Attendee(f"{ANNA}/2", "Anna", DeviceState.ON, DeviceState.MUTED)}
WITH_ANNA = after(GROUP, COMES)


def listed(*participants: Participant) -> Answered:
    return Answered(GetConferenceParticipants(), ParticipantsReply(participants=participants))


def named(*events: object, state: RoomState = WITH_ANNA) -> dict[str, Attendee]:
    return dict(after(state, *events).attendees)


def test_who_comes_is_known_by_name_and_by_what_is_on() -> None:
    assert WITH_ANNA.attendees == THERE
    assert named(ParticipantLeft(peer_id=ANNA.upper())) == {}


def test_a_list_says_the_same_and_leaves_out_the_room_and_who_waits() -> None:
    fields = msgspec.structs.asdict(COMES)
    anna = Participant(**{name: fields[name] for name in ("peer_id", "peer_name", "mic", "video")})
    others = Participant(peer_id=f"{ROOM}/9"), Participant(peer_id=BORIS, in_waiting_room=True)
    assert named(listed(anna, *others), state=GROUP) == THERE


def test_the_room_is_none_of_them_as_soon_as_it_is_known_who_it_is() -> None:
    stranger = msgspec.structs.replace(GROUP, me=None)
    listing = listed(Participant(peer_id=f"{ROOM}/9"), Participant(peer_id=BORIS))
    assert named(listing, state=stranger).keys() == {ROOM, BORIS}
    login = Answered(GetLogin(), LoginReply(is_logged_in=True, peer_id=ROOM))
    assert named(listing, ReadingWanted(Reading.ACCOUNT), login, state=stranger).keys() == {BORIS}


def test_what_somebody_switches() -> None:
    state = named(ParticipantDevices(peer_id=ANNA, mic=DeviceState.MUTED))
    assert (state[ANNA].mic, state[ANNA].video) == (DeviceState.MUTED, DeviceState.MUTED)
    assert named(ParticipantDevices(peer_id=BORIS, mic=DeviceState.ON)) == THERE


@pytest.mark.parametrize(("kind", "speaks"), [(RoleEventKind.NOTICE, True), (RoleEventKind.ANSWER, None)])
def test_who_speaks(kind: RoleEventKind, speaks: bool | None) -> None:  # of the table
    event = RoleChanged(peer_id=ANNA, role=ConferenceRole.REPORTER, kind=kind, broadcast=True)
    assert named(event)[ANNA].speaks is speaks


def test_who_is_renamed_in_the_address_book_is_so_here() -> None:
    book = room(Phase.IN_CALL, conversation=THEIR_GROUP, contacts=[Contact(peer_id=ANNA, peer_name="Anna")])
    event = ContactsRenamed(contacts=(Contact(peer_id=ANNA, peer_name="Anna Larsen"),))
    assert named(COMES, event, state=book)[ANNA].label == "Anna Larsen"


@pytest.mark.parametrize("state", [room(Phase.IN_CALL, conversation=P2P), room(Phase.IDLE)])
def test_elsewhere_there_is_nobody(state: RoomState) -> None:
    assert named(COMES, listed(Participant(peer_id=ANNA)), state=state) == {}


def test_the_end_of_the_call_forgets_them() -> None:
    assert named(ConferenceDeleted()) == {}


def test_of_very_many_some_are_known() -> None:
    crowd = [NewParticipant(peer_id=f"{number}@example.org", peer_name="x" * 1000) for number in range(MOST + 50)]
    many = named(*crowd, state=GROUP)
    assert len(many) == MOST
    assert len(many["0@example.org"].name) == LONGEST
    state = msgspec.structs.replace(GROUP, attendees=many)
    assert named(ParticipantDevices(peer_id="0@example.org", mic=DeviceState.ON), state=state).keys() == many.keys()
    assert len(named(listed(*(Participant(peer_id=each.peer_id) for each in crowd)), state=GROUP)) == MOST


PEOPLE = st.sampled_from([ANNA, BORIS, f"{ANNA}/3", ROOM])
EVENTS = st.one_of(
    st.builds(NewParticipant, peer_id=PEOPLE, mic=st.sampled_from(DeviceState)),
    st.builds(ParticipantLeft, peer_id=PEOPLE),
    st.builds(ParticipantDevices, peer_id=PEOPLE, mic=st.sampled_from(DeviceState)),
)


@given(st.lists(EVENTS))
def test_they_are_those_of_the_company_who_are_not_the_room(events: list[object]) -> None:
    state = after(GROUP, *events)
    assert state.attendees.keys() == state.company.present - {ROOM}
