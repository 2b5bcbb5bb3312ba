import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import trio
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from trio.testing import MockClock

from appliance.cli.terminal.call import parse_parameters, send
from appliance.cli.terminal.command import terminal
from appliance.cli.terminal.record import into_file
from appliance.cli.terminal.watch import follow
from appliance.terminal.errors import Evicted, LinkLost, Timeout, Unauthorised
from appliance.terminal.messages import Untyped
from tests.cli.processes import PATIENCE
from tests.terminal.messages import printed
from tests.terminal.scripted import HOST, WRONG_CREDENTIALS, ScriptedTerminal, scripted_terminal

COMMAND = [sys.executable, "-c", "from appliance.cli.terminal.command import terminal; terminal()"]


class Lines(io.StringIO):
    """Standard output that a test can wait for."""

    def __init__(self) -> None:
        super().__init__()
        self._news = trio.lowlevel.ParkingLot()

    def flush(self) -> None:
        super().flush()
        self._news.unpark_all()

    async def until(self, count: int) -> list[dict[str, Any]]:
        with trio.fail_after(1000):
            while len(self.getvalue().splitlines()) < count:
                await self._news.park()
        return [json.loads(line) for line in self.getvalue().splitlines()]


async def test_a_command_is_sent_as_given_and_the_whole_reply_printed(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["frobnicate"] = {"depth": [1, {"text": "Боб"}]}
    out = Lines()
    command = Untyped("frobnicate", parse_parameters(("peerId=a=b", "count:=3")))
    assert await send(terminal.config(pin="FA6"), command, out) == 0
    assert terminal.received[-1] == {"requestId": "2", "method": "frobnicate", "peerId": "a=b", "count": 3}
    assert await out.until(1) == [
        {"method": "frobnicate", "requestId": "2", "result": True, "depth": [1, {"text": "Боб"}]}
    ]


async def test_a_refusal_is_printed_and_is_exit_code_1(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["call"] = {"result": False, "error": "no"}
    out = Lines()
    assert await send(terminal.config(), Untyped("call"), out) == 1
    assert (await out.until(1))[0]["error"] == "no"


async def test_what_stops_a_command_is_an_error(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["call"] = None
    with pytest.raises(Timeout):
        await send(terminal.config(), Untyped("call"), Lines())
    terminal.answers["auth"] = WRONG_CREDENTIALS
    with pytest.raises(Unauthorised):
        await send(terminal.config(), Untyped("call"), Lines())
    with pytest.raises(LinkLost):
        await send(type(terminal.config())(host=HOST, web_port=1, ws_port=1), Untyped("call"), Lines())


async def test_events_are_printed_as_they_come_one_a_line(clock: MockClock, terminal: ScriptedTerminal) -> None:
    out = Lines()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, terminal.config(), out)
        await terminal.until_received("auth")
        await terminal.send('{"method": "event",\n "event": "news",\n "extra": [1, 2]}')
        await terminal.tell("appStateChanged", appState=3, more="kept")
        assert await out.until(2) == [
            {"method": "event", "event": "news", "extra": [1, 2]},
            {"method": "event", "event": "appStateChanged", "appState": 3, "more": "kept"},
        ]
        nursery.cancel_scope.cancel()


async def test_losing_control_is_printed_and_ends_the_watching(clock: MockClock, terminal: ScriptedTerminal) -> None:
    out = Lines()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(take_over, terminal)
        with pytest.raises(Evicted, match="TAKEN_OVER"):
            await follow(terminal.config(), out)
    assert (await out.until(1))[0]["event"] == "authorizationNeeded"


async def test_a_terminal_that_has_vanished_ends_the_watching(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(fall_silent, terminal)
        with trio.fail_after(60), pytest.raises(LinkLost, match="silent"):
            await follow(terminal.config(), Lines())


async def fall_silent(terminal: ScriptedTerminal) -> None:
    await terminal.until_received("auth")
    terminal.stop_reading()


async def take_over(terminal: ScriptedTerminal) -> None:
    await terminal.until_received("auth")
    await terminal.tell("authorizationNeeded", cause=1)


async def test_a_reader_who_goes_away_ends_the_watching_quietly(clock: MockClock, terminal: ScriptedTerminal) -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    async with trio.open_nursery() as nursery:
        nursery.start_soon(take_over, terminal)
        assert await follow(terminal.config(), Closed()) == 0


@pytest.mark.parametrize("word", ["peerId", "=x", "peer id=x", "method=x", "requestId=1", "count:={", "count:="])
def test_a_parameter_that_is_none_is_named(word: str) -> None:
    with pytest.raises(click.UsageError, match="expected") as caught:
        parse_parameters((word,))
    assert repr(word) in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["call"], "Missing argument 'METHOD'"),
        (["call", "x", "y"], "'y': expected KEY=TEXT or KEY:=JSON"),
        (["call", "x", "--web-port", "0"], "0 is not in the range"),
        (["call", "x", "--pin", "1", "--password", "2"], "not pin and password"),
        (["watch", "--role", "root"], "'root' is not one of"),
        (["watch", "--host", ""], "host"),
        (["wait"], "No such command"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(terminal, arguments, env={"OFFHOOK_PIN": None, "OFFHOOK_PASSWORD": None})
    assert result.exit_code == 2
    assert complaint in result.output


async def test_only_the_events_asked_for_are_printed(clock: MockClock, terminal: ScriptedTerminal) -> None:
    out = Lines()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, terminal.config(), out, frozenset({"news", "inviteSent".lower()}))
        await terminal.until_received("auth")
        for event in ("appStateChanged", "News", "inviteSent", "inviteReceived", "news"):
            await terminal.tell(event, appState=3)
        assert [line["event"] for line in await out.until(3)] == ["News", "inviteSent", "news"]
        nursery.cancel_scope.cancel()


async def test_a_recording_that_never_began_leaves_no_file(
    clock: MockClock, terminal: ScriptedTerminal, tmp_path: Path
) -> None:
    terminal.answers["auth"] = WRONG_CREDENTIALS
    file = tmp_path / "session.jsonl"
    with pytest.raises(Unauthorised):
        await into_file(terminal.config(), file)
    assert not file.exists()  # or the next try would be refused


@pytest.mark.parametrize("name", printed.NAMES)
def test_every_command_of_the_manual_is_explained(name: str) -> None:
    result = CliRunner().invoke(terminal, ["call", "--help", name])
    assert result.exit_code == 0
    assert result.output.startswith(f"{name}: ")
    nothing: dict[str, Any] = {}
    request = next((request for method, request in printed.REQUESTS if method == name), nothing)
    for parameter in set(request) - {"method"}:
        assert f"\n  {parameter}  " in result.output


@pytest.mark.parametrize("words", ["--help SETMICMUTE", "setMicMute --help", "--host x --help setMicMute"])
def test_help_finds_the_method(words: str) -> None:
    result = CliRunner().invoke(terminal, ["call", *words.split()])
    assert result.output.splitlines()[0] == "setMicMute: Mutes or unmutes the microphone."
    assert "mute  true or false  True: muted." in result.output
    assert "client.devices.mute_mic(...)" in result.output


@pytest.mark.parametrize("words", [["--help", "frobnicate"], ["--host", "call", "--help"], ["--help"]])
def test_help_without_a_known_method_is_that_of_the_command(words: list[str]) -> None:
    assert "OFFHOOK_PIN" in CliRunner().invoke(terminal, ["call", *words]).output


@pytest.mark.parametrize(
    ("arguments", "incomplete", "expected"),
    [
        (["call"], "setmic", ["setMicMute"]),
        (["call"], "zzz", []),
        (["call", "startSlideShow"], "", ["title=", "startingIdx:="]),
        (["call", "createConference"], "i", ["inviteList:="]),
        (["call", "createConference"], "m", ["muteMicOnJoin:=", "muteCamOnJoin:="]),
        (["call", "sendFile", "fileId=7"], "p", ["peerId="]),
        (["call", "frobnicate"], "", []),
        (["watch", "--only"], "toneD", ["toneDial"]),
    ],
)
def test_a_shell_can_complete(arguments: list[str], incomplete: str, expected: list[str]) -> None:
    completions = ShellComplete(terminal, {}, "offhook", "_OFFHOOK_COMPLETE").get_completions(arguments, incomplete)
    assert [item.value for item in completions] == expected


@pytest.mark.parametrize("name", ["call", "watch"])
def test_help(name: str) -> None:
    result = CliRunner().invoke(terminal, [name, "--help"])
    assert result.exit_code == 0
    assert "OFFHOOK_PIN" in result.output


def test_no_connection_is_exit_code_3_and_said_on_standard_error() -> None:
    result = CliRunner().invoke(terminal, ["call", "x", "--host", HOST, "--web-port", "1", "--takeover"])
    assert result.exit_code == 3
    assert "connection refused" in result.stderr
    assert result.stdout == ""


@pytest.mark.slow
async def test_the_command_takes_its_pin_from_the_environment_and_ends_well_when_interrupted() -> None:
    """A real process against real sockets, in real time."""
    async with scripted_terminal() as scripted, trio.open_nursery() as nursery:
        arguments = [*COMMAND, "watch", "--takeover", "--web-port", str(scripted.web_port)]
        environment = os.environ | {"OFFHOOK_PIN": "FA6"}
        process = await nursery.start(start, arguments, environment)
        with trio.fail_after(PATIENCE):
            assert (await scripted.until_received("auth"))["credentials"] == "FA6"
            await scripted.tell("news")
            line = await process.stdout.receive_some()
            assert json.loads(line) == {"method": "event", "event": "news"}
            process.send_signal(signal.SIGINT)
            assert await process.wait() == 0


async def start(
    arguments: list[str], environment: dict[str, str], *, task_status: trio.TaskStatus[trio.Process]
) -> None:
    await trio.run_process(
        arguments, env=environment, stdout=subprocess.PIPE, capture_stdout=False, check=False, task_status=task_status
    )
