"""Relays, a light at the door and a sensor of presence on the kernel's lines: what is switched, and what is seen."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.hardware.room import RECEPTION, Room

pytestmark = pytest.mark.hardware

RELAY, SWITCH, OPENER = 16, 12, 26
RED, GREEN, BLUE = LIGHT = 9, 10, 11
SENSOR = 18
OUTPUTS = f"""
[relays.lights]
pin = {RELAY}
[buttons.switch]
pin = {SWITCH}
press = "relay lights"
[buttons.opener]
pin = {OPENER}
press = "relay lights pulse 1"
[lights.outside]
red = {RED}
green = {GREEN}
blue = {BLUE}
shows = "door"
"""
PRESENCE = f"""
[presence.door]
pin = {SENSOR}
[panel]
listen = "127.0.0.1:8080"
"""
ASK = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8080/state', timeout=10).read().decode())"
TRACING = "/sys/kernel/tracing"


@pytest.fixture(scope="module")
def configured(room: Room) -> Iterator[None]:
    """The room with outputs, and nothing that tells whether somebody is there: then the door is busy."""
    with room.configured(OUTPUTS):
        yield


@pytest.fixture
def fitted(configured: None, idle: Room) -> Room:  # in this order
    """That room with nothing going on."""
    return idle


def test_a_relay_is_switched_by_a_press(fitted: Room) -> None:
    assert level(fitted) == 0  # safe
    for wanted in (1, 0):
        edge = press(fitted, SWITCH)
        fitted.note("button pressed -> relay (2 ms of it the glitch filter)", edge, wait_level(fitted, RELAY, wanted))


def test_a_pulse_of_a_relay_ends_by_itself(fitted: Room) -> None:
    fitted.guest.on("gpio", "watch", [RELAY])
    press(fitted, OPENER)
    fitted.settle(2.5)
    seen = fitted.guest.on("gpio", "seen")
    assert [each["level"] for each in seen] == [0, 1, 0]
    lit = fitted.note("pulse of 1 s of a relay", seen[1]["at"], seen[2]["at"])
    assert lit > 900
    assert fitted.guest.judged(lit - 1000) < 500


def test_a_light_at_the_door_shows_booked_free_busy_and_unknown(fitted: Room) -> None:
    shows(fitted, RED)  # a meeting is on
    cancel_all_meetings(fitted)
    shows(fitted, GREEN)
    fitted.in_a_call()
    shows(fitted, RED)
    fitted.terminal.peer(RECEPTION, "leave")
    shows(fitted, GREEN)
    fitted.guest.on("gpio", "watch", list(LIGHT))
    cut = fitted.now()
    fitted.guest.on("net", "be", "loss", "100%")
    try:
        lit = wait_level(fitted, BLUE, 1, 30)
        fitted.note("link cut -> the light at the door says that nobody knows", cut, lit)
        wait_level(fitted, BLUE, 0)  # it flashes
    finally:
        fitted.guest.on("net", "be_well")
    assert {(1, 1, 1), (0, 0, 0)} <= colours(fitted.guest.on("gpio", "seen"))
    shows(fitted, RED, seconds=60)  # the schedule was read anew, and there is the meeting


def test_a_relay_is_made_safe_after_a_crash_before_the_service_is_back(fitted: Room) -> None:
    press(fitted, SWITCH)
    wait_level(fitted, RELAY, 1)
    before = int(fitted.guest.do("show")["MainPID"])
    fitted.guest.on("gpio", "watch", [RELAY])
    with sets_of(fitted, RELAY) as sets:
        fitted.guest.do("kill", signal="KILL")
        fitted.guest.do("wait_state", state="active", timeout=60, not_pid=before, within=60)
        fitted.until_linked()
    after = int(fitted.guest.do("show")["MainPID"])
    seen = fitted.guest.on("gpio", "seen")
    assert [each["level"] for each in seen] == [1, 0], "it was switched on again"
    assert {value for _, value in sets} == {0}
    assert sets[0][0] not in (before, after), "nobody made it safe before the service was back"
    assert sets[-1][0] == after


def test_a_relay_is_made_safe_at_the_end_of_the_service(fitted: Room) -> None:
    press(fitted, SWITCH)
    wait_level(fitted, RELAY, 1)
    with sets_of(fitted, RELAY) as sets:
        fitted.guest.run("systemctl", "stop", "offhook.service", timeout=20)
    assert level(fitted) == 0
    fitted.guest.run("systemctl", "start", "offhook.service", timeout=60)
    assert [value for _, value in sets][-1:] == [0], "it was let go of while it was on"
    fitted.until_linked(60)
    assert level(fitted) == 0


def test_a_sensor_sees_somebody_and_is_given_up_while_it_chatters(idle: Room) -> None:
    with idle.configured(PRESENCE):
        assert presence(idle)["somebody"] is None  # not on for long enough
        edge = idle.guest.on("gpio", "pull", SENSOR, 1)
        assert until_presence(idle, lambda seen: seen["sensing"] == ["door"])["somebody"] is True
        idle.note("edge of a sensor of presence -> GET /state", edge, idle.now())
        idle.guest.on("gpio", "pull", SENSOR, 0)
        assert until_presence(idle, lambda seen: seen["sensing"] == [])["somebody"] is True  # who sits still vanishes
        idle.guest.on("gpio", "bounce", SENSOR, 100, 0.02, 1)
        idle.until_status("presence door")
        assert presence(idle)["sensing"] == []
        idle.until_status("", 60)
        idle.guest.on("gpio", "pull", SENSOR, 1)  # a line that is asked for with its pull has no other level here
        until_presence(idle, lambda seen: seen["sensing"] == ["door"])
        idle.guest.on("gpio", "pull", SENSOR, 0)


def cancel_all_meetings(room: Room) -> None:
    """The terminal says so of its own accord; asked again, it would say what is planned."""
    room.terminal.post("/events", method="event", event="conferenceList", cnt=0, conferences=[], succeed=True)


def press(room: Room, line: int) -> int:
    """A button that only this module has; when it was touched."""
    return int(room.guest.on("gpio", "press", line))


def level(room: Room) -> int:
    """What the relay's line is at now."""
    return int(room.guest.on("gpio", "level", RELAY))


