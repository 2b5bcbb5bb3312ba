import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from trio.testing import MockClock

import appliance.terminal
from appliance.terminal import LinkLost, connect, enums
from appliance.terminal.messages import client_enums
from appliance.terminal.messages import enums as wire_enums
from appliance.terminal.messages.calls import Requests
from appliance.terminal.messages.newer import values
from appliance.terminal.messages.parts import Person
from appliance.terminal.pictures import Pictures
from tests.terminal.scripted import AUTHORISED, HOST, ScriptedTerminal

ANNA = {"peerId": "anna@example.com", "peerDn": "Anna"}
RINGING = {
    "getConferences": {"confState": 0, "direction": "incoming", "type": "p2p"},
    "getAppState": {"appState": 4, "requests": {"incomingP2PCall": [ANNA]}},
}


async def test_ports_can_be_given_where_the_terminal_does_not_tell_them(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.status = "404 Not Found"
    async with connect(HOST, web_port=terminal.web_port, ws_port=terminal.ws_port, http_port=9999) as client:
        assert (await client.calls.state()).embedded_http_port == 8766
        assert await Pictures(client)._known_port() == 9999


async def test_a_wrong_web_port_is_named_with_what_was_looked_for_there(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.status = "404 Not Found"
    with pytest.raises(LinkLost) as caught:
        async with connect(HOST, web_port=terminal.web_port, ws_port=1):
            pass
    said = str(caught.value)
    assert said.startswith(f"{HOST}:1: connection refused: port 1 was assumed")
    assert f"/public/default/config.json did not tell it with web_port {terminal.web_port}" in said
    assert f"({HOST}:{terminal.web_port}: HTTP 404)" in said


async def test_a_terminal_that_told_its_ports_is_not_said_to_have_the_wrong_web_port(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.document = b'{"config": {"websocket": {"port": 1}}}'
    with pytest.raises(LinkLost) as caught:
        async with connect(HOST, web_port=terminal.web_port):
            pass
    assert str(caught.value) == f"{HOST}:1: connection refused"


async def test_the_token_is_handed_out_and_not_shown(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, pin="FA6", web_port=terminal.web_port) as client:
        assert client.token == AUTHORISED["token"]
        assert client.token not in repr(client)
    async with connect(HOST, token=client.token, web_port=terminal.web_port):
        assert terminal.requests("auth")[-1]["credentials"] == AUTHORISED["token"]


async def test_the_current_call_names_who_calls(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers |= RINGING
    async with connect(HOST, web_port=terminal.web_port) as client:
        current = await client.calls.current()
        assert (current.direction, current.peer_id, current.peer_name) == ("incoming", "anna@example.com", "Anna")
        terminal.answers["getAppState"] = {"appState": 4, "requests": {"outgoingGroupConf": [ANNA]}}
        assert (await client.calls.current()).peer_id == ""
        terminal.answers["getConferences"] = {"confState": 0, "direction": "outgoing", "type": "conference"}
        assert (await client.calls.current()).peer_name == "Anna"
        terminal.answers["getAppState"] = {"appState": 4}
        assert (await client.calls.current()).peer_id == ""


async def test_what_waits_for_an_answer_is_typed(clock: MockClock, terminal: ScriptedTerminal) -> None:
    asked = {"incomingPodiumInvitation": ANNA, "incomingRecord": [ANNA, None, {"peerId": "bob@example.com"}]}
    terminal.answers["getAppState"] = {"appState": 5, "requests": asked}
    async with connect(HOST, web_port=terminal.web_port) as client:
        anna = Person(peer_id="anna@example.com", peer_name="Anna")
        assert (await client.calls.state()).requests == Requests(
            incoming_podium_invitation=(anna,), incoming_recording=(anna, Person(peer_id="bob@example.com"))
        )
        terminal.answers["getAppState"] = {"appState": 5}
        assert (await client.calls.state()).requests is None


def test_every_enumeration_is_in_one_place() -> None:
    defined = {
        name
        for module in (wire_enums, client_enums, values)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and kind.__module__ == module.__name__ and not name.startswith("Open")
    }
    assert set(enums.__all__) == defined
    assert all(getattr(enums, name) for name in enums.__all__)


def imported_for_types() -> Iterator[str]:
    tree = ast.parse(Path(appliance.terminal.__file__).read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


def test_the_face_for_programs_is_whole() -> None:
    assert {*imported_for_types()} - {"TYPE_CHECKING"} == set(appliance.terminal.__all__)
    for name in appliance.terminal.__all__:
        assert getattr(appliance.terminal, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'conect'"):
        appliance.terminal.conect  # noqa: B018  # a slip of a program
