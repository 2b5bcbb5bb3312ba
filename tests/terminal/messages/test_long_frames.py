"""Long frames: as if read at once, and never in one step."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.terminal.messages import AnyEvent, ProtocolError, ReplyFrame, decode, decode_as, long_frames, reply_as
from appliance.terminal.messages.hardware import HardwareChanged
from appliance.terminal.messages.leniency import Note, Odd, ignore
from appliance.terminal.messages.long_frames import read_in_steps
from appliance.terminal.messages.people import AddressBookReceived, AddressBookReply, Contact


def contacts_of(message: ReplyFrame | AnyEvent) -> tuple[Contact, ...]:
    book = message.value if isinstance(message, ReplyFrame) else message
    assert isinstance(book, AddressBookReply | AddressBookReceived)
    return book.contacts


def in_steps(frame: str, note: Note = ignore) -> tuple[ReplyFrame | AnyEvent, int]:
    """The message, and the number of steps."""
    steps, taken = read_in_steps(frame, note), 1
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value, taken
        taken += 1


def event(entries: list[Any]) -> str:
    return json.dumps({"method": "event", "event": "abReceivedAfterLogin", "abook": entries}, ensure_ascii=False)


def reply(entries: list[Any]) -> str:
    return json.dumps({"method": "getAbook", "requestId": "7", "result": True, "abook": entries}, ensure_ascii=False)


def person(number: int, name: str = "Константин Константинопольский") -> dict[str, Any]:
    return {"peerId": f"person.{number}@meet.example.com", "peerDn": f"{name} {number}", "status": number % 3}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(["peerId", "peerDn", "status", "more", '"abook":[', "\\", "]}"])
entries = st.lists(st.dictionaries(names, st.text(alphabet='a"\\[]{},:é', max_size=6) | json_values, max_size=5))
members = st.dictionaries(st.sampled_from(["a", "calls", "errör"]), json_values, max_size=3)


@given(entries, members, st.sampled_from([None, 1]))
def test_in_steps_or_at_once_is_the_same(entries: list[Any], members: dict[str, Any], indent: int | None) -> None:
    whole = {**members, "method": "event", "event": "abReceivedAfterLogin", "abook": entries, "last": "x]"}
    frame = json.dumps(whole, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_frames, "STEP", 20)
        noted, expected = list[Odd](), list[Odd]()
        message, _ = in_steps(frame, noted.append)
    assert message == decode(frame, expected.append)
    assert sorted(odd.where for odd in noted) == sorted(odd.where for odd in expected)


def test_what_is_odd_outside_of_the_lists_is_told_once_however_many_pieces_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_frames, "STEP", 20)
    calls: list[dict[str, Any]] = [
        {"type": 1, "peerId": f"{number}@x", "startTime": {} if number == 5 else number} for number in range(9)
    ]
    frame = json.dumps({"method": "getCallHistory", "result": True, "lastView": {}, "calls": calls})
    noted = list[Odd]()
    message, steps = in_steps(frame, noted.append)
    assert isinstance(message, ReplyFrame)
    assert steps > 9
    assert [odd.where for odd in noted] == ["CallHistoryReply.lastView", "CallHistoryReply.calls.startTime"]


@given(entries, st.booleans())
def test_a_reply_has_its_value_with_it(entries: list[Any], result: bool) -> None:
    frame = reply(entries).replace("true", json.dumps(result), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_frames, "STEP", 20)
        message, _ = in_steps(frame)
    plain = decode(frame)
    assert isinstance(message, ReplyFrame)
    assert isinstance(plain, ReplyFrame)
    assert (message.method, message.request_id, message.result, message.raw) == (
        *(plain.method, plain.request_id, plain.result, plain.raw),
    )
    assert reply_as(AddressBookReply, message) == decode_as(AddressBookReply, plain.raw)
    has_lists = '"abook": [' in frame
    assert message.value == (decode_as(AddressBookReply, plain.raw) if result and has_lists else None)


@pytest.mark.parametrize(
    "frame",
    [
        "[" * 100_000,
        '{"event":"abReceivedAfterLogin","abook":[' + '{"peerId":"a"},' * 10_000,
        '{"event":"abReceivedAfterLogin","abook":[' + '{"peerId":"a"},' * 10_000 + '{"peerId":]}',
        '{"event":"abReceivedAfterLogin","abook":[' + '{"peerId":"a"} ' * 10_000 + "]}",
        '{"event":"news","text":"' + "x" * 5 * 2**20 + '"}',
        '{"event":"news","abook":[' + '{"peerId":"a"},' * 500_000 + "{}]}",
    ],
)
def test_what_is_no_message_is_an_error(frame: str) -> None:
    with pytest.raises(ProtocolError):
        in_steps(frame)


@pytest.mark.parametrize(
    "frame",
    [
        '{"method":"getAbook","result":true,"files":[{"id":1 2}],"abook":[]}',
        '{"method":"nobodyKnows","requestId":"7","result":true,"files":[{"id":1 2}]}',
        '{"method":"getAbook","result":false,"error":"x","abook":[{"peerId":1 2}]}',
        '{"method":"event","event":"abReceivedAfterLogin","abook":[],"files":[{"id":1,},{"id":2}]}',
        '{"method":"event","event":"abReceivedAfterLogin","abook":[{"peerId":"a long enough one"},]}',
    ],
)
def test_what_is_broken_where_nobody_looks_is_an_error_too(frame: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 20)
    with pytest.raises(ProtocolError):
        in_steps(frame)
    with pytest.raises(ProtocolError):
        decode(frame)


@pytest.mark.parametrize("build", [event, reply])
@pytest.mark.parametrize("odd", [False, True])
def test_no_step_reads_much(build: Any, odd: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in characters and not timed: a step finds where to cut in `STEP` of them, or reads one piece of that."""
    read: list[int] = []

    def counted(kind: type[msgspec.Struct], data: bytes, note: Note = ignore) -> msgspec.Struct:
        read.append(len(data.decode()))
        return decode_as(kind, data, note)

    monkeypatch.setattr(long_frames, "decode_as", counted)
    book = [person(number) for number in range(50_000)]
    if odd:
        book[25_000] = {"peerId": "odd", "peerDn": None}
    frame = build(book)
    assert len(frame.encode()) > 5 * 2**20
    message, steps = in_steps(frame)
    pieces = len(frame) / (long_frames.STEP + 1000)  # of entries that are whole
    contacts = contacts_of(message)
    assert len(contacts) == 50_000
    assert contacts[-1] == Contact(peer_id=book[-1]["peerId"], peer_name=book[-1]["peerDn"], status=book[-1]["status"])
    assert max(read) <= long_frames.STEP + 1000
    assert steps >= 2 * pieces  # one pass to find them, one to read them
    assert len(read) <= steps


