import inspect
import json
import re
import typing
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.terminal import connect
from appliance.terminal.client.catalogue import CATALOGUE, Entry, Group
from appliance.terminal.client.client import Client
from appliance.terminal.client.events import EventsMissed
from appliance.terminal.client.permissions import ADMINISTRATOR_ONLY, INFERRED, STATED, NotPermitted
from appliance.terminal.errors import Evicted, LinkLost, Refused, Timeout, Unauthorised, UnexpectedReply
from appliance.terminal.messages import Reply, Untyped
from appliance.terminal.messages.account import AuthorizationNeeded
from appliance.terminal.messages.calls import AppStateChanged, AppStateReply, InviteSent
from appliance.terminal.messages.client_enums import Account, ConferenceKind, MatrixType, Protection, ReceivingMask
from appliance.terminal.messages.devices import SettingsReply
from appliance.terminal.messages.enums import AppState, EvictionCause, Privileges
from appliance.terminal.messages.every import COMMANDS, EVENTS
from appliance.terminal.messages.settings import Settings, changes, typed
from tests.terminal.messages import printed
from tests.terminal.scripted import AUTHORISED, HOST, WRONG_CREDENTIALS, ScriptedTerminal

ENTRIES = [(group, entry) for group in CATALOGUE for entry in group.commands]
PAGE = Path(__file__).parents[3] / "docs" / "terminal" / "program.md"
AS_USER = {**AUTHORISED, "previleges": 1}


def named(value: object) -> str:
    return value.method if isinstance(value, Entry) else value.name if isinstance(value, Group) else "-"


def test_every_command_and_every_event_is_in_one_group() -> None:
    methods = [entry.method for _, entry in ENTRIES]
    assert len(methods) == len(set(methods))
    assert set(methods) == set(COMMANDS) >= set(printed.NAMES)
    events = [event for group in CATALOGUE for event in group.events]
    assert len(events) == len(set(events))
    assert set(events) == set(EVENTS)
    assert {event for _, entry in ENTRIES for event in entry.follows} <= set(EVENTS)


def test_the_administrators_commands_exist() -> None:
    assert set(COMMANDS) >= ADMINISTRATOR_ONLY
    assert not STATED & INFERRED


