"""Each alert fires when it should, and not a moment else: tried by Prometheus' own engine on made-up histories."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.cli.processes import ROOT

PROMTOOL = shutil.which("promtool")
FOLDER = ROOT / "image" / "fleet" / "prometheus"
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "rules" / "offhook.yml").read_text())["groups"][0]["rules"]
pytestmark = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")

ROOM = {"job": "offhook", "instance": "n:9650", "site": "b", "building": "a", "room": "neptune"}


class Case(NamedTuple):
    """An alert, series of a value each minute as promtool writes them, and when it is looked at (minutes).

    `more`: labels that the alert has beside those of the room.
    """

    alert: str
    at: int
    fires: Mapping[str, str]
    quiet: Mapping[str, str]
    more: Mapping[str, str] = {}


def series(name: str, **labels: str) -> str:
    pairs = [f'{label}="{value}"' for label, value in {**ROOM, **labels}.items()]
    return f"{name}{{{', '.join(pairs)}}}"


def up(room: str, building: str = "a") -> str:
    return series("up", instance=f"{room}:9650", room=room, building=building)


def bucket(bound: str) -> str:
    return series("offhook_press_to_wire_seconds_bucket", le=bound)


def of(name: str, **labels: str) -> str:
    return series(f"offhook_{name}", **labels)


PRESENT, CONFIGURED = of("devices_present", kind="keypad"), of("devices", kind="keypad")
REFUSED = of("link_state", state="refused")
SIZE, FREE = of("host_disk_size_bytes"), of("host_disk_free_bytes")
UPTIME = of("uptime_seconds")
NO_ANSWER, LOST = of("commands_failed_total", reason="no_answer"), of("queue_overflows_total", queue="commands")
FLAPS, ODD = of("service_failures_total", service="keypad"), of("terminal_reports_dropped_total", reason="odd_value")
ENDS = of("certificate_expiry_timestamp_seconds", table="panel")
CALENDAR = of("calendar_read_timestamp_seconds")
STARTED = {reason: of("start_info", reason=reason) for reason in ("watchdog", "boot")}

CASES = [
    Case("RoomWithoutTerminal", 6, {of("link_up"): "0x60"}, {of("link_up"): "0x3 1 0x3 1x50"}),
    Case("RoomWithoutTerminal", 6, {of("link_up"): "0x60"}, {of("link_up"): "0x60", REFUSED: "1x60"}),
    Case("RoomRefused", 3, {REFUSED: "1x60"}, {REFUSED: "1x1 0x60"}, {"state": "refused"}),
    Case("RoomPressWithoutAnswer", 10, {NO_ANSWER: "0x5 1x60"}, {NO_ANSWER: "3x60"}, {"reason": "no_answer"}),
    Case("RoomOverflow", 10, {LOST: "0x5 4x60"}, {LOST: "4x60"}, {"queue": "commands"}),
    Case(
        "RoomDeviceMissing",
        15,
        {CONFIGURED: "2x60", PRESENT: "1x60"},
        {CONFIGURED: "2x60", PRESENT: "2 1 2x58"},
        {"kind": "keypad"},
    ),
    Case("RoomServiceFlaps", 50, {FLAPS: "0+1x60"}, {FLAPS: "0x30 1x30"}, {"service": "keypad"}),
    Case("RoomOutputUnknown", 40, {of("outputs_unknown"): "1x60"}, {of("outputs_unknown"): "1x20 0 1x40"}),
    Case("RoomUnderVoltage", 15, {of("host_under_voltage"): "0x10 1 0x50"}, {of("host_under_voltage"): "1 0x60"}),
    Case("RoomThrottled", 22, {of("host_throttled"): "1x60"}, {of("host_throttled"): "1x10 0 1x10 0 1x40"}),
    Case("RoomHot", 20, {of("host_temperature_celsius"): "81x60"}, {of("host_temperature_celsius"): "80x60"}),
    Case("RoomClockWrong", 70, {of("host_clock_synchronised"): "0x90"}, {of("host_clock_synchronised"): "0x30 1x60"}),
    Case("RoomDiskFull", 40, {FREE: "5e6x60", SIZE: "1e8x60"}, {FREE: "2e7x60", SIZE: "1e8x60"}),
    Case("RoomDiskReadOnly", 10, {of("host_disk_read_only"): "1x60"}, {of("host_disk_read_only"): "0x60"}),
    Case(
        "RoomMemory",
        40,
        {of("process_resident_memory_bytes"): "220e6x60"},
        {of("process_resident_memory_bytes"): "90e6x60"},
    ),
    Case(
        "RoomCrashed",
        10,
        {STARTED["watchdog"]: "1x60", UPTIME: "0+60x60"},
        {STARTED["boot"]: "1x60", UPTIME: "0+60x60"},
        {"reason": "watchdog"},
    ),
    Case(
        "RoomCrashed",
        10,
        {STARTED["watchdog"]: "1x60", UPTIME: "0+60x60"},
        {STARTED["watchdog"]: "1x60", UPTIME: "9000+60x60"},
        {"reason": "watchdog"},
    ),
    Case("RoomRestarts", 40, {UPTIME: "0+60x5 0+60x5 0+60x5 0+60x5 0+60x30"}, {UPTIME: "0+60x9 0+60x9 0+60x9 0+60x40"}),
    Case("RoomSpeaksOtherwise", 50, {ODD: "0+1x60"}, {ODD: "0x30 5x30"}, {"reason": "odd_value"}),
    Case("RoomCertificateEnds", 70, {ENDS: "1000000x90"}, {ENDS: "9000000x90"}, {"table": "panel"}),
    Case("RoomCalendarOld", 1700, {CALENDAR: "0x1800"}, {CALENDAR: "90000x1800"}),
    Case(
        "RoomSlow",
        80,
        {bucket("0.1"): "0x90", bucket("0.5"): "0+2x90", bucket("+Inf"): "0+2x90"},
        {bucket("0.1"): "0+2x90", bucket("0.5"): "0+2x90", bucket("+Inf"): "0+2x90"},
    ),
    Case(
        "RoomSlow",
        80,
        {bucket("0.1"): "0x90", bucket("0.5"): "0+2x90", bucket("+Inf"): "0+2x90"},
        {bucket("0.1"): "5x90", bucket("0.5"): "5x90", bucket("+Inf"): "5x90"},  # nobody presses anything
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.alert}-{number}" for number, case in enumerate(CASES)])
def test_an_alert_of_a_room(tmp_path: Path, case: Case) -> None:
    severity = next(rule["labels"]["severity"] for rule in RULES if rule["alert"] == case.alert)
    expected = {**ROOM, **case.more, "severity": severity}
    judged(tmp_path, case.fires, case.at, {case.alert: [expected]})
    judged(tmp_path, case.quiet, case.at, {case.alert: []})


def out_of_reach(room: str) -> dict[str, str]:
    return {**ROOM, "instance": f"{room}:9650", "room": room, "severity": "page"}


@pytest.mark.parametrize(
    ("history", "rooms", "buildings"),
    [
        ({up("x"): "0x60", up("y"): "1x60", up("z"): "1x60"}, [out_of_reach("x")], []),
        (
            {up("x"): "0x60", up("y"): "0x60", up("z"): "1x60", up("far", "c"): "1x60"},
            [],
            [{"site": "b", "building": "a", "severity": "page"}],
        ),
        ({up("x"): "0x60"}, [out_of_reach("x")], []),  # the only room of a building
        ({up("x"): "1x3 0 1x50", up("y"): "1x60"}, [], []),  # one scrape that failed
    ],
)
def test_a_building_without_network_is_one_alert(
    tmp_path: Path, history: Mapping[str, str], rooms: list[Any], buildings: list[Any]
) -> None:
    judged(tmp_path, history, 6, {"RoomOutOfReach": rooms, "BuildingOutOfReach": buildings, "NoRooms": []})


def test_no_room_at_all(tmp_path: Path) -> None:
    judged(tmp_path, {'up{job="other"}': "1x60"}, 15, {"NoRooms": [{"job": "offhook", "severity": "page"}]})


def test_a_room_whose_version_is_another_for_days(tmp_path: Path) -> None:
    def build(room: str, version: str) -> str:
        return series("offhook_build_info", instance=f"{room}:9650", room=room, version=version)

    behind = {build("x", "0.1.0"): "1x4500", build("y", "0.2.0"): "1x4500", build("z", "0.2.0"): "1x4500"}
    odd = {**ROOM, "instance": "x:9650", "room": "x", "version": "0.1.0", "severity": "ticket"}
    judged(tmp_path, behind, 4400, {"RoomVersionDiffers": [odd]})
    judged(tmp_path, behind, 4000, {"RoomVersionDiffers": []})
    judged(tmp_path, dict(list(behind.items())[1:]), 4400, {"RoomVersionDiffers": []})


def test_every_alert_was_tried() -> None:
    tried = {case.alert for case in CASES} | {"RoomOutOfReach", "BuildingOutOfReach", "NoRooms", "RoomVersionDiffers"}
    assert sorted(rule["alert"] for rule in RULES) == sorted(tried)


def test_sentences_name_labels_that_the_alert_has() -> None:
    more = {case.alert: set(case.more) for case in CASES} | {"RoomVersionDiffers": {"version"}}
    for rule in RULES:
        text = " ".join(rule["annotations"].values())
        known = {"site", "building"} if rule["alert"] == "BuildingOutOfReach" else {*ROOM, *more.get(rule["alert"], ())}
        assert set(re.findall(r"\$labels\.(\w+)", text)) <= known, rule["alert"]


def test_promtool_finds_nothing_wrong() -> None:
    for kind, name in (("rules", "rules/offhook.yml"), ("config", "prometheus.yml")):
        told = subprocess.run([str(PROMTOOL), "check", kind, FOLDER / name], capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr


def judged(folder: Path, history: Mapping[str, str], at: int, expected: Mapping[str, list[Any]]) -> None:
    """Has promtool judge the alerts after so many minutes. Sentences are left out: those are the other tests'."""
    rules = [{key: value for key, value in rule.items() if key != "annotations"} for rule in RULES]
    (folder / "rules.yml").write_text(json.dumps({"groups": [{"name": "offhook", "rules": rules}]}))
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in history.items()],
        "alert_rule_test": list(_tests(at, expected)),
    }
    tests = {"rule_files": ["rules.yml"], "evaluation_interval": "1m", "tests": [test]}
    (folder / "tests.yml").write_text(json.dumps(tests))
    command = [str(PROMTOOL), "test", "rules", "tests.yml"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert told.returncode == 0, told.stdout + told.stderr


def _tests(at: int, expected: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for alert, labels in expected.items():
        yield {"eval_time": f"{at}m", "alertname": alert, "exp_alerts": [{"exp_labels": each} for each in labels]}
