"""`offhook terminal doctor`: asks everything, changes nothing, and tells nobody's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.processes import Offhook, Terminal, offhook, simulated

PIN = "4711-not-to-be-told"
JOHN = "john.smith@meet.example.com"
PLANTED = ("4711", "john", "smith", "Петрова", "meet.example", "reception", "Переговорная", "планёрка", "127.0.0.1")

pytestmark = pytest.mark.slow


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one


def examined(terminal: Terminal, *more: str | Path) -> tuple[int, str, str]:
    words = ("doctor", "127.0.0.1", "--web-port", str(terminal.web_port), "--listen", "0", *more)
    return offhook("terminal", *words, env={"OFFHOOK_PIN": PIN})


def test_a_call_is_not_disturbed_and_the_report_has_nobody_in_it(terminal: Terminal, tmp_path: Path) -> None:
    terminal.post(f"/peers/{JOHN}/call", confType=0)
    before = terminal.until_state(lambda state: state["appState"] == 4)
    file = tmp_path / "report.md"
    code, out, err = examined(terminal, "--takeover", "--to", file)
    assert (code, file.read_text()) == (0, out.removesuffix("\n"))
    after = terminal.get("/state")
    assert after["appState"] == 4
    assert {name for name in before if before[name] != after[name]} <= {"revision", "commands", "accounts", "now"}
    sent = {command["method"] for command in after["commands"]}
    assert not [method for method in sent - {"auth"} if not method.startswith("get")]
    assert [word for word in PLANTED if word.lower() in out.lower()] == []
    for line in ("Authorised as: administrator", "Generation: newer", "In a call meanwhile: yes", "- getAbook: "):
        assert line in out
    assert "administrator pin" in out
    assert "has no name of a person" in err


def test_it_says_whom_it_would_evict_before_it_does(terminal: Terminal) -> None:
    code, out, err = examined(terminal)
    assert (code, out) == (2, "")
    assert "nobody was evicted so far" in err
    assert "loses it" in err
    assert [command["method"] for command in terminal.get("/state")["commands"]] in (["getAuthInfo"], [])


def test_a_terminal_that_is_not_there_is_exit_code_3() -> None:
    code, _, err = offhook("terminal", "doctor", "127.0.0.1", "--web-port", "1", "--ws-port", "1")
    assert code == 3
    assert "connection refused" in err


def test_an_older_terminal_is_not_taken_for_a_newer_one() -> None:
    with simulated("--generation", "old", "--pin", PIN) as old:
        code, out, _ = offhook(
            "terminal", "doctor", "127.0.0.1", "--web-port", str(old.web_port), "--takeover", "--listen", "0"
        )
        assert code == 0
        assert "Generation: older" in out
        assert "- getNDIState" in out.partition("## Refused (of newer terminals' commands)")[2].partition("##")[0]


def test_what_a_newer_version_says_is_in_the_report_without_its_values(terminal: Terminal) -> None:
    words = ("doctor", "127.0.0.1", "--web-port", str(terminal.web_port), "--listen", "2", "--takeover")
    with Offhook("terminal", *words, env={"OFFHOOK_PIN": PIN}) as process:
        terminal.until_state(lambda state: "admin" in state["accounts"])
        terminal.post("/events", method="event", event="neverHeardOf", who=JOHN)
        terminal.post("/events", method="event", event="appStateChanged", appState=77, mood=JOHN)
        assert process.wait() == 0
        out = process.said["out"]
    assert "- neverHeardOf: 1" in out
    assert "- appStateChanged.mood: text" in out
    assert "- appStateChanged.appState: 77" in out
    assert "john" not in out