def test_a_piece_has_as_many_entries_as_a_step_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 250)
    read: list[int] = []

    def counted(kind: type[msgspec.Struct], data: bytes, note: Note = ignore) -> msgspec.Struct:
        read.append(len(data))
        return decode_as(kind, data, note)

    monkeypatch.setattr(long_frames, "decode_as", counted)
    frame = event([{"peerId": "x" * 86}] * 100)  # a hundred characters each
    _, steps = in_steps(frame)
    assert len(read) == 1 + 34  # what is around the list, and three entries each time
    assert max(read) < 400
    assert steps <= len(frame) // 250 + len(read)


def test_a_frame_with_a_text_that_is_too_long_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 500)
    frame = event([{"peerId": "x" * 100}] * 50)
    assert in_steps(frame)[1] > 1
    monkeypatch.setattr(long_frames, "LONGEST_GAP", 100)
    assert in_steps(frame) == (decode(frame), 1)


@pytest.mark.parametrize("rest", ["", "x" * 1000])
def test_what_is_read_at_once_is_told_of_as_well(rest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 20)
    monkeypatch.setattr(long_frames, "LONGEST_REST", 500)
    frame = json.dumps(json.loads(event([{"peerId": "a", "peerDn": []}])) | {"rest": rest})
    noted = list[Odd]()
    message, _ = in_steps(frame, noted.append)
    assert contacts_of(message) == (Contact(peer_id="a"),)
    in_steps('{"event":"appStateChanged","appState":3,"embeddedHttpPort":"x"}', noted.append)
    assert [odd.where for odd in noted] == ["AddressBookReceived.abook.peerDn", "AppStateChanged.embeddedHttpPort"]


def test_a_list_whose_name_is_spelled_otherwise_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 20)
    devices = [{"name": f"microphone {number}"} for number in range(9)]
    frame = json.dumps({"method": "event", "event": "hardwareChanged", "audioCapturer": devices})
    message, steps = in_steps(frame)
    assert steps > 9
    assert isinstance(message, HardwareChanged)
    assert len(message.microphones) == 9
    assert message == decode(frame)


def test_of_entries_that_are_large_in_memory_fewer_characters_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "STEP", 20)
    monkeypatch.setattr(long_frames, "LARGEST_SWELLING", 250)
    monkeypatch.setattr(long_frames, "MOST_READ", 450)
    noted = list[Odd]()
    devices, _ = in_steps(
        json.dumps({"event": "hardwareChanged", "audioCapturers": [{"name": "abcde"}] * 100}), noted.append
    )
    book, _ = in_steps(event([{"peerId": "abc"}] * 100), noted.append)
    assert isinstance(devices, HardwareChanged)
    assert (len(devices.microphones), len(contacts_of(book))) == (12, 22)
    assert [odd.left_out for odd in noted] == [88, 78]


def test_entries_beyond_the_most_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_frames, "MOST_ENTRIES", 1000)
    noted = list[Odd]()
    message, _ = in_steps(event([person(number) for number in range(5000)]), noted.append)
    assert isinstance(message, AddressBookReceived)
    assert [contact.peer_id for contact in message.contacts] == [person(number)["peerId"] for number in range(1000)]
    assert [(odd.where, odd.left_out) for odd in noted] == [("AddressBookReceived.abook", 4000)]
    assert noted[0].reason == "4000 entries left out: expected at most 1000, or 16777216 bytes"


def test_an_address_book_of_32_mib_is_read_as_far_as_memory_allows() -> None:
    noted = list[Odd]()
    message, _ = in_steps(reply([person(number) for number in range(300_000)]), noted.append)
    assert isinstance(message, ReplyFrame)
    assert len(reply_as(AddressBookReply, message).contacts) == 50_000
    assert [odd.left_out for odd in noted] == [250_000]
