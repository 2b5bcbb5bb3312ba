"""`offhook simulate` as a process of its own."""

import json
import re
import signal

import pytest

from appliance.simulator.options import CONTACTS
from tests.cli.processes import GRACE, Offhook, Page, Terminal, offhook, simulated


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_json_line_says_that_it_is_ready_and_a_signal_ends_it(number: signal.Signals) -> None:
    with Offhook("simulate") as process:
        terminal = Terminal(process)
        assert terminal.ready.pop("ready") is True
        assert set(terminal.ready) == {"web", "ws", "http", "control"}
        assert len(set(terminal.ready.values())) == 4
        assert terminal.get("/state")["appState"] >= 1
        code, seconds = process.end(number)
        assert code == 0
        assert seconds < GRACE
        assert re.fullmatch(r"\{.*\}\n", process.said["out"])
        assert process.said["err"] == ""


def test_it_tells_the_ports_that_it_really_has() -> None:
    with simulated("--unsecured") as terminal:
        told = Page(terminal.web_port).get("/public/default/config.json")["config"]
        assert told["websocket"]["port"] == terminal.ready["ws"]
        assert told["http"]["port"] == terminal.ready["http"]


def test_the_ports_of_one_are_taken_for_another_and_free_again_after_it() -> None:
    with simulated() as terminal:
        flags = ("web", "ws", "http", "control")
        for name in flags:
            code, out, err = offhook("simulate", f"--{name}-port", str(terminal.ready[name]))
            assert (code, out) == (2, "")
            assert f"cannot listen on 127.0.0.1:{terminal.ready[name]}: " in err
        terminal.process.end()
        with simulated(*(f"--{name}-port={terminal.ready[name]}" for name in flags)) as again:
            assert again.ready == terminal.ready


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        (["--pin", "FA6", "--password", "x"], "--pin, --password and --unsecured: expected at most one of them"),
        (["--pin", "FA6", "--unsecured"], "--pin, --password and --unsecured: expected at most one of them"),
        (["--pin", ""], "pin, password: expected at least one character"),
        (["--web-port", "65536"], "65536 is not in the range"),
        (["--generation", "ancient"], "'ancient' is not one of"),
        (["--host", "256.0.0.1"], "cannot listen on 256.0.0.1"),
    ],
)
def test_wrong_use_is_exit_code_2(flags: list[str], complaint: str) -> None:
    code, out, err = offhook("simulate", *flags)
    assert (code, out) == (2, "")
    assert complaint in err


@pytest.mark.parametrize(("flags", "known"), [([], True), (["--generation=new"], True), (["--generation=old"], False)])
def test_it_plays_an_older_or_a_newer_terminal(flags: list[str], known: bool) -> None:
    with simulated(*flags) as terminal:
        where = ("--takeover", "--web-port", str(terminal.web_port))
        _, out, _ = offhook("terminal", "call", "getSleepMode", *where)
        assert json.loads(out)["result"] is known


def test_the_far_side_names_its_people() -> None:
    with simulated() as terminal:
        named = {peer["peerId"] for peer in terminal.get("/state")["peers"]}
        assert named >= {contact.peer_id for contact in CONTACTS}
        status, answer = terminal.fetch("POST", "/peers/nobody/call", json.dumps({"confType": 0}))
        assert status == 404
        assert "nobody" in json.loads(answer)["error"]
