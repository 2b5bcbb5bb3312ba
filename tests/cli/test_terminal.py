"""`offhook terminal call` and `offhook terminal watch` against a simulated terminal in a process of its own."""

import json
import re
import signal
import socket
from typing import Any

import pytest

from tests.cli.processes import Offhook, Terminal, offhook

PIN = {"OFFHOOK_PIN": "FA6"}
JOHN = "john.smith@meet.example.com"


def where(terminal: Terminal) -> tuple[str, ...]:
    """The terminal, and that nobody minds losing it."""
    return ("--takeover", "--web-port", str(terminal.web_port))


def call(terminal: Terminal, *words: str) -> tuple[int, Any, str]:
    """Exit code, the reply as JSON (None where nothing was printed) and standard error."""
    code, out, err = offhook("terminal", "call", *words, *where(terminal), env=PIN)
    return code, json.loads(out) if out else None, err


def test_the_reply_is_printed_as_one_line_of_json(terminal: Terminal) -> None:
    code, out, err = offhook("terminal", "call", "getAppState", *where(terminal), "--pin", "FA6")
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    reply = json.loads(out)
    assert (reply["method"], reply["result"], reply["appState"]) == ("getAppState", True, 3)


def test_parameters_are_text_or_json(terminal: Terminal) -> None:
    assert call(terminal, "setAudioMute", "mute:=true")[0] == 0
    state = terminal.get("/state")
    assert state["commands"][-1] == {"method": "setAudioMute", "requestId": "2", "mute": True}
    assert state["mutes"]["audio"] is True
    assert call(terminal, "setAudioMute", "mute:=false")[0] == 0


def test_a_refusal_is_printed_and_is_exit_code_1(terminal: Terminal) -> None:
    code, reply, err = call(terminal, "frobnicate", "peerId=x")
    assert (code, err) == (1, "")
    assert reply["result"] is False
    assert reply["error"]


def test_a_wrong_pin_is_exit_code_1_and_not_repeated(terminal: Terminal) -> None:
    code, out, err = offhook(
        "terminal",
        "call",
        "getAppState",
        "--takeover",
        "--web-port",
        str(terminal.web_port),
        "--pin",
        "secret-and-wrong",
    )
    assert (code, out) == (1, "")
    assert "refused" in err
    assert "secret-and-wrong" not in err
    assert len(err.splitlines()) == 1


def test_no_connection_is_exit_code_3() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    code, out, err = offhook("terminal", "call", "getAppState", "--takeover", "--web-port", str(port))
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["call"], "Missing argument 'METHOD'"),
        (["call", "call", "peerId"], "'peerId': expected KEY=TEXT or KEY:=JSON"),
        (["call", "call", "peerId:={"], "'peerId:={': expected JSON"),
        (["watch", "--timeout", "never"], "'never' is not a valid float"),
        (["listen"], "No such command 'listen'"),
    ],
)
def test_wrong_use_is_exit_code_2(words: list[str], complaint: str) -> None:
    code, out, err = offhook("terminal", *words)
    assert (code, out) == (2, "")
    assert complaint in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_prints_each_event_as_a_line_until_it_is_ended(terminal: Terminal, number: signal.Signals) -> None:
    with Offhook("terminal", "watch", *where(terminal), env=PIN) as watching:
        terminal.until_state(lambda state: "admin" in state["accounts"])
        terminal.post("/events", method="event", event="news", extra=[1, {"text": "да"}])
        line = watching.says(r'^.*"news".*\n', "out")[0]
        assert json.loads(line) == {"method": "event", "event": "news", "extra": [1, {"text": "да"}]}
        terminal.post(f"/peers/{JOHN}/call", confType=0)
        invited = json.loads(watching.says(r"^.*inviteReceived.*\n", "out")[0])
        assert invited["peerId"] == JOHN
        terminal.post(f"/peers/{JOHN}/leave")
        code, _ = watching.end(number)
        assert code == 0
        assert watching.said["err"] == ""
        assert all(re.fullmatch(r"\{.*\}", line) for line in watching.said["out"].splitlines())
    terminal.until_state(lambda state: state["appState"] == 3)


def test_watching_ends_with_exit_code_1_where_somebody_else_takes_over(terminal: Terminal) -> None:
    with Offhook("terminal", "watch", *where(terminal), env=PIN) as watching:
        terminal.until_state(lambda state: "admin" in state["accounts"])
        terminal.post("/faults", takeover="admin")
        assert watching.wait() == 1
        assert "Another controller" in watching.said["err"]
