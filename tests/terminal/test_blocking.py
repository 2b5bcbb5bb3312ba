"""The client for scripts: real threads, real sockets, a simulated terminal in a process of its own, a real Ctrl-C."""

import inspect
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio

from appliance.terminal import LinkLost, Refused, Unauthorised, blocking
from appliance.terminal.blocking.client import BlockingClient
from appliance.terminal.blocking.loop import Closed, Loop
from appliance.terminal.client.catalogue import CATALOGUE
from appliance.terminal.client.client import Client
from appliance.terminal.enums import AppState, Privileges
from appliance.terminal.messages import Untyped
from appliance.terminal.messages.calls import AppStateChanged, InviteReceived
from appliance.terminal.pictures import Pictures
from tests.cli.processes import Offhook, Terminal, simulated

HOST = "127.0.0.1"
JOHN = "john.smith@meet.example.com"
PAGE = Path(__file__).parents[2] / "docs" / "terminal" / "program.md"


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    """A simulated terminal that the tests share: each leaves it as it was."""
    with simulated("--pin", "FA6") as one:
        yield one


def test_a_loop_that_cannot_start_says_so_and_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_main: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("appliance.terminal.blocking.loop.trio.run", run)
    with pytest.raises(OSError, match="Too many open files"):
        Loop().__enter__()  # it would wait for ever


def test_commands_return_their_replies(terminal: Terminal) -> None:
    with blocking.connect(HOST, pin="FA6", web_port=terminal.web_port) as room:
        assert room.calls.state().app_state is AppState.READY
        assert (room.host, room.privileges, bool(room.token)) == (HOST, Privileges.ADMINISTRATOR, True)
        room.devices.mute_audio(mute=True)
        assert room.devices.audio_muted().mute is True
        room.devices.mute_audio(mute=False)
        assert room.send(Untyped("getAppState")).frame.result is True
        assert room.has_presets() is True
        with pytest.raises(Refused, match="the terminal refused accept"):
            room.calls.accept()
        assert room.run(Pictures(room.client).frame, within=60).content_type == "image/jpeg"


def test_what_prevents_the_connection_is_raised_as_it_is(terminal: Terminal) -> None:
    with pytest.raises(Unauthorised), blocking.connect(HOST, pin="no", web_port=terminal.web_port):
        pass
    with pytest.raises(LinkLost), blocking.connect(HOST, web_port=1, ws_port=1):
        pass
    with pytest.raises(ValueError, match="only one of"), blocking.connect(HOST, pin="1", password="2"):
        pass


def test_events_are_waited_for(terminal: Terminal) -> None:
    with blocking.connect(HOST, pin="FA6", web_port=terminal.web_port) as room:
        with room.events(InviteReceived) as invitations, room.events(AppStateChanged) as states:
            terminal.post(f"/peers/{JOHN}/call", confType=0)
            event = invitations.next(within=60)
            assert isinstance(event, InviteReceived)
            assert (event.peer_id, invitations.extra, JOHN in invitations.frame) == (JOHN, {}, True)
            assert room.calls.current().peer_id == JOHN
            room.calls.reject()
            seen = []
            for state in states:
                seen.append(state)
                if isinstance(state, AppStateChanged) and state.app_state is AppState.READY:
                    break
        assert len(seen) == 2


def test_a_wait_has_an_end(terminal: Terminal) -> None:
    with blocking.connect(HOST, pin="FA6", web_port=terminal.web_port) as room, room.events() as events:
        with pytest.raises(TimeoutError, match=r"not done within 0\.01 s"):
            events.next(within=0.01)
        assert room.calls.state().app_state is AppState.READY


def test_the_end_of_the_connection_reaches_whoever_waits(terminal: Terminal) -> None:
    with blocking.connect(HOST, pin="FA6", web_port=terminal.web_port) as room, room.events() as events:
        terminal.post("/faults", drop=True)
        with pytest.raises(LinkLost):
            events.next(within=60)
        with pytest.raises(LinkLost):
            room.calls.state()


def test_after_the_block_nothing_goes_on(terminal: Terminal) -> None:
    with blocking.connect(HOST, pin="FA6", web_port=terminal.web_port) as room:
        threads = [thread.name for thread in threading.enumerate()]
    assert threads.count("offhook") == 1
    assert "offhook" not in [thread.name for thread in threading.enumerate()]
    with pytest.raises(Closed):
        room.calls.state()
    terminal.until_state(lambda state: state["accounts"] == [])


SCRIPT = """
from appliance.terminal import blocking
with blocking.connect("127.0.0.1", pin="FA6", web_port={port}) as room, room.events() as events:
    try:
        print("waiting", flush=True)
        events.next()
    except KeyboardInterrupt:
        print("interrupted", room.calls.state().app_state.name, flush=True)
"""


def test_ctrl_c_ends_a_wait_and_the_connection_goes_on(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(SCRIPT.format(port=terminal.web_port))
    with Offhook(program=str(path)) as script:
        script.says("^waiting$", "out")
        code, seconds = script.end(signal.SIGINT)
        assert (code, script.said["err"]) == (0, "")
        assert script.said["out"].endswith("interrupted READY\n")
        assert seconds < 20


def test_the_example_of_the_documentation_runs(terminal: Terminal, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n([^`]*blocking\.connect.*?)```", PAGE.read_text(), re.DOTALL)
    path = tmp_path / "script.py"
    mine = program.replace('"192.0.2.10", ', f'"{HOST}", web_port={terminal.web_port}, ')
    path.write_text(mine.replace("        print(events", '        print("listening")\n        print(events'))
    with Offhook(program=str(path), env={"PYTHONUNBUFFERED": "1"}) as script:
        script.says("^(AppState.READY|3)$", "out")
        terminal.until_state(lambda state: state["mutes"]["mic"] is True)
        script.says("^listening$", "out")
        terminal.post(f"/peers/{JOHN}/call", confType=0)
        script.says(rf"^InviteReceived\(.*{JOHN}", "out")
        assert script.wait() == 0
    terminal.post(f"/peers/{JOHN}/leave")
    terminal.until_state(lambda state: state["appState"] == 3)


def test_every_command_is_there_and_explained() -> None:
    class Nowhere:
        async def post(self, command: object) -> object:
            raise NotImplementedError

    client = Client(HOST, Nowhere())  # type: ignore[arg-type]  # nothing is sent
    room = BlockingClient(client, Loop())
    for group in CATALOGUE:
        for entry in group.commands:
            method = getattr(getattr(room, group.name), entry.name)
            original = getattr(getattr(client, group.name), entry.name)
            assert method.__doc__ == original.__doc__
            assert inspect.signature(method) == inspect.signature(original)


def test_a_bug_is_raised_where_it_is_waited_for_and_ends_nothing() -> None:
    async def fails() -> None:
        raise AssertionError("a bug")

    async def works() -> int:
        return 7

    with Loop() as loop:
        with pytest.raises(AssertionError, match="a bug"):
            loop.run(fails)
        assert loop.run(works) == 7


def test_whoever_waits_when_everything_ends_is_told() -> None:
    raised: list[BaseException] = []

    def wait() -> None:
        try:
            loop.run(trio.sleep_forever)
        except BaseException as error:
            raised.append(error)

    with Loop() as loop:
        waiting = threading.Thread(target=wait)
        waiting.start()
        loop.run(trio.lowlevel.checkpoint)
    waiting.join(20)
    assert [type(error) for error in raised] == [Closed]
    with pytest.raises(Closed):
        loop.run(trio.lowlevel.checkpoint)
