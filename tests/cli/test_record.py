"""`offhook terminal record` and `offhook simulate --replay`: a terminal is recorded, and plays itself again."""

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.terminal import Refused, blocking
from appliance.terminal.enums import AppState
from appliance.terminal.messages.calls import InviteReceived
from appliance.terminal.messages.recording import read_recording
from tests.cli.processes import Offhook, Terminal, offhook, simulated
from tests.eventually import until_written

PIN = "4711-not-to-be-told"
JOHN = "john.smith@meet.example.com"
PLANTED = (
    "4711",
    "john",
    "smith",
    "Петрова",
    "meet.example",
    "reception",
    "Переговорная",
    "планёрка",
    "0ff400c",
    "r00m",
)
HOST = "127.0.0.1"

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one


@pytest.fixture
def recording(terminal: Terminal, tmp_path: Path) -> Path:
    """A session in which everything was asked, and John called and gave up."""
    file = tmp_path / "session.jsonl"
    words = ("terminal", "record", file, "--web-port", str(terminal.web_port), "--takeover")
    with Offhook(*words, env={"OFFHOOK_PIN": PIN}) as recorder:
        recorder.says("^everything was asked")
        terminal.post("/faults", garbage=True)
        terminal.post(f"/peers/{JOHN}/call", confType=0)
        terminal.until_state(lambda state: state["appState"] == 4)
        terminal.post("/events", method="event", event="news", who=JOHN, code="4711-not-to-be-told", number=49301234567)
        terminal.post(f"/peers/{JOHN}/leave")
        until_written(tmp_path, lambda: re.search(r'inviteReceived[\s\S]*"appState":3', file.read_text()))
        assert recorder.end(signal.SIGINT)[0] == 0
        assert "nobody's name" in recorder.said["err"]
    return file


@contextmanager
def replayed(file: Path) -> Iterator[dict[str, Any]]:
    """A terminal that plays a recording: its ports."""
    with Offhook("simulate", "--replay", file, warm=True) as process:
        ports: dict[str, Any] = json.loads(process.says(r"^.*\n", "out")[0])
        yield ports


def test_what_is_recorded_has_everything_but_people_and_secrets(recording: Path) -> None:
    text = recording.read_text()
    assert [word for word in (*PLANTED, "49301234567") if word.lower() in text.lower()] == []
    frames = read_recording(text)
    methods = {frame.frame["method"] for frame in frames if frame.what == "sent" and frame.frame}
    assert methods >= {"auth", "getAppState", "getAbook", "getCallHistory", "getAuthInfo"}
    assert not [method for method in methods - {"auth"} if not method.startswith("get")]
    events = [frame.frame["event"] for frame in frames if frame.frame and "event" in frame.frame]
    assert {"inviteReceived", "appStateChanged", "news"} <= set(events)
    assert [frame.at for frame in frames] == sorted(frame.at for frame in frames)
    assert any(frame.frame is None and frame.length for frame in frames)
    invited = next(frame.frame for frame in frames if frame.frame and frame.frame.get("event") == "inviteReceived")
    books = [frame.frame["abook"] for frame in frames if frame.frame and "abook" in frame.frame]
    assert {"peerId": invited["peerId"], "peerDn": invited["peerDn"]}.items() <= next(
        contact for contact in books[0] if contact["peerId"] == invited["peerId"]
    ).items()


def test_a_recording_plays_itself(recording: Path) -> None:
    with replayed(recording) as ports, blocking.connect(HOST, pin="any", web_port=ports["web"]) as room:
        with room.events(InviteReceived) as events:
            assert room.calls.state().app_state is AppState.READY
            contacts = {contact.peer_id for contact in room.address_book.contacts().contacts}
            invited = events.next(within=60)
            assert isinstance(invited, InviteReceived)
            assert invited.peer_id in contacts
        with pytest.raises(Refused, match="not in the recording"):
            room.calls.accept()


def test_a_file_that_is_no_recording_is_wrong_use(tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text('{"offhook_recording": 1}\n')
    code, _, err = offhook("simulate", "--replay", file)
    assert code == 2
    assert "line 1: " in err
    file.write_text('{"offhook_terminal_recording": 1}\n{"at": "soon"}\n')
    assert "line 2: " in offhook("simulate", "--replay", file)[2]
    assert "No such file" in offhook("simulate", "--replay", tmp_path / "none")[2]
    assert "expected neither" in offhook("simulate", "--replay", file, "--rooms", "2")[2]


def test_a_file_is_not_written_over(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    words = ("record", tmp_path / "mine", "--takeover", "--web-port", str(terminal.web_port))
    code, _, err = offhook("terminal", *words)
    assert (code, (tmp_path / "mine").read_text()) == (2, "mine")
    assert "expected a new file" in err
