"""What is kept of messages that are not quite as the document has them; some of them were seen from real terminals."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.terminal.messages import ProtocolError, decode, decode_as, leniency
from appliance.terminal.messages.calls import ConferencesReply, Participant, ParticipantsReply
from appliance.terminal.messages.devices import Axis, PtzReply, SettingsReply
from appliance.terminal.messages.enums import CallDirection, ConferenceRole, PeerStatus
from appliance.terminal.messages.frames import LARGEST_SWELLING
from appliance.terminal.messages.leniency import Odd
from appliance.terminal.messages.people import (
    AddressBookReceived,
    AddressBookReply,
    CallHistoryReply,
    ConferenceList,
    Contact,
    Meeting,
    PastCall,
    Schedule,
)
from appliance.terminal.messages.settings import typed


def read(frame: dict[str, Any]) -> tuple[Any, list[str]]:
    """The event, and where something was odd."""
    odd: list[Odd] = []
    event = decode(json.dumps({"method": "event"} | frame), odd.append)
    return event, [each.where for each in odd]


def reply(kind: type[Any], frame: dict[str, Any]) -> tuple[Any, list[str]]:
    odd: list[Odd] = []
    return decode_as(kind, json.dumps({"result": True} | frame).encode(), odd.append), [each.where for each in odd]


def test_a_contact_without_a_name_is_a_contact() -> None:
    book = [{"peerId": "a@x", "peerDn": "A", "status": 1}, {"peerId": "b@x", "peerDn": None, "status": 0}]
    event, odd = read({"event": "abReceivedAfterLogin", "abook": book})
    assert event.contacts == (
        Contact(peer_id="a@x", peer_name="A", status=PeerStatus.AVAILABLE),
        Contact(peer_id="b@x", status=PeerStatus.OFFLINE),
    )
    assert odd == ["AddressBookReceived.abook.peerDn"]


@pytest.mark.parametrize("schedule", [None, "2026-11-26T10:00:00Z", [], 1700000000])
def test_a_meeting_whose_time_cannot_be_read_is_a_meeting(schedule: object) -> None:
    meetings = [
        {"id": "1", "topic": "ok", "schedule": {"start_time": 1700000000, "duration": 3600}},
        {"id": "2", "topic": "virtual", "schedule": schedule},
    ]
    event, odd = read({"event": "conferenceList", "cnt": 2, "succeed": True, "conferences": meetings})
    assert event.conferences == (
        Meeting(id="1", topic="ok", schedule=Schedule(start_time=1700000000, duration=3600)),
        Meeting(id="2", topic="virtual"),
    )
    assert odd == ["ConferenceList.conferences.schedule"]


def test_of_a_schedule_what_can_be_read_is_kept() -> None:
    schedule = {"start_time": "2026-11-26", "duration": 3600, "type": "0"}
    event, odd = read({"event": "conferenceList", "conferences": [{"id": "1", "schedule": schedule}]})
    assert event.conferences[0].schedule == Schedule(duration=3600)
    assert odd == ["ConferenceList.conferences.schedule.start_time"]


def test_a_participant_without_a_role_takes_part() -> None:
    people = [{"peerId": "a", "role": 2}, {"peerId": "b", "role": "speaker"}, {"peerId": "c", "role": 3}]
    found, odd = reply(ParticipantsReply, {"participants": people})
    assert [each.peer_id for each in found.participants] == ["a", "b", "c"]
    assert found.participants[1] == Participant(peer_id="b")
    assert odd == ["ParticipantsReply.participants.role"]


def test_numbers_are_read_where_their_meaning_is_clear() -> None:
    calls = [
        {"type": "1", "peerId": "a", "startTime": 1.5e9},
        {"type": 1.0, "peerId": 4711, "startTime": 1700000000.25, "duration": "60"},
    ]
    found, odd = reply(CallHistoryReply, {"calls": calls})
    assert found.calls == (
        PastCall(type=CallDirection(1), peer_id="a", start_time=1500000000),
        PastCall(type=CallDirection(1), peer_id="4711", start_time=1700000000, duration=60),
    )
    assert odd == []


@pytest.mark.parametrize("number", ["1e999", "-1e999", "true", "null", "[1]", '"soon"', '""'])
def test_what_is_no_number_is_none(number: str) -> None:
    raw = b'{"result":true,"calls":[{"type":1,"startTime":%s,"duration":7}]}' % number.encode()
    try:
        found = decode_as(CallHistoryReply, raw)
    except ProtocolError:  # no JSON
        return
    assert found.calls == (PastCall(type=CallDirection(1), duration=7),)


def test_an_entry_that_lacks_what_it_needs_costs_itself() -> None:
    book = [{"peerId": "a"}, {"peerDn": "nobody"}, 7, None, "b", {"peerId": {"id": 1}}, {"peerId": "c"}]
    event, odd = read({"event": "abReceivedAfterLogin", "abook": book})
    assert [each.peer_id for each in event.contacts] == ["a", "c"]
    assert odd == ["AddressBookReceived.abook"] * 5


@pytest.mark.parametrize("book", [None, {}, "none", 7])
def test_what_is_no_list_is_an_empty_one(book: object) -> None:
    event, odd = read({"event": "abReceivedAfterLogin", "abook": book})
    assert event == AddressBookReceived()
    assert odd == ["AddressBookReceived.abook"]


def test_an_object_in_place_of_a_list_is_the_only_entry() -> None:
    event, odd = read({"event": "abReceivedAfterLogin", "abook": {"peerId": "a@b", "peerDn": "Anna"}})
    assert ([each.peer_id for each in event.contacts], odd) == (["a@b"], [])


def test_an_odd_right_of_a_meeting_costs_itself() -> None:
    rights = {"guest": {"chat_send": True, "chat_rcv": "perhaps"}, "user": None}
    event, odd = read({"event": "conferenceList", "conferences": [{"id": "1", "rights": rights}]})
    assert event.conferences[0].rights == {"guest": {"chat_send": True}}
    assert set(odd) == {"ConferenceList.conferences.rights"}


def test_a_field_that_must_be_there_still_costs_the_message() -> None:
    with pytest.raises(ProtocolError, match=r"AppStateChanged: `appState`"):
        read({"event": "appStateChanged", "appState": None})


def test_a_setting_of_the_wrong_type_costs_itself() -> None:
    settings = [{"name": "autoAccept", "value": "perhaps"}, {"name": "inputBandWidth", "value": "512"}]
    found, _ = reply(SettingsReply, {"settings": settings})
    assert typed(found).input_bandwidth == 512
    assert typed(found).auto_accept is None


@pytest.mark.parametrize("number", [77, 77.0, "77"])
def test_a_number_that_nobody_knows_survives_however_it_is_written(number: object) -> None:
    found, odd = reply(SettingsReply, {"settings": [{"name": "cameraRemoteControlAccess", "value": number}]})
    access = typed(found).camera_remote_control_access
    assert access is not None
    assert (access, access.name, odd) == (77, "UNKNOWN_77", [])


def test_a_large_book_with_an_odd_entry_is_read() -> None:
    book = [{"peerId": f"user{number}@example.com", "peerDn": "Somebody", "status": 1} for number in range(20_000)]
    book[7]["peerDn"] = None
    raw = json.dumps({"event": "abReceivedAfterLogin", "abook": book})
    assert len(raw) > LARGEST_SWELLING
    event = decode(raw)
    assert isinstance(event, AddressBookReceived)
    assert len(event.contacts) == 20_000


@pytest.mark.parametrize(
    ("frame", "odd"),
    [
        (
            {"event": "abReceivedAfterLogin", "abook": [{"peerId": "a", "peerDn": []}]},
            Odd("AddressBookReceived.abook.peerDn", "Expected `str`, got `array`"),
        ),
        (
            {"event": "abReceivedAfterLogin", "abook": [{"peerDn": "nobody"}]},
            Odd("AddressBookReceived.abook", "`peerId` is missing"),
        ),
        (
            {"event": "conferenceList", "conferences": [{"id": "1", "rights": {"user": 7}}]},
            Odd("ConferenceList.conferences.rights", "Expected `object`, got `int`"),
        ),
    ],
)
def test_what_is_left_out_says_what_was_expected(frame: dict[str, Any], odd: Odd) -> None:
    noted: list[Odd] = []
    decode(json.dumps(frame), noted.append)
    assert noted == [odd]


@pytest.mark.parametrize(("state", "odd"), [(2.0, []), (2.5, ["AddressBookReceived.abook.status"])])
def test_a_number_between_two_members_is_neither(state: float, odd: list[str]) -> None:
    event, where = read({"event": "abReceivedAfterLogin", "abook": [{"peerId": "a", "status": state, "peerDn": None}]})
    assert event.contacts[0].status == (PeerStatus(2) if state == 2.0 else Contact(peer_id="a").status)
    assert where == ["AddressBookReceived.abook.peerDn", *odd]


def test_a_message_of_more_parts_than_memory_is_well_spent_on_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leniency, "MOST_PARTS", 4)
    book = {"event": "abReceivedAfterLogin", "abook": [{"peerId": "a", "peerDn": None}]}
    assert read(book)[0].contacts == (Contact(peer_id="a"),)
    with pytest.raises(ProtocolError, match="AddressBookReceived: oversized, more than 4 values"):
        read(book | {"more": 1, "and": 2})


def test_not_more_than_so_many_odd_values_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leniency, "MOST_ODD", 11)
    found, odd = reply(ParticipantsReply, {"participants": [{"peerId": "a", "role": "?"}] * 9})
    assert len(found.participants) == 5  # the reply, the list, and twice for each
    assert odd[-1] == "ParticipantsReply.participants"
    noted: list[Odd] = []
    decode_as(
        ParticipantsReply, b'{"result":true,"participants":[%s]}' % b",".join([b'{"role":"?"}'] * 12), noted.append
    )
    assert noted[-1].reason == "more than 11 values could not be read"


LISTS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "abook": (AddressBookReply, {"peerId": "a"}),
    "participants": (ParticipantsReply, {"peerId": "a", "role": 2}),
    "calls": (CallHistoryReply, {"type": 1, "peerId": "a"}),
    "conferences": (ConferenceList, {"id": "1"}),
}
odd_entries = st.none() | st.integers() | st.text() | st.dictionaries(st.sampled_from(["peerId", "id", "x"]), st.none())


@pytest.mark.parametrize("name", LISTS)
@given(odd=odd_entries)
def test_one_odd_entry_never_costs_another(name: str, odd: object) -> None:
    kind, good = LISTS[name]
    alone, beside = (reply(kind, {name: entries})[0] for entries in ([good, good], [good, odd, good]))
    field = next(each.name for each in msgspec.structs.fields(kind) if each.encode_name == name)
    entries = getattr(beside, field)
    assert (entries[0], entries[-1]) == getattr(alone, field)


def test_roles_that_nobody_knows_are_kept() -> None:
    found, odd = reply(ParticipantsReply, {"participants": [{"peerId": "a", "role": 9}]})
    assert found.participants[0].role == ConferenceRole(9)
    assert odd == []


@pytest.mark.parametrize("text", ["nan", "NaN", "-nan", "inf", "Infinity", "-INF"])
def test_a_text_that_is_a_number_to_the_library_and_to_nobody_else_is_left_out(text: str) -> None:
    noted: list[Odd] = []
    raw = json.dumps({"result": True, "confState": 1, "duration": text, "peerDn": text}).encode()
    reply = decode_as(ConferencesReply, raw, noted.append)
    assert (reply.duration, reply.peer_name) == (0, text)
    assert [odd.where for odd in noted] == ["ConferencesReply.duration"]


def test_nor_is_it_in_a_list_or_deeper() -> None:
    noted: list[Odd] = []
    axis = {"support": True, "minValue": "-inf", "maxValue": 10, "currentValue": "nan"}
    reply = decode_as(PtzReply, json.dumps({"result": True, "pan": axis}).encode(), noted.append)
    assert reply.pan == Axis(support=True, max_value=10)
    assert [odd.where for odd in noted] == ["PtzReply.pan.minValue", "PtzReply.pan.currentValue"]
