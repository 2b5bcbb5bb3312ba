import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fleet.mqtt.mosquitto import PROGRAM

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 1800  # seconds; only a run that hangs takes longer, however busy the machine
TOLD = 20_000  # characters of what a bench that failed said last
IDLE = "idle_cpu_"  # nothing, if all is well
PROMISED = {
    *(
        "edge_to_frame",
        "line_to_frame",
        "bare_line_to_frame",
        "line_to_frame_hid_flood",
        "bare_send",
        "raw_socket_send",
        "event_to_display",
        "page_draw",
        "visca_to_frame",
    ),
    *("bare_pty_to_frame", "start_to_ready", "import_floor", "idle_rss", "import_floor_rss", "line_to_frame_loaded"),
    *("decode_typed", "decode_json_loads", "decode_msgspec_untyped", "decode_and_reduce", "round_trip"),
    *("bare_round_trip", "simulated_command", "echo_command", "early_room_rss", "late_room_rss", "start_to_simulated"),
    *("line_to_frame_rested", "line_to_frame_alone", "wakeups_idle", "event_to_bus", "bus_alone", "count_bus_bytes"),
    *("count_bus_idle", "count_luma_idle", "count_bus_scrolling_240x240"),
    *("line_to_frame_flush", "line_to_frame_quiet_bus", "idle_cpu_minute"),
    *("line_to_frame_pages_0", "line_to_frame_pages_20", "event_taken", "bare_event_taken", "longest_step_book"),
    *("status_event_100", "status_event_20000", "lamps_change_1", "lamps_change_16", "press_lit", "wakeups_lit"),
    *("share_round_trip", "straight_round_trip", "share_event_1", "share_event_50", "share_press_0", "share_press_50"),
    *("share_memory_kib", "event_to_panel", "bare_event_to_panel", "tap_to_frame", "line_to_frame_panel"),
    *("panel_of_first_ten", "panel_of_second_ten", "line_to_frame_panels_0", "line_to_frame_panels_20"),
    *("panels_0_rss", "panels_20_rss", "count_bytes_call_minute", "count_bytes_call_minute_whole"),
    *(("line_to_frame_mqtt", "line_to_frame_no_mqtt") if PROGRAM else ()),
    *("api_view", "api_view_cpu", "api_version", "bare_route", "bare_route_cpu"),
    *("line_to_frame_maintained", "line_to_frame_unmaintained", "longest_step_maintained", "bundle_made"),
    *("bundle_kib", "bundle_size_kib", "longest_step_reload_lamp", "longest_step_reload_pages"),
    "late_beside_large_text",
    *(f"count_page_{name}_{what}" for name in ("health", "log", "support") for what in ("bytes", "gzip", "requests")),
    *("import_simulator_floor", "visca_decode", "visca_encode", "visca_stop_wait", "visca_to_camera"),
}


def ran(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Runs it; should it hang all the same, what it said last is told."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"still not done after {PATIENCE} s:\n{end_of(late.stderr or b'')}")


def end_of(said: bytes) -> str:
    """The end of what it said, of which pytest would cut the middle."""
    return said.decode(errors="replace")[-TOLD:]


@pytest.mark.slow
def test_smallest_run_tells_every_figure_that_is_promised(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    smallest = ("--rounds", "2", "--starts", "1", "--weighings", "1", "--idle", "0.1", "--rooms", "12", "--drive", "1")
    command = [sys.executable, "-m", "tests.bench", *smallest, "--out", str(out)]
    run = ran(command)
    assert run.returncode == 0, end_of(run.stderr)
    figures = {figure["name"]: figure for figure in json.loads(out.read_text())}
    assert figures.keys() >= PROMISED
    assert all(0 < figure["p50"] <= figure["p99"] for name, figure in figures.items() if not name.startswith(IDLE))
    assert b"a   press to frame, over a bare send" in run.stdout
    assert "| a | press to frame, over a bare send |" in out.with_suffix(".md").read_text()


@pytest.mark.slow
def test_group_is_measured_alone(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    command = [
        sys.executable,
        "-m",
        "tests.bench",
        "--only",
        "visca",
        "--rounds",
        "2",
        "--drive",
        "1",
        "--out",
        str(out),
    ]
    run = ran(command)
    assert run.returncode == 0, end_of(run.stderr)
    names = {figure["name"] for figure in json.loads(out.read_text())}
    assert names == {"visca_decode", "visca_encode", "visca_stop_wait", "visca_to_camera"}


def test_unknown_group_is_refused_by_name() -> None:
    command = [sys.executable, "-m", "tests.bench", "--only", "visca,vista"]
    run = ran(command)
    assert run.returncode == 2
    assert b"vista: expected some of interface, simulator, visca, appliance, display, growth" in run.stderr
