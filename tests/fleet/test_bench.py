"""The measurement of many rooms still measures."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import ROOT
from tests.fleet.mqtt.link.certificates import needs_openssl
from tests.fleet.mqtt.mosquitto import needs_mosquitto


@needs_mosquitto
@needs_openssl
@pytest.mark.slow
def test_a_few_rooms_are_measured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fleet.bench", "--rooms", "5", "--seconds", "1", "--spread", "0.5"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=580, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()[4:]]
    assert {row[0].partition(":")[0] for row in rows} >= {"storm", "an action to all", "broker killed"}
    assert [row[0] for row in rows if "nan" in row] == []
    lost = next(row for row in rows if "lost" in row[0])
    assert lost[1:] == ["0", "0", "", "0", "0", ""]
    assert (tmp_path / "build/fleet-bench/table.md").read_text() == done.stdout
