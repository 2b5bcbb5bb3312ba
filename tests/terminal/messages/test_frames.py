import contextlib
import json
import tracemalloc
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.terminal.messages import (
    Event,
    ProtocolError,
    ReplyFrame,
    UnknownEvent,
    Untyped,
    decode,
    decode_as,
    encode,
    encode_event,
    extra_fields,
    reply_as,
)
from appliance.terminal.messages.account import Auth, AuthorizationNeeded, AuthReply
from appliance.terminal.messages.calls import (
    AppStateChanged,
    AppStateReply,
    Call,
    HangUp,
    NewParticipant,
    ParticipantsReply,
    RejectReceived,
)
from appliance.terminal.messages.client_enums import (
    EchoTestState,
    HttpServerState,
    LicenceType,
    SaveMode,
    VideoCodec,
)
from appliance.terminal.messages.contacts import ContactDetails, ContactUnblocked
from appliance.terminal.messages.enums import AppState, CameraRequestRefusal, ConferenceRole, EvictionCause, RejectCause
from appliance.terminal.messages.every import EVENTS
from appliance.terminal.messages.far_end import CameraRequestRefused, FarCameraDown
from appliance.terminal.messages.files import FileOffered, TransfersReply
from appliance.terminal.messages.groups import ChangedGroup, Group, GroupsAdded, GroupsReply
from appliance.terminal.messages.hardware import EchoTestChanged, HardwareChanged, ModesChanged, SetModes
from appliance.terminal.messages.http_server import HttpServerChanged
from appliance.terminal.messages.leniency import Odd
from appliance.terminal.messages.maintenance import DataSaved, LicenceTypeReply
from appliance.terminal.messages.parts import Device, Person
from appliance.terminal.messages.people import AddressBookReceived, AddressBookReply
from appliance.terminal.messages.podium import RoleChanged
from appliance.terminal.messages.security import AccountProtection, HttpTokenReply, ProtectionReply
from appliance.terminal.messages.server import LogIn
from appliance.terminal.messages.system import Receiver, SystemRatingChanged

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
field_names = st.sampled_from(
    sorted({field.encode_name for kind in EVENTS.values() for field in msgspec.structs.fields(kind)})
)


@given(st.binary() | st.text())
def test_any_frame_is_a_message_or_a_protocol_error(frame: bytes | str) -> None:
    with contextlib.suppress(ProtocolError):
        decode(frame)


@given(st.sampled_from(sorted(EVENTS)), st.dictionaries(field_names | st.text(), json_values))
def test_any_fields_of_a_known_event_are_a_message_or_a_protocol_error(name: str, fields: dict[str, Any]) -> None:
    with contextlib.suppress(ProtocolError):
        decode(json.dumps({**fields, "event": name}))


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"event"',
        b"{}",
        b'{"method":"call"}',
        b'{"method":"call","result":1}',
        b'{"result":true}',  # a reply to what?
        b'{"state":1,"delay":10}',
        b'{"event":"","callId":[7]}',
        b'{"event":"login"}',  # `result` is required
        b'{"event":"login","result":"?"}',
        b'{"event":"news","text":"\xff"}',  # not UTF-8, in a field that the head passes over
        b'{"event":"news","text":"\\ud800"}',  # half a surrogate pair
        b'{"event":"login","result":0,"peerDn":"\\ud800"}',
        b'{"event":"news","n":1e999}',
        b'{"event":"contactUnblocked","peerId":7,"peedDn":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"event":' + b"[" * 100_000,
        b'{"event":"news","deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "{\ud800}",
    ],
    ids=lambda frame: repr(frame[:40]),
)
def test_what_is_no_message_is_a_protocol_error(frame: bytes | str) -> None:
    with pytest.raises(ProtocolError):
        decode(frame)


def test_a_deeply_nested_optional_field_costs_itself_or_the_message_and_nothing_else() -> None:
    frame = b'{"event":"contactUnblocked","peerId":"a","peedDn":' + b"[" * 900 + b"]" * 900 + b"}"
    try:
        found = decode(frame)
    except ProtocolError:  # how deep Python goes depends on its version
        return
    assert found == ContactUnblocked(peer_id="a")


@pytest.mark.parametrize(
    "event",
    [
        AppStateChanged(app_state=AppState.WAITING, owner="ann@example.com", embedded_http_port=8766),
        RejectReceived(cause=RejectCause.BUSY, peer_id="bob", peer_name="Боб"),
        AuthorizationNeeded(cause=EvictionCause.TOKEN_EXPIRED),
        AuthorizationNeeded(),  # and nothing that it says
    ],
)
def test_an_event_comes_back_as_it_was_written(event: Event) -> None:
    assert decode(encode_event(event)) == event