def wait_level(room: Room, line: int, wanted: int, seconds: float = 10) -> int:
    """When a line was seen at a level first."""
    return int(room.guest.on("gpio", "wait_level", line, wanted, seconds, within=seconds))


@contextmanager
def sets_of(room: Room, line: int) -> Iterator[list[tuple[int, int]]]:
    """Fills in, at the end, who drove a line meanwhile: process and level, however short it was."""
    room.guest.run("sh", "-c", f"echo >{TRACING}/trace; echo 1 >{TRACING}/events/gpio/gpio_value/enable")
    sets: list[tuple[int, int]] = []
    yield sets
    room.guest.run("sh", "-c", f"echo 0 >{TRACING}/events/gpio/gpio_value/enable")
    chips = room.guest.run("cat", "/sys/kernel/debug/gpio")
    base = re.search(r"GPIOs (\d+)-\d+, parent: platform/gpio-sim", chips)
    assert base, chips
    driven = rf"-(\d+) +\[.*gpio_value: {int(base[1]) + line} set ([01])"
    trace = room.guest.run("cat", f"{TRACING}/trace")
    sets += [(int(pid), int(value)) for pid, value in re.findall(driven, trace)]


def shows(room: Room, *lit: int, seconds: float = 20) -> None:
    """Waits until the light has been steady with these pins lit and no others."""
    levels = {str(line): int(line in lit) for line in LIGHT}
    room.guest.on("gpio", "wait_steady", levels, 0.7, seconds, within=seconds)


def colours(seen: list[dict[str, int]]) -> set[tuple[int, ...]]:
    """Every colour that a watch of the light has seen."""
    now, all_of_them = dict.fromkeys(LIGHT, 0), set()
    for each in seen:
        now[each["line"]] = each["level"]
        all_of_them.add(tuple(now.values()))
    return all_of_them


def presence(room: Room) -> dict[str, Any]:
    """What `GET /state` says of presence."""
    said: dict[str, Any] = json.loads(room.guest.run("python3", "-c", ASK))["presence"]
    return said


def until_presence(room: Room, condition: Callable[[dict[str, Any]], bool], seconds: float = 20) -> dict[str, Any]:
    """What it says of presence once the condition holds."""
    deadline = time.monotonic() + room.guest.limit(seconds)
    while not condition(said := presence(room)):
        if time.monotonic() > deadline:
            raise AssertionError(f"presence {said} after {room.guest.limit(seconds):.0f} s")
        room.wait(0.1)
    return said