class Recorder:
    """Takes a command instead of a terminal."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    async def post(self, command: Any) -> Any:  # as a session does
        self.sent.append(command)
        raise LinkLost("nobody there")


@pytest.mark.parametrize(("group", "entry"), ENTRIES, ids=named)
async def test_every_method_sends_its_command_and_says_what_it_does(group: Group, entry: Entry) -> None:
    carrier = Recorder()
    method = getattr(getattr(Client(HOST, carrier), group.name), entry.name)
    signature = inspect.signature(method)
    arguments = {
        name: any_value(parameter.annotation)
        for name, parameter in signature.parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    with pytest.raises(LinkLost):
        await method(**arguments)
    (command,) = carrier.sent
    assert type(command) is COMMANDS[entry.method]
    renamed = {"kind": "type"} if entry.method == "auth" else {}
    assert {name: getattr(command, renamed.get(name, name)) for name in arguments} == arguments
    kind = COMMANDS[entry.method].reply
    assert signature.return_annotation is (None if kind is Reply else kind)
    assert f"Method `{entry.method}`" in (method.__doc__ or "")
    assert ("`NotPermitted`" in method.__doc__) is (entry.method in ADMINISTRATOR_ONLY)
    assert {renamed.get(name, name) for name in signature.parameters} == set(type(command).__struct_fields__)


def any_value(kind: Any) -> Any:  # any parameter
    plain = {str: "a", bool: False, int: 7, float: 7.0, int | str: "7", Account: Account.USER}
    if kind in plain:
        return plain[kind]
    if hasattr(kind, "__members__"):
        return next(iter(kind))
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind()
    return msgspec.convert({} if "dict" in str(kind) else [], kind)


async def test_a_command_brings_its_typed_reply(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, pin="FA6", web_port=terminal.web_port) as client:
        state = await client.calls.state()
        assert state == AppStateReply(result=True, request_id="2", app_state=AppState.READY, embedded_http_port=8766)
        assert (client.host, client.privileges) == (HOST, Privileges.ADMINISTRATOR)
        await client.conferences.create("Review", ConferenceKind.ROLE_BASED, ("bob@example.com",), auto_accept=True)
        await client.windows.set_layout(MatrixType.LARGE_AT_LEFT, ("bob@example.com",))
    assert terminal.requests("auth")[0]["credentials"] == "FA6"
    assert terminal.received[-2:] == [
        {
            "requestId": "3",
            "method": "createConference",
            "title": "Review",
            "confType": "role",
            "autoAccept": True,
            "inviteList": ["bob@example.com"],
        },
        {"requestId": "4", "method": "changeVideoMatrix", "matrixType": 5, "participants": ["bob@example.com"]},
    ]


async def test_what_goes_wrong_has_an_error_of_its_own(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers |= {
        "call": {"result": False, "error": "busy"},
        "getMaxConfTitleLength": {"length": "?"},
        "getHardwareKey": None,
    }
    async with connect(HOST, web_port=terminal.web_port) as client:
        with pytest.raises(Refused, match="the terminal refused call: busy"):
            await client.calls.call("bob@example.com")
        with pytest.raises(UnexpectedReply, match=r"getMaxConfTitleLength: .*`length`"):
            await client.conferences.title_length()
        with pytest.raises(Timeout):
            await client.licence.hardware_key()
    terminal.answers["auth"] = WRONG_CREDENTIALS
    with pytest.raises(Unauthorised):
        async with connect(HOST, pin="x", web_port=terminal.web_port):
            pass
    with pytest.raises(ValueError, match="only one of"):
        async with connect(HOST, pin="x", password="y"):
            pass


@pytest.mark.parametrize("method", sorted(ADMINISTRATOR_ONLY))
async def test_a_user_is_refused_the_administrators_commands_before_the_wire(method: str) -> None:
    carrier = Recorder()
    command = msgspec.convert({"settings": {}, **dict.fromkeys(TEXTS, "a")}, COMMANDS[method])
    with pytest.raises(NotPermitted, match=rf"{method} was not sent.*authorised as user"):
        await Client(HOST, carrier, Privileges.USER).send(command)
    assert carrier.sent == []
    for privileges in (Privileges.ADMINISTRATOR, None):
        with pytest.raises(LinkLost):
            await Client(HOST, carrier, privileges).send(command)
    with pytest.raises(LinkLost):
        await Client(HOST, carrier, Privileges.USER).send(Untyped(method))


TEXTS = ("key", "fileId", "server", "login", "password")


async def test_a_user_may_protect_the_users_account_only(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = AS_USER
    async with connect(HOST, web_port=terminal.web_port) as client:
        await client.access.protect(Account.USER, Protection.PIN)
        with pytest.raises(NotPermitted):
            await client.access.protect(Account.ADMINISTRATOR, Protection.PIN)
        with pytest.raises(NotPermitted):
            await client.http_server.stop()
        terminal.answers["auth"] = AUTHORISED
        await client.access.authorise(kind="secured", credentials="FA6")
        await client.http_server.stop()
    assert len(terminal.requests("setAuthParams")) == 1


async def test_the_podium_is_accepted_in_the_spelling_that_the_terminal_takes(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        await client.podium.accept_invitation()
        assert terminal.methods()[1:] == ["acceptInvitationToPodium"]
        terminal.answers["acceptInvitationToPodium"] = {"result": False, "error": "unknown method"}
        await client.podium.accept_invitation()
        assert terminal.methods()[2:] == ["acceptInvitationToPodium", "acceptInvintationToPodium"]
        terminal.answers["acceptInvintationToPodium"] = {"result": False, "error": "not now"}
        with pytest.raises(Refused, match="unknown method"):
            await client.podium.accept_invitation()


async def test_events_come_in_order_to_every_listener(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        with client.events() as every, client.events(AppStateChanged) as states:
            await terminal.tell("inviteSent", peerId="bob")
            await terminal.tell("appStateChanged", appState=4, mood="good")
            assert await anext(every) == InviteSent(peer_id="bob")
            assert await anext(every) == AppStateChanged(app_state=AppState.WAITING)
            assert await anext(states) == AppStateChanged(app_state=AppState.WAITING)
            assert states.extra == {"mood": "good"}
            assert json.loads(states.frame)["mood"] == "good"


async def test_a_slow_listener_is_told_that_it_missed_events(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        with client.events(AppStateChanged, limit=2) as slow, client.events(AppStateChanged) as quick:
            for state in (1, 2, 3):
                await terminal.tell("appStateChanged", appState=state)
            assert [await anext(quick) for _ in range(3)] == [
                AppStateChanged(app_state=AppState(state)) for state in (1, 2, 3)
            ]
            assert [await anext(slow) for _ in range(2)] == [
                AppStateChanged(app_state=AppState(state)) for state in (1, 2)
            ]
            with pytest.raises(EventsMissed, match="more than 2 events"):
                await anext(slow)


async def test_the_end_of_the_connection_reaches_commands_and_listeners(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        with client.events() as events:
            await terminal.drop()
            with pytest.raises(LinkLost, match="broke"):
                await anext(events)
            with pytest.raises(LinkLost, match="broke"):
                await client.calls.accept()


async def test_losing_control_is_an_event_and_then_the_end(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        with client.events() as events:
            await terminal.tell("authorizationNeeded", cause=1)
            assert await anext(events) == AuthorizationNeeded(cause=EvictionCause(1))
            with pytest.raises(Evicted):
                await anext(events)


async def test_any_command_can_be_sent_and_its_reply_read_as_it_came(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers |= {"getAppState": {"appState": 3, "mood": "good"}, "dance": {"result": False, "error": "no"}}
    async with connect(HOST, web_port=terminal.web_port) as client:
        answer = await client.send(COMMANDS["getAppState"]())
        assert isinstance(answer.reply, AppStateReply)
        assert (answer.reply.app_state, answer.extra) == (AppState.READY, {"mood": "good"})
        refused = await client.send(Untyped("dance", {"steps": 2}))
        assert (refused.frame.result, refused.reply.error) == (False, "no")


async def test_camera_presets_are_asked_for(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with connect(HOST, web_port=terminal.web_port) as client:
        assert await client.has_presets() is True
        terminal.answers["getAllVideoCapturerPresets"] = {"result": False, "error": "unknown method"}
        assert await client.has_presets() is False


def test_settings_have_types_and_come_back() -> None:
    settings = next(reply for name, reply in printed.REPLIES if name == "getSettings")
    reply = msgspec.convert(settings, SettingsReply)
    read = typed(reply)
    assert changes(read) == {setting.name: setting.value for setting in reply.settings}
    assert read.audio_receiving_mask is ReceivingMask.ALWAYS
    assert read.default_multi_conf_matrix is MatrixType.EQUAL
    assert changes(Settings(audio_play_level=0.5, audio_receiving_mask=ReceivingMask(6))) == {
        "audioPlayLevel": 0.5,
        "audioReceivingMask": 6,
    }


async def test_the_example_of_the_documentation_runs(
    clock: MockClock, terminal: ScriptedTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n([^`]*async def main.*?)```", PAGE.read_text(), re.DOTALL)
    shown: dict[str, Any] = {"__name__": "example"}
    exec(program, shown)  # noqa: S102  # what the page shows
    with pytest.RaisesGroup(pytest.RaisesExc(LinkLost)):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(partial(shown["main"], HOST, "bob@example.com", web_port=terminal.web_port))
            await terminal.until_received("call")
            await terminal.tell("inviteSent", peerId="bob@example.com")
            await terminal.drop()
    assert capsys.readouterr().out.startswith("InviteSent(peer_id='bob@example.com'")
