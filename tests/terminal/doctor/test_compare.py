"""What a terminal says beyond its type is found, and nobody's value is in what is told of it."""

import json
from typing import Any

import pytest

from appliance.terminal.doctor.compare import Difference, Finding, compare
from appliance.terminal.doctor.reads import LEFT_OUT, reads
from appliance.terminal.messages.calls import AppStateReply, ConferencesReply, ParticipantsReply
from appliance.terminal.messages.every import COMMANDS
from appliance.terminal.messages.hardware import HardwareReply
from tests.terminal.messages import printed

SECRET = "anna@meet.example.com"


def differences(kind: Any, **frame: Any) -> set[tuple[str, str, str]]:
    found = compare(kind, {"result": True, "method": "x", **frame}, "x")
    assert not any(SECRET in str(each) for each in found)
    return {(each.difference.value, each.where, each.detail) for each in found if each.difference is not missing}


missing = Difference.MISSING_FIELD


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"appState": 3}, set()),
        ({"appState": 9}, {("unknown value", "x.appState", "9")}),
        ({"appState": "ready"}, {("other type", "x.appState", "text")}),
        ({"appState": 3, "mood": SECRET}, {("unknown field", "x.mood", "text")}),
        ({"appState": 3, SECRET: [1]}, {("unknown field", "x.(a name that may be somebody's)", "list")}),
        ({"appState": 3, "embeddedHttpPort": {}}, {("other type", "x.embeddedHttpPort", "object")}),
        (
            {"appState": 3, "requests": {"incomingFoo": [{"peerId": SECRET}]}},
            {("unknown field", "x.requests.incomingFoo", "list")},
        ),
        (
            {"appState": 3, "requests": {"incomingP2PCall": [{"peerId": SECRET, "age": 7}, {"peerId": 5}]}},
            {
                ("unknown field", "x.requests.incomingP2PCall.age", "number"),
                ("other type", "x.requests.incomingP2PCall.peerId", "number"),
            },
        ),
    ],
)
def test_what_differs_is_told_without_values(frame: dict[str, Any], expected: set[tuple[str, str, str]]) -> None:
    assert differences(AppStateReply, **frame) == expected


def test_words_of_enumerations_are_told_where_they_look_like_words() -> None:
    assert differences(ConferencesReply, direction="sideways") == {("unknown value", "x.direction", "'sideways'")}
    assert differences(ConferencesReply, direction=SECRET) == {("unknown value", "x.direction", "a text")}


def test_a_missing_field_is_told_but_for_those_of_every_reply() -> None:
    found = compare(AppStateReply, {"appState": 3}, "x")
    assert Finding(missing, "x.requests") in found
    assert not {each.where for each in found} & {"x.error", "x.requestId", "x.result"}


def test_another_spelling_is_the_same_field() -> None:
    person = {"peerId": "a", "slideShow": True}
    assert differences(ParticipantsReply, participants=[person]) == set()


def test_the_printed_replies_have_few_differences() -> None:
    found: set[Finding] = set()
    for name, reply in printed.REPLIES:
        if name in COMMANDS and name not in printed.REPLY_IS_AN_EVENT:
            found |= compare(COMMANDS[name].reply, json.loads(json.dumps(printed.as_meant(name, reply))), name)
    unknown = {each for each in found if each.difference is Difference.UNKNOWN_FIELD}
    assert len(unknown) < 20
    assert HardwareReply is COMMANDS["getHardware"].reply


def test_only_what_reads_is_asked() -> None:
    asked = {command.method for command in reads("a@b")}
    assert all(method.startswith("get") for method in asked)
    assert asked | LEFT_OUT.keys() == {method for method in COMMANDS if method.startswith("get")}
    assert not asked & LEFT_OUT.keys()
    assert {command.method for command in reads("")} == asked - {"getDisplayNameById"}
