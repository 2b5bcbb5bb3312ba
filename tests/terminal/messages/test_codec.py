import contextlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.terminal.messages import (
    COMMANDS,
    EVENTS,
    Event,
    ProtocolError,
    ReplyFrame,
    UnknownEvent,
    Untyped,
    decode,
    decode_as,
    encode,
    encode_event,
)
from appliance.terminal.messages.account import Auth, AuthorizationNeeded, AuthReply
from appliance.terminal.messages.calls import AppStateChanged, AppStateReply, Call, HangUp, RejectReceived
from appliance.terminal.messages.enums import AppState, EvictionCause, RejectCause

EXAMPLES = json.loads((Path(__file__).parents[2] / "data" / "examples.json").read_text())
REPLIES = [(c["name"], reply) for c in EXAMPLES["commands"] for reply in c.get("replies", [])]
PRINTED_EVENTS = [(e["name"], example) for e in EXAMPLES["events"] for example in e["examples"]]


BROKEN_PRINTS = {  # no method, or an empty event name: not what any terminal sends
    "getContactDetails",
    "getAudioDelayDetectorInfo",
    "outgoingRequestCameraControlRejected",
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
field_names = st.sampled_from(
    sorted({field.encode_name for kind in EVENTS.values() for field in msgspec.structs.fields(kind)})
)


def named(value: object) -> str:
    return value if isinstance(value, str) else "-"


@pytest.mark.parametrize(("name", "reply"), REPLIES, ids=named)
def test_every_printed_reply_is_read(name: str, reply: dict[str, Any]) -> None:
    if name in BROKEN_PRINTS:
        with pytest.raises(ProtocolError):
            decode(json.dumps(reply))
        return
    frame = decode(json.dumps(reply))
    if isinstance(frame, ReplyFrame) and frame.result and frame.method.lower() in COMMANDS:
        decode_as(COMMANDS[frame.method.lower()].reply, frame.raw)


@pytest.mark.parametrize(("name", "event"), PRINTED_EVENTS, ids=named)
def test_every_printed_event_is_read(name: str, event: dict[str, Any]) -> None:
    if name in BROKEN_PRINTS:
        with pytest.raises(ProtocolError):
            decode(json.dumps(event))
        return
    assert isinstance(decode(json.dumps(event)), EVENTS.get(event["event"].lower(), UnknownEvent))


@pytest.mark.parametrize("command", [c for c in EXAMPLES["commands"] if c["name"].lower() in COMMANDS], ids=named)
def test_our_commands_are_written_as_printed(command: dict[str, Any]) -> None:
    kind = COMMANDS[command["name"].lower()]
    known = {field.encode_name for field in msgspec.structs.fields(kind)} | {"method"}
    for request in command["requests"]:
        ours = {key: value for key, value in request.items() if key in known}
        written = json.loads(encode(decode_as(kind, json.dumps(request).encode()), "7"))
        assert written == {**ours, "method": kind.method, "requestId": "7"}


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
        b'{"event":"login"}',  # `result` is required
        b'{"event":"login","result":"?"}',
        b'{"event":"news","text":"\xff"}',  # not UTF-8, in a field that the head passes over
        b'{"event":"news","text":"\\ud800"}',  # half a surrogate pair
        b'{"event":"login","result":0,"peerDn":"\\ud800"}',
        b'{"event":"news","n":1e999}',
        b'{"event":' + b"[" * 100_000,
        b'{"event":"news","deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "{\ud800}",
    ],
    ids=lambda frame: repr(frame[:40]),
)
def test_what_is_no_message_is_a_protocol_error(frame: bytes | str) -> None:
    with pytest.raises(ProtocolError):
        decode(frame)


@pytest.mark.parametrize(
    "event",
    [
        AppStateChanged(app_state=AppState.WAITING, owner="ann@example.com", embedded_http_port=8766),
        RejectReceived(cause=RejectCause.BUSY, peer_id="bob", peer_name="Боб"),
        AuthorizationNeeded(cause=EvictionCause.TOKEN_EXPIRED),
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
    assert decode('{"method":"event","event":"sleepModeChanged","enabled":true}') == UnknownEvent(
        "sleepModeChanged", {"method": "event", "event": "sleepModeChanged", "enabled": True}
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
