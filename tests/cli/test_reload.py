"""`systemctl reload offhook` on the real process: what changes is taken while it runs, and nobody else notices."""

import functools
import http.client
import itertools
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import PATIENCE, Terminal, simulated
from tests.cli.rooms import PIN, Room, configuration, running

pytestmark = pytest.mark.slow

RECEPTION = "100@meet.example.com"


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one


@pytest.fixture
def file(terminal: Terminal, tmp_path: Path) -> Path:
    return configuration(tmp_path, terminal.web_port)


@pytest.fixture
def room(file: Path, terminal: Terminal) -> Iterator[Room]:
    with running(file) as room:
        room.process.says(r"\blink_up\b")
        yield room
        code, _seconds = room.process.end(signal.SIGTERM)
        assert code == 0
        assert "Traceback" not in room.process.said["err"]
        assert PIN not in room.process.said["err"]


def reload(room: Room, said: str, count: int = 1) -> None:
    """Asks for a reload; returns when the process has said for the `count`th time what became of it."""
    room.process.send(signal.SIGHUP)
    room.process.says(rf"(?s)(\b{said}\b.*){{{count}}}")


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text()
    after = change(before)
    assert after != before
    file.write_text(after)


def moved(before: int, after: int, text: str) -> str:
    """Returns a file with the part of one pin on another."""
    return text.replace(f"pin = {before}\n", f"pin = {after}\n")


def asked(page: http.client.HTTPConnection) -> int:
    """Asks for the room, and reads the answer, so that the connection can be used again."""
    page.request("GET", "/state")
    with page.getresponse() as answer:
        answer.read()
        return answer.status


def links(room: Room) -> int:
    return len(re.findall(r"\blink_up\b", room.process.said["err"]))


def called(terminal: Terminal) -> list[Any]:
    return [each["peerId"] for each in terminal.get("/state")["commands"] if each["method"] == "call"]


def test_a_button_changes_and_nobody_else_notices(room: Room, file: Path, terminal: Terminal) -> None:
    page = http.client.HTTPConnection("127.0.0.1", room.port, timeout=PATIENCE)
    assert asked(page) == 200
    same = page.sock
    edit(file, lambda text: text.replace("pin = 17", "pin = 22") + '[buttons.mute]\npin = 17\npress = "mute"\n')
    reload(room, "configuration_applied")
    assert asked(page) == 200
    assert page.sock is same, "the page's connection did not stay"
    page.close()
    said = room.process.said["err"]
    assert "added=['button mute'] removed=[] replaced=['button call']" in said
    room.press("mute")
    terminal.until_state(lambda seen: seen["mutes"]["mic"])
    room.press("mute")
    terminal.until_state(lambda seen: not seen["mutes"]["mic"])
    room.press("call")
    terminal.until_state(lambda seen: seen["appState"] == 4)
    room.press("hangup")
    terminal.until_state(lambda seen: seen["appState"] == 3)
    assert links(room) == 1


def test_during_a_call_the_call_stays(room: Room, file: Path, terminal: Terminal) -> None:
    room.press("call")
    terminal.until_state(lambda seen: seen["appState"] == 4)
    terminal.post(f"/peers/{RECEPTION}/answer")
    room.until_lit("in_call")
    edit(file, lambda text: text.replace("[lamps.in_call]\npin = 6", "[lamps.in_call]\npin = 13"))
    reload(room, "configuration_applied")
    room.until_lit("in_call")  # on its new pin
    assert terminal.get("/state")["appState"] == 5
    room.press("hangup")
    terminal.until_state(lambda seen: seen["appState"] == 3)
    assert links(room) == 1


def test_a_wrong_file_changes_nothing_and_is_told(room: Room, file: Path, terminal: Terminal) -> None:
    edit(file, lambda text: text.replace("pin = 17", "pin = 27").replace('press = "hang_up"', 'press = "hang_out"'))
    reload(room, "configuration_refused")
    health = room.get("/health")["configuration"]
    assert health["refused"] == "room.toml has 2 mistakes; the former one is in force"
    assert len(health["mistakes"]) == 2
    assert "mistakes; the former one is in force" in room.fetch("GET", "/")[1].decode()
    room.press("call")  # it is on its former pin, and works
    terminal.until_state(lambda seen: seen["appState"] == 4)
    room.press("hangup")
    terminal.until_state(lambda seen: seen["appState"] == 3)
    edit(file, lambda text: text.replace("hang_out", "hang_up").replace("pin = 27", "pin = 17", 1))
    reload(room, "configuration_unchanged")
    assert room.get("/health")["configuration"] == {"refused": "", "mistakes": []}


def test_the_same_file_does_nothing(room: Room, file: Path) -> None:
    edit(file, lambda text: f"# somebody looked at it\n{text}")
    before = room.get("/hardware")["lamps"]
    reload(room, "configuration_unchanged")
    reload(room, "configuration_unchanged", 2)
    assert room.get("/hardware")["lamps"] == before  # not its revision: the clock on the display counts there too
    assert "configuration_applied" not in room.process.said["err"]


def test_twice_in_quick_succession_the_last_file_counts(room: Room, file: Path, terminal: Terminal) -> None:
    for before, after in itertools.pairwise((17, 22, 23, 24, 25)):
        edit(file, functools.partial(moved, before, after))
        room.process.send(signal.SIGHUP)
    edit(file, lambda text: text.replace('press = "call"', 'press = "mute"'))
    room.process.send(signal.SIGHUP)
    room.press("hangup")
    reload(room, "configuration_unchanged")
    room.press("call")
    terminal.until_state(lambda seen: seen["mutes"]["mic"])
    room.press("call")
    terminal.until_state(lambda seen: not seen["mutes"]["mic"])


def test_what_the_process_takes_once_ends_it_and_a_later_reload_takes_that_back(file: Path, terminal: Terminal) -> None:
    with running(file) as room:
        room.process.says(r"\blink_up\b")
        room.press("call")
        terminal.until_state(lambda seen: seen["appState"] == 4)
        edit(file, lambda text: text.replace('level = "debug"', 'level = "info"'))
        reload(room, "restart_waits")
        edit(file, lambda text: text.replace('level = "info"', 'level = "debug"'))
        reload(room, "configuration_unchanged")
        room.press("hangup")
        terminal.until_state(lambda seen: seen["appState"] == 3)
        assert room.get("/state")["phase"]  # it has not ended
        edit(file, lambda text: text.replace("reclaim", "x").replace("[terminal]", "[terminal]\ncommand_timeout = 4.0"))
        room.process.send(signal.SIGHUP)
        assert room.process.wait() == 0
        assert "for_restart=['[terminal]']" in room.process.said["err"]


def test_a_device_that_is_unplugged_stays_offline_and_its_removal_is_no_fault(room: Room, file: Path) -> None:
    room.post("/hardware/keypads/keypad", plugged=False)
    room.until("/hardware", lambda seen: not seen["keypads"]["keypad"]["plugged"])
    room.process.says(r"service_failed.*keypad")
    edit(file, lambda text: text.replace("pin = 17", "pin = 22"))
    reload(room, "configuration_applied")
    assert room.get("/health")["offline"] == ["keypad"]
    edit(file, lambda text: text.replace("[keypads.keypad]\n", ""))
    reload(room, "configuration_applied", 2)
    assert room.get("/health")["offline"] == []
    assert room.get("/hardware")["keypads"] == {}
