"""Every command, event and field of newer terminals has a type and is marked as newer, with how sure it is."""

import json
import subprocess
import sys

import msgspec
import pytest

from appliance.terminal.client import explain
from appliance.terminal.client.catalogue import CATALOGUE
from appliance.terminal.messages import decode, decode_as
from appliance.terminal.messages.base import EVENT_TYPES, Untyped
from appliance.terminal.messages.calls import AppStateReply, ToneDialled
from appliance.terminal.messages.devices import PtzReply
from appliance.terminal.messages.every import COMMANDS, EVENTS
from appliance.terminal.messages.newer import sureness
from appliance.terminal.messages.newer.generation import Generation, told
from appliance.terminal.messages.newer.meeting import UserPinned
from appliance.terminal.messages.newer.values import ExtStatus, PinOutcome
from appliance.terminal.messages.people import ScheduleReply
from tests.terminal.messages import newer

FOLLOWS = {entry.method: set(entry.follows) for group in CATALOGUE for entry in group.commands}


def wire_names(kind: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


@pytest.mark.parametrize("method", newer.COMMANDS)
def test_a_newer_command_takes_and_answers_what_the_facts_say(method: str) -> None:
    facts, kind = newer.COMMANDS[method], COMMANDS[method]
    assert set(facts["fields"]) - wire_names(kind) - newer.DROPPED == set()
    assert set(facts["reply"]) - wire_names(kind.reply) - newer.DROPPED == set()
    assert set(facts["follows"]) <= FOLLOWS[method]


@pytest.mark.parametrize("name", newer.EVENTS)
def test_a_newer_event_has_the_fields_of_the_facts(name: str) -> None:
    kind = EVENTS[newer.OTHER_SPELLINGS.get(name, name)]
    assert set(newer.EVENTS[name]["fields"]) - wire_names(kind) - newer.DROPPED == set()
    assert type(decode(json.dumps({"event": name}))) is kind  # whatever is missing: most payloads were never seen


def test_each_is_marked_as_sure_as_it_is() -> None:
    for table, facts in ((sureness.COMMANDS, newer.COMMANDS), (sureness.EVENTS, newer.EVENTS)):
        assert {name: (entry.sure.value, entry.since) for name, entry in table.items()} == {
            name: (fact["sure"], fact.get("since", "")) for name, fact in facts.items()
        }


def test_a_field_that_is_marked_as_newer_exists() -> None:
    for message, field in sureness.FIELDS:
        kinds = [COMMANDS[message], COMMANDS[message].reply] if message in COMMANDS else []
        kinds += [EVENTS[message]] if message in EVENTS else []
        assert field in set().union(*(every_name(kind) for kind in kinds)), (message, field)


def every_name(kind: object) -> set[str]:
    """The wire names of a type and of all that it contains, other spellings included."""
    found: set[str] = set()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        found = set(getattr(kind, "also", {}))
        for field in msgspec.structs.fields(kind):
            found |= {field.encode_name} | every_name(field.type)
    return found.union(*(every_name(inner) for inner in getattr(kind, "__args__", ())))


def test_help_and_pages_say_how_sure_something_is() -> None:
    assert "Newer: Newer terminals only (Room 4.3 and later); documented by the vendor." in explain.help_text("pinUser")
    assert "Newer" not in explain.help_text("call")
    (pin,) = [field for field in explain.fields(COMMANDS["call"]) if field.name == "pin"]
    assert explain.about_field("call", pin).endswith("(newer terminals only; documented by the vendor)")


def test_the_other_spelling_of_an_event_is_the_same_event() -> None:
    assert EVENT_TYPES["userpineventoccured"] is UserPinned
    assert decode('{"event":"userPinEventOccured","peerId":"a@b/1","eventCode":2}') == UserPinned(
        peer_id="a@b/1", outcome=PinOutcome.TOO_MANY
    )


OLD_STATE = {"appState": 3, "embeddedHttpPort": "8766", "result": True}
NEW_STATE = {**OLD_STATE, "embeddedHttpPort": 8766, "extStatus": 2, "additionalStatus": "", "recording": False}


def test_what_a_newer_terminal_says_of_itself_is_read() -> None:
    shared = {"desktopSharing": {"running": True, "id": 7, "windowName": "Plan", "sourceType": 1}}
    read = decode_as(AppStateReply, json.dumps({**NEW_STATE, **shared}).encode())
    assert (read.ext_status, read.additional_status, read.recording) == (ExtStatus.AVAILABLE, "", False)
    assert read.desktop_sharing is not None
    assert (read.desktop_sharing.name, read.desktop_sharing.source_type) == ("Plan", 1)
    tone = decode('{"event":"toneDial","symbol":"5","callId":"a@b"}')
    assert tone == ToneDialled(symbol="5", peer_id="a@b")


def test_the_short_schedule_of_a_reply_is_read() -> None:
    short = {
        "id": "1",
        "created_at": 1700000000,
        "mode": "S|L",
        "owner": "anna@example.com",
        "topic": "Review",
        "state": "stopped",
        "access": "private",
        "invitations": [{"id": "bob@example.com", "display_name": "Bob"}],
        "schedule_type": "weekly",
        "schedule": {"start_time": 1700003600, "duration": 3600, "days": [0, 1, 0, 0, 0, 0, 0]},
    }
    read = decode_as(ScheduleReply, json.dumps({"result": True, "cnt": 1, "conferences": [short]}).encode())
    assert read.conferences is not None
    (meeting,) = read.conferences
    assert (meeting.topic, meeting.mode, meeting.schedule.start_time) == ("Review", "S|L", 1700003600)


@pytest.mark.parametrize(
    ("state", "axis", "generation"),
    [
        (OLD_STATE, {"support": True}, Generation.UNKNOWN),
        (OLD_STATE, {"support": True, "isContinuousType": False}, Generation.NEWER),
        (NEW_STATE, {"support": False}, Generation.NEWER),
    ],
)
def test_generations_are_told_apart_by_what_replies_contain(
    state: dict[str, object], axis: dict[str, object], generation: Generation
) -> None:
    app_state = decode_as(AppStateReply, json.dumps(state).encode())
    ptz = decode_as(PtzReply, json.dumps({"result": True, "pan": axis}).encode())
    assert told(app_state, ptz) is generation
    assert told(None, None) is Generation.UNKNOWN


def test_the_link_does_without_the_newer_messages() -> None:
    check = "import appliance.terminal.link, sys; print('appliance.terminal.messages.newer.layout' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=90)
    assert done.stdout.strip() == "False"
    assert Untyped("getNDIState").reply is not None
