"""A client that connects again: over real sockets to a terminal that says what the test wants."""

import re
import textwrap
from pathlib import Path
from typing import Any, TypeVar

import pytest
import trio
from trio.testing import MockClock

from appliance.terminal import LinkDown, LinkEvicted, LinkLost, LinkRefused, LinkUp, keep_connected
from appliance.terminal.client.keep import KeptClient
from appliance.terminal.loss import Cause
from appliance.terminal.messages.account import AuthorizationNeeded
from appliance.terminal.messages.calls import AppStateChanged
from appliance.terminal.messages.enums import AppState, EvictionCause, Privileges
from tests.terminal.scripted import AUTHORISED, HOST, WRONG_CREDENTIALS, ScriptedTerminal

T = TypeVar("T")
PAGE = Path(__file__).parents[3] / "docs" / "terminal" / "program.md"


async def comes(room: KeptClient, kind: type[T]) -> T:
    """Returns the next report, which is of this kind."""
    with trio.fail_after(1000):
        report = await anext(room)
    assert isinstance(report, kind)
    return report


async def test_what_is_read_comes_first_and_then_the_events(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with keep_connected(HOST, pin="FA6", web_port=terminal.web_port) as room:
        assert (await comes(room, LinkUp)).snapshot.app_state.app_state is AppState.READY
        assert (room.connected, room.privileges, room.token) == (True, Privileges.ADMINISTRATOR, AUTHORISED["token"])
        await terminal.tell("appStateChanged", appState=4)
        assert (await comes(room, AppStateChanged)).app_state is AppState.WAITING
        assert (await room.calls.state()).app_state is AppState.READY


async def test_the_example_of_the_documentation_runs(
    clock: MockClock, terminal: ScriptedTerminal, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n([^`]*with keep_connected.*?)```", PAGE.read_text(), re.DOTALL)
    mine = program.replace('"192.0.2.10", ', f'"{HOST}", web_port={terminal.web_port}, ')
    shown: dict[str, Any] = {}
    exec("async def main():\n" + textwrap.indent(mine, "    "), shown)  # noqa: S102  # what the page shows
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shown["main"])
        await terminal.until_received("getConferences")
        await trio.sleep(0.1)  # everything was read
        await terminal.tell("inviteSent", peerId="bob@example.com")
        await trio.sleep(0.1)
        await terminal.drop()
        await terminal.until_received("getConferences", 2)
        await trio.sleep(0.1)
        await terminal.tell("authorizationNeeded", cause=1)
    told = [re.match(r"\w+", line) for line in capsys.readouterr().out.splitlines() if " [" not in line]
    assert [word[0] for word in told if word] == ["AppStateReply", "InviteSent", "away", "AppStateReply"]


async def test_after_a_loss_it_connects_again_with_its_token_and_reads_anew(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with keep_connected(HOST, pin="FA6", web_port=terminal.web_port) as room:
        await comes(room, LinkUp)
        with room.events() as events:
            terminal.answers["getAppState"] = {"appState": 5}
            await terminal.drop()
            assert (await comes(room, LinkDown)).loss.cause is Cause.BROKE
            with pytest.raises(LinkLost):
                await anext(events)
        assert (await comes(room, LinkUp)).snapshot.app_state.app_state is AppState.IN_CONFERENCE
        assert terminal.requests("auth")[-1]["credentials"] == AUTHORISED["token"]


async def test_attempts_are_bounded_in_number_and_the_pause_grows(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getAppState"] = None
    began = trio.current_time()
    async with keep_connected(HOST, web_port=terminal.web_port, command_timeout=0.1) as room:
        await comes(room, LinkDown)
        with pytest.raises(LinkLost):
            await room.calls.state()
        await terminal.until(lambda: len(terminal.times) == 10)
    pauses = [later - earlier for earlier, later in zip(terminal.times, terminal.times[1:], strict=False)]
    assert pauses[-1] > 10
    assert max(pauses) < 60
    assert trio.current_time() - began > 60


async def test_a_program_that_is_too_slow_reads_anew_instead_of_missing_events(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with keep_connected(HOST, web_port=terminal.web_port, limit=3) as room:
        await comes(room, LinkUp)
        for _ in range(5):
            await terminal.tell("appStateChanged", appState=4)
        await terminal.until_received("auth", 2)
        assert (await comes(room, LinkDown)).loss.cause is Cause.TOO_MANY
        await comes(room, LinkUp)
        await terminal.tell("appStateChanged", appState=3)
        assert (await comes(room, AppStateChanged)).app_state is AppState.READY


async def test_another_controller_is_not_fought(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with keep_connected(HOST, web_port=terminal.web_port) as room:
        await comes(room, LinkUp)
        with room.events() as events:
            await terminal.tell("authorizationNeeded", cause=1)
            assert isinstance(await anext(events), AuthorizationNeeded)
        assert await comes(room, LinkEvicted) == LinkEvicted(EvictionCause.TAKEN_OVER, waits_for_press=True)
        await trio.sleep(10_000)
        assert len(terminal.requests("auth")) == 1
        room.reclaim()
        await comes(room, LinkUp)


async def test_wrong_credentials_are_told(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["auth"] = WRONG_CREDENTIALS
    async with keep_connected(HOST, pin="no", web_port=terminal.web_port) as room:
        await comes(room, LinkRefused)
    with pytest.raises(ValueError, match="only one of"):
        async with keep_connected(HOST, pin="1", password="2"):
            pass
