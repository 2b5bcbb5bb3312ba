"""`offhook hardware-test` and `offhook devices keys`, as whoever has a board runs them: on the kernel's own devices.

Wires are the agent's: it lets one line of gpio-sim follow another, and sends back what comes on the serial line. On an
emulated processor its wire is late by more than a contact bounces, and misses an edge now and then. So bounces and
latencies are told here and not judged; tests/cli/hardware_test does that with wires that are never late.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hardware.room import Room

pytestmark = pytest.mark.hardware

EDGES = (16, 26)
MOST_LOST = 20  # edges of 200
LINE = "/dev/serial/by-id/usb-Offhook_Bench_Serial_0001-if00"
REPORT, SAID = "/run/hardware-test", "/run/keys.txt"
HELD = "/sys/kernel/debug/gpio"
AS_A_PI = ("systemd-run", "--quiet", "--collect", "--property=BindReadOnlyPaths=/opt/bench/cpuinfo:/proc/cpuinfo")
"""How a command runs that looks for the board's revision, as the service does here."""


@pytest.fixture
def stopped(idle: Room) -> Iterator[Room]:
    """The room while its service is not running, and linked again afterwards."""
    idle.guest.run("systemctl", "stop", "offhook.service", timeout=30)
    yield idle
    idle.guest.run("systemctl", "start", "offhook.service", timeout=60)
    idle.until_linked(60)


@pytest.fixture
def wired(stopped: Room) -> Iterator[Room]:
    """That room with its wires."""
    stopped.guest.on("gpio", "connect", [EDGES])
    stopped.guest.on("joystick", "loop")
    yield stopped
    stopped.guest.on("joystick", "unloop")
    stopped.guest.on("gpio", "disconnect")


def test_a_room_that_runs_keeps_its_devices(idle: Room) -> None:
    done = hardware_test(idle, "--only=edges")
    assert done["status"] == 1
    assert "sudo systemctl stop offhook" in done["out"]
    assert idle.guest.do("show")["ActiveState"] == "active"


def test_a_wire_and_a_line_are_tried(wired: Room) -> None:
    jumper = f"--jumper={EDGES[0]}:{EDGES[1]}"
    report = reported(wired, "--only=memory,start,edges,serial", jumper, f"--serial={LINE}")
    assert list(results(report)) == ["start", "memory", "edges", "serial"]
    edges = figures(report, "edges")
    assert edges["edges_lost"] <= MOST_LOST
    assert edges["presses"] >= 5
    wired.times.setdefault("hardware-test: edge through a simulated wire -> driver, median", []).append(
        edges["latency_p50"]
    )
    line = figures(report, "serial")
    assert [value for name, value in line.items() if name.startswith("bytes_wrong")] == [0] * 5
    assert figures(report, "memory")["memory_left"] > 0
    assert figures(report, "start")["start_time"] > 0


def test_pins_are_free_after_an_interruption(wired: Room) -> None:
    """Ctrl-C while pins are driven: nobody has them afterwards, and the report says what is known."""
    jumper = f"--jumper={EDGES[0]}:{EDGES[1]}"
    command = ("offhook", "hardware-test", "--yes", "--only=memory,edges", jumper, f"--report={REPORT}")
    wired.guest.on("gpio", "disconnect")  # the edges then take seconds, and are interrupted in them
    wired.guest.run(*AS_A_PI, "--unit=hardware-test", "--property=KillSignal=SIGINT", *command)
    until(wired, "sh", "-c", f"grep -q 'offhook.*out' {HELD}")
    wired.guest.run("systemctl", "stop", "hardware-test", timeout=60)
    assert "offhook" not in wired.guest.run("cat", HELD)
    report = json.loads(wired.guest.run("cat", f"{REPORT}.json"))
    assert ([each["name"] for each in report["results"]], report["complete"]) == (["memory"], False)


def test_keys_are_learned_and_nobody_else_hears_them(stopped: Room) -> None:
    command = f"offhook devices keys --name bench --to /run/keys.jsonl >{SAID} 2>&1 </dev/null"
    stopped.guest.run("sh", "-c", f"rm -f /run/keys.jsonl; {command} &")
    for number, key in enumerate("\n0*#-1234/", 1):
        until_said(stopped, f"[{number}/10]")
        until_said(stopped, "(none: Enter, or wait 20 s)", number)
        stopped.type(key)
    until_said(stopped, "[keypads.bench.keys]", seconds=90)
    said = stopped.guest.run("cat", SAID)
    assert "# call: KEY_KPENTER by itself" in said
    assert '"KEY_KP0" = "hang_up"  # HID usage 07:0062' in said
    assert stopped.guest.run("offhook", "devices", "keys", "--replay", "/run/keys.jsonl", timeout=60).endswith(
        said.partition("[keypads.bench]")[2].replace("bench", "desk").partition("keys]")[2]
    )


def hardware_test(room: Room, *words: str) -> dict[str, Any]:
    """Runs the command with nobody there, and returns its status and output."""
    command = [*AS_A_PI, "--wait", "--pipe", "offhook", "hardware-test", "--yes", *words]
    done: dict[str, Any] = room.guest.do("run", words=command, timeout=90, within=90)
    return done


def reported(room: Room, *words: str) -> dict[str, Any]:
    """Runs it, and returns its whole report."""
    done = hardware_test(room, *words, f"--report={REPORT}")
    print(done["out"], done["err"])
    report: dict[str, Any] = json.loads(room.guest.run("cat", f"{REPORT}.json"))
    assert report["complete"]
    return report


def results(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The steps of a report by name."""
    return {result["name"]: result for result in report["results"]}


def figures(report: dict[str, Any], step: str) -> dict[str, Any]:
    """What a step measured, by name and part."""
    measured = results(report)[step]["figures"]
    return {" ".join(filter(None, (each["name"], each.get("of")))): each["value"] for each in measured}


def until(room: Room, *words: str, seconds: float = 60) -> None:
    """Waits until a command of the guest succeeds."""
    deadline = time.monotonic() + room.guest.limit(seconds)
    while room.guest.do("run", words=list(words), timeout=30, within=30)["status"]:
        assert time.monotonic() < deadline, words


def until_said(room: Room, words: str, times: int = 1, seconds: float = 40) -> None:
    """Waits until the command has said something so many times."""
    deadline = time.monotonic() + room.guest.limit(seconds)
    while (said := room.guest.run("cat", SAID)).count(words) < times:
        assert time.monotonic() < deadline, said
        room.wait(0.2)