def test_names_are_read_without_regard_to_case_and_in_both_spellings() -> None:
    assert decode('{"method":"EVENT","event":"AppStateChanged","appState":3}') == AppStateChanged(
        app_state=AppState.READY
    )
    assert decode('{"event":"autorizationNeeded","cause":2}') == AuthorizationNeeded(
        cause=EvictionCause.USER_RESET_BY_UNSECURED_ADMIN
    )


def test_a_wrong_type_in_an_optional_field_costs_only_that_field() -> None:
    event = decode('{"event":"rejectReceived","cause":2,"peerId":["?"],"peerDn":"Bob"}')
    assert event == RejectReceived(cause=RejectCause.BUSY, peer_id="", peer_name="Bob")


def test_a_wrong_type_in_a_required_field_is_named() -> None:
    with pytest.raises(ProtocolError, match="AppStateChanged: `appState`"):
        decode('{"event":"appStateChanged","appState":"busy"}')
    with pytest.raises(ProtocolError, match="AppStateReply: `appState` is missing"):
        decode_as(AppStateReply, b'{"method":"getAppState","result":true}')


def test_an_unknown_event_keeps_its_fields() -> None:
    assert decode('{"method":"event","event":"dooropened","wide":true}') == UnknownEvent(
        "dooropened", {"method": "event", "event": "dooropened", "wide": True}
    )


def test_an_unknown_number_survives() -> None:
    event = decode('{"event":"appStateChanged","appState":9}')
    assert isinstance(event, AppStateChanged)
    assert (event.app_state, event.app_state.name) == (9, "UNKNOWN_9")


@pytest.mark.parametrize(("wire", "request_id"), [('"a1"', "a1"), ("17", "17"), ("null", ""), ('""', "")])
def test_a_request_id_may_be_text_number_or_nothing(wire: str, request_id: str) -> None:
    frame = decode(f'{{"method":"call","requestId":{wire},"result":false,"error":null}}')
    assert isinstance(frame, ReplyFrame)
    assert (frame.request_id, frame.result, frame.error) == (request_id, False, "")


def test_commands_start_with_their_id_and_leave_out_what_is_not_said() -> None:
    assert (
        encode(Call(peer_id="ann@example.com"), "5") == b'{"requestId":"5","method":"call","peerId":"ann@example.com"}'
    )
    assert encode(HangUp(), "6") == b'{"requestId":"6","method":"hangUp"}'
    assert encode(HangUp(for_all=False), "6") == b'{"requestId":"6","method":"hangUp","forAll":false}'
    assert encode(Untyped("setSleepMode", {"enabled": True}), "7") == (
        b'{"requestId":"7","method":"setSleepMode","enabled":true}'
    )


def test_secrets_are_in_no_repr() -> None:
    assert "4711" not in repr(Auth(type="secured", credentials="4711"))
    assert "4711" not in repr(AuthReply(result=True, token="4711", http_token="4711"))
    assert "4711" not in repr(LogIn(login="room", password="4711"))
    assert "4711" not in repr(Call(peer_id="bob", pin="4711"))
    assert "4711" not in repr(AccountProtection(pin="4711"))
    assert "4711" not in repr(ProtectionReply(new_pin="4711", token="4711", http_token="4711"))
    assert "4711" not in repr(HttpTokenReply(token="4711"))
    assert repr(LogIn(login="room", password="4711")) == "LogIn(login='room', encrypt_password=UNSET)"


