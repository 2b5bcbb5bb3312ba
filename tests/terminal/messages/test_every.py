"""The whole interface against every example of the manual, and any value of every type there and back."""

import contextlib
import json
import subprocess
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.terminal.messages import ProtocolError, ReplyFrame, decode, decode_as, encode, encode_event, extra_fields
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.devices import Setting, SettingsReply
from appliance.terminal.messages.every import COMMANDS, EVENTS
from appliance.terminal.messages.settings import Settings, typed
from tests.terminal.messages import newer, printed
from tests.terminal.messages.wire import JSON, TEXT, messages, missing, with_defaults

REPLY_TYPES = sorted({kind.reply for kind in COMMANDS.values()} | {Reply}, key=lambda kind: kind.__name__)


def named(value: object) -> str:
    return value if isinstance(value, str) else "-"


def test_every_command_and_event_of_the_manual_has_a_type_and_nothing_else_but_the_newer_ones() -> None:
    assert (len(printed.NAMES), len(printed.EVENT_NAMES)) == (183, 122)
    assert set(COMMANDS) == set(printed.NAMES) | set(newer.COMMANDS)
    events = set(newer.EVENTS) - set(newer.OTHER_SPELLINGS)
    assert set(EVENTS) == {printed.WIRE_NAME.get(name, name) for name in printed.EVENT_NAMES} | events


@pytest.mark.parametrize(("name", "request_"), printed.REQUESTS, ids=named)
def test_a_printed_request_comes_back_as_it_was(name: str, request_: dict[str, Any]) -> None:
    kind = COMMANDS[name]
    written = json.loads(encode(decode_as(kind, json.dumps(request_).encode()), "7"))
    assert request_["method"] == printed.WRONG_METHOD.get(name, name)
    assert written == {**request_, "method": name, "requestId": "7"}


@pytest.mark.parametrize(("name", "reply"), [r for r in printed.REPLIES if r[0] not in printed.REPLY_IS_AN_EVENT])
def test_a_printed_reply_comes_back_as_it_was(name: str, reply: dict[str, Any]) -> None:
    assert reply.get("method") == printed.WRONG_REPLY_METHOD.get(name, name)
    assert ("result" in reply) is (name not in printed.NO_RESULT)
    sent = {**reply, "requestId": "7", "result": True}
    frame = decode(json.dumps(sent))
    assert isinstance(frame, ReplyFrame)
    expected = {key: value for key, value in printed.as_meant(name, sent).items() if key != "method"}
    assert missing(expected, with_defaults(decode_as(COMMANDS[name].reply, frame.raw))) == []


@pytest.mark.parametrize(("name", "event"), printed.EVENTS, ids=named)
def test_a_printed_event_comes_back_as_it_was(name: str, event: dict[str, Any]) -> None:
    assert event["event"] == printed.WRONG_EVENT_NAME.get(name, name)
    read = decode(json.dumps(event))
    wire_name = printed.WIRE_NAME.get(name, name)
    assert type(read) is EVENTS[wire_name]
    expected = {key: value for key, value in printed.as_meant(name, event).items() if key not in ("event", "method")}
    assert missing(expected, with_defaults(read)) == []
    again = encode_event(read)
    assert decode(again) == read
    assert json.loads(again)["event"] == wire_name


def test_the_printed_reply_of_the_schedule_is_its_event() -> None:
    ((_, reply),) = [reply for reply in printed.REPLIES if reply[0] in printed.REPLY_IS_AN_EVENT]
    assert type(decode(json.dumps(reply))) is EVENTS["conferenceList"]


@pytest.mark.parametrize("name", sorted(COMMANDS))
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_command_comes_back(name: str, data: st.DataObject) -> None:
    command = data.draw(messages(COMMANDS[name]))
    frame = encode(command, "7")
    assert json.loads(frame)["method"] == name
    assert decode_as(COMMANDS[name], frame) == command


@pytest.mark.parametrize("kind", REPLY_TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_reply_comes_back(kind: type[Reply], data: st.DataObject) -> None:
    reply = data.draw(messages(kind))
    written = json.dumps(with_defaults(reply))
    assert decode_as(kind, written.encode()) == reply


@pytest.mark.parametrize("name", sorted(EVENTS))
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_event_comes_back(name: str, data: st.DataObject) -> None:
    event = data.draw(messages(EVENTS[name]))
    assert decode(encode_event(event)) == event


def test_the_link_does_without_the_rest_of_the_interface() -> None:
    """What is imported costs time at every start of the appliance."""
    check = "import appliance.terminal.link, sys; print('appliance.terminal.messages.system' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=90)
    assert done.stdout.strip() == "False"


WIRE_NAMES = sorted(
    {field.encode_name for kind in (*REPLY_TYPES, *EVENTS.values()) for field in msgspec.structs.fields(kind)}
    | {name for kind in (*REPLY_TYPES, *EVENTS.values()) for name in kind.also}
)
ANYTHING = st.dictionaries(st.sampled_from(WIRE_NAMES) | TEXT, JSON, max_size=6)


@given(name=st.sampled_from(["", *EVENTS]), fields=ANYTHING)
def test_any_fields_of_any_event_are_a_message_or_a_protocol_error(name: str, fields: dict[str, Any]) -> None:
    with contextlib.suppress(ProtocolError):
        decode(json.dumps({**fields, "event": name}))


@given(kind=st.sampled_from(REPLY_TYPES), fields=ANYTHING)
def test_any_fields_of_any_reply_are_a_reply_or_a_protocol_error(kind: type[Reply], fields: dict[str, Any]) -> None:
    raw = json.dumps(fields).encode()
    with contextlib.suppress(ProtocolError):
        decode_as(kind, raw)
    assert set(extra_fields(kind, raw)) <= set(fields)


def test_a_wrong_type_in_an_optional_field_costs_no_message() -> None:
    """Every optional field at once holds something that no field takes."""
    kinds = [*REPLY_TYPES, *EVENTS.values()]
    assert [kind.__name__ for kind in kinds if not survives_wrong_types(kind)] == []


def survives_wrong_types(kind: type[msgspec.Struct]) -> bool:
    fields = msgspec.structs.fields(kind)
    needed = {field.encode_name: plain(field.type) for field in fields if field.required}
    wrong: dict[str, Any] = {field.encode_name: [[[]]] for field in fields if not field.required}
    read = decode_as(kind, json.dumps({**needed, **wrong}).encode())
    lost = [field.name for field in fields if field.required and getattr(read, field.name) is None]
    kept = [field.name for field in fields if not field.required and getattr(read, field.name) == [[[]]]]
    return not lost and {field.type for field in fields if field.name in kept} <= {Any}


def plain(kind: Any) -> Any:  # any JSON
    """A small value that a required field takes."""
    if hasattr(kind, "__members__"):
        return next(iter(kind)).value
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {}
    return {str: "a", bool: True}.get(kind, 1)


@given(st.dictionaries(st.sampled_from(Settings.__struct_encode_fields__), JSON))
def test_any_values_of_settings_are_survived(values: dict[str, Any]) -> None:
    reply = SettingsReply(settings=tuple(Setting(name=name, value=value) for name, value in values.items()))
    assert isinstance(typed(reply), Settings)
