import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROMISED = {
    *("edge_to_frame", "bare_send", "raw_socket_send", "event_to_display", "page_draw", "visca_to_frame"),
    *("bare_pty_to_frame", "start_to_ready", "import_floor", "idle_rss", "import_floor_rss", "edge_to_frame_loaded"),
}


@pytest.mark.slow
def test_smallest_run_tells_every_figure_that_is_promised(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    smallest = ("--rounds", "2", "--starts", "1", "--weighings", "1", "--idle", "0.1", "--out", str(out))
    run = subprocess.run([sys.executable, "-m", "tests.bench", *smallest], cwd=ROOT, capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    figures = {figure["name"]: figure for figure in json.loads(out.read_text())}
    assert figures.keys() >= PROMISED
    assert all(0 < figure["p50"] <= figure["p99"] for figure in figures.values())
    assert b"a   press to frame, over a bare send" in run.stdout