@pytest.mark.parametrize(
    ("wire", "event"),
    [
        ('{"event":"contactUnblocked","peerId":"a","peedDn":"A"}', ContactUnblocked(peer_id="a", peer_name="A")),
        ('{"event":"contactUnblocked","peerId":"a","peerDn":"A"}', ContactUnblocked(peer_id="a", peer_name="A")),
        (
            '{"event":"contactUnblocked","peerId":"a","peedDn":"x","peerDn":"A"}',
            ContactUnblocked(peer_id="a", peer_name="A"),
        ),
        (
            '{"event":"newParticipantInConference","peerId":"a","slideShow":true}',
            NewParticipant(peer_id="a", slide_show=True),
        ),
        (
            '{"event":"newParticipantInConference","peerId":"a","slideShowFlag":true}',
            NewParticipant(peer_id="a", slide_show=True),
        ),
        (
            '{"event":"hardwareChanged","videoCapturers":[{"name":"c"}],"currentVideoCapturerName":"c"}',
            HardwareChanged(cameras=(Device(name="c"),), camera_name="c"),
        ),
        (
            '{"event":"hardwareChanged","videoCapturer":[{"name":"c"}],"videoCapturerName":"c"}',
            HardwareChanged(cameras=(Device(name="c"),), camera_name="c"),
        ),
        ('{"event":"receivedFileRequest","id":2,"name":"a.txt"}', FileOffered(id=2, name="a.txt")),
        ('{"event":"receivedFileRequest","id":"2","fileName":"a.txt"}', FileOffered(id="2", name="a.txt")),
        ('{"event":"dataSaved","containerName":"c","flags":"def"}', DataSaved(container="c", mode=SaveMode("def"))),
        ('{"event":"dataSaved","containerName":"c","flag":"def"}', DataSaved(container="c", mode=SaveMode("def"))),
        (
            '{"event":"groupsAdded","groups":[{"id":1,"peers":[{"peerId":"a"}]}]}',
            GroupsAdded(groups=(ChangedGroup(group_id=1, users=(Person(peer_id="a"),)),)),
        ),
        ('{"event":"onSystemRatingUpdated","state":2}', EchoTestChanged(state=EchoTestState.RUNNING)),
        ('{"event":"audioDelayDetectorTestStateChanged","state":2}', EchoTestChanged(state=EchoTestState.RUNNING)),
        ('{"event":"detailsInfo","peerId":"a","lastName":"A"}', ContactDetails(peer_id="a", last_name="A")),
        ('{"event":"detailInfo","peerId":"a","lastName":"A"}', ContactDetails(peer_id="a", last_name="A")),
        ('{"event":"","callId":"a","reason":1}', CameraRequestRefused(call_id="a", reason=CameraRequestRefusal(1))),
        (
            '{"event":"deviceModesDone","activePin":"NTSC","activeMode":"RGB"}',
            ModesChanged(active_pin="NTSC", active_mode="RGB"),
        ),
        ('{"event":"roleEventOccured","peerId":"a","role":3}', RoleChanged(peer_id="a", role=ConferenceRole(3))),
    ],
)
def test_what_the_manual_spells_in_two_ways_is_read_in_both(wire: str, event: Event) -> None:
    assert decode(wire) == event


def test_other_spellings_are_read_in_lists_too() -> None:
    reply = decode_as(ParticipantsReply, b'{"result":true,"participants":[{"peerId":"a","slideShow":true}]}')
    assert reply.participants[0].slide_show is True
    groups = decode_as(GroupsReply, b'{"groups":[{"groupId":1,"users":[{"peerId":"a"}]}]}')
    assert groups.groups == (Group(id=1, peers=(Person(peer_id="a"),)),)
    files = decode_as(TransfersReply, b'{"files":[{"id":1,"fileName":"a"},{"id":"2","name":"b"}]}')
    assert [(file.id, file.name) for file in files.files] == [(1, "a"), ("2", "b")]


def test_another_spelling_does_not_save_a_wrong_type_but_the_message_survives() -> None:
    assert decode('{"event":"contactUnblocked","peerId":"a","peedDn":[1]}') == ContactUnblocked(peer_id="a")


def test_what_we_send_is_what_the_wire_takes() -> None:
    assert encode(FarCameraDown(owner="a"), "1") == (
        b'{"requestId":"1","method":"remotelyControlledCameraPtzDown","cameraOwnerCallId":"a"}'
    )
    assert (
        encode(SetModes(pin="RGB", mode="PAL"), "1")
        == b'{"requestId":"1","method":"setModes","pin":"RGB","mode":"PAL"}'
    )


def test_a_rating_that_is_neither_rating_nor_echo_test_is_an_error() -> None:
    with pytest.raises(ProtocolError, match="EchoTestChanged: `state` is missing"):
        decode('{"event":"onSystemRatingUpdated","delay":10}')
    assert isinstance(decode('{"event":"onSystemRatingUpdated","videoQuality":{"send":"HD"}}'), SystemRatingChanged)


@pytest.mark.parametrize(
    ("frame", "where"),
    [
        ('{"event":"appStateChanged","appState":3,"embeddedHttpPort":"x"}', "AppStateChanged.embeddedHttpPort"),
        ('{"event":"onSystemRatingUpdated","state":1,"delay":"x"}', "EchoTestChanged.delay"),
        ('{"method":"getAbook","result":true,"abook":[{"peerId":"a","peerDn":[]}]}', "AddressBookReply.abook.peerDn"),
    ],
)
def test_whoever_wants_to_know_hears_of_what_could_not_be_read(frame: str, where: str) -> None:
    noted: list[Odd] = []
    message = decode(frame, noted.append)
    if isinstance(message, ReplyFrame):
        reply_as(AddressBookReply, message, noted.append)
    assert [odd.where for odd in noted] == [where]


def test_what_is_no_message_of_the_interface_is_read_like_one() -> None:
    class Plain(msgspec.Struct):
        number: int
        name: str = ""

    assert decode_as(Plain, b'{"number":"7","name":null}') == Plain(7)


def test_a_reply_without_method_is_told_by_its_id() -> None:
    frame = decode('{"requestId":"5","result":true,"peerDn":"getContactDetails"}')
    assert isinstance(frame, ReplyFrame)
    assert (frame.method, frame.request_id) == ("", "5")


def test_a_number_written_as_text_is_a_number_and_an_id_stays_as_it_is() -> None:
    assert decode_as(LicenceTypeReply, b'{"value":"2"}').value is LicenceType.FULL
    assert decode('{"event":"appStateChanged","appState":"5","embeddedHttpPort":"80"}') == AppStateChanged(
        app_state=AppState.IN_CONFERENCE, embedded_http_port=80
    )


def test_unknown_words_and_numbers_survive() -> None:
    receiver = decode_as(Receiver, b'{"peerId":"a","streamFormat":"AV1"}')
    assert isinstance(receiver.codec, VideoCodec)
    assert (receiver.codec, receiver.codec.name) == ("AV1", "UNKNOWN_AV1")
    event = decode('{"event":"httpServerStateChanged","state":9}')
    assert isinstance(event, HttpServerChanged)
    assert (event.state, event.state.name) == (HttpServerState(9), "UNKNOWN_9")


def test_fields_that_a_type_does_not_know_are_within_reach() -> None:
    frame = '{"event":"contactUnblocked","method":"event","peerId":"a","peedDn":"A","since":7}'
    assert extra_fields(ContactUnblocked, frame) == {"since": 7}
    assert extra_fields(AppStateReply, b'{"method":"getAppState","requestId":"1","result":true,"appState":3}') == {}
    with pytest.raises(ProtocolError):
        extra_fields(AppStateReply, b"[]")


def filled(head: bytes, piece: bytes, tail: bytes, size: int) -> bytes:
    """A frame of just `size` bytes with as many pieces as it holds."""
    count = (size - len(head) - len(tail)) // len(piece)
    return (head + piece * count).removesuffix(b",") + tail


SWELLING = [
    filled(b'{"event":"news","list":[', piece, b"]}", 2**20)
    for piece in (b'{"":1},', b'{"":{}},', b"[],", b"{},", b"[[]],", b'"ab",', b"300,", b"0.1,")
]
OTHERS = [
    filled(b'{"event":"settingsChanged","name":"x","value":[', b'{"":1},', b"]}", 2**20),
    filled(b'{"event":"hardwareChanged","audioCapturers":[', b"{},", b"]}", 2**20),
    filled(b'{"event":"appStateChanged","appState":"?","requests":[', b'{"":1},', b"]}", 2**20),
    filled(b'{"event":"abReceivedAfterLogin","abook":[', b'{"peerId":""},', b"]}", 4 * 2**20),
    filled(b'{"event":"usersStatusesChanged","usersStatuses":[', b'{"peerId":""},', b"7]}", 2**20),
]


@pytest.mark.slow
@pytest.mark.parametrize("frame", [*SWELLING, *OTHERS], ids=lambda frame: repr(frame[:60]))
def test_no_frame_takes_more_than_64_mib(frame: bytes) -> None:
    tracemalloc.start()
    try:
        with contextlib.suppress(ProtocolError):
            decode(frame)
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()


def test_another_spelling_takes_no_more_memory() -> None:
    frame = filled(b'{"event":"hardwareChanged","audioCapturer":[', b"{},", b"]}", 2**16)
    tracemalloc.start()
    try:
        decode(frame)
        assert tracemalloc.get_traced_memory()[1] < 64 * len(frame)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("event", ["news", "settingsChanged", "hardwareChanged", "conferenceList"])
def test_a_frame_that_might_swell_is_an_error_beyond_1_mib(event: str) -> None:
    with pytest.raises(ProtocolError, match=r"oversized, 1048\d\d\d bytes: expected at most 1048576"):
        decode(f'{{"event":"{event}","name":"x","text":"{"x" * 2**20}"}}')


def test_a_frame_of_just_1_mib_is_none() -> None:
    head, tail = '{"event":"news","text":"', '"}'
    frame = head + "x" * (2**20 - len(head) - len(tail)) + tail
    assert isinstance(decode(frame), UnknownEvent)
    with pytest.raises(ProtocolError, match="news: oversized"):
        decode(f"{frame} ")


def test_an_address_book_may_be_large_and_nothing_larger_than_4_mib() -> None:
    event = decode(filled(b'{"event":"abReceivedAfterLogin","abook":[', b'{"peerId":"a"},', b"]}", 2 * 2**20))
    assert isinstance(event, AddressBookReceived)
    assert len(event.contacts) > 100_000
    with pytest.raises(ProtocolError, match="frame: oversized"):
        decode(b" " * (4 * 2**20 + 1))
    with pytest.raises(ProtocolError, match="AddressBookReceived: oversized"):
        decode_as(AddressBookReceived, b" " * (4 * 2**20 + 1))
