"""The measurement of many rooms still measures."""

import subprocess
import sys

import pytest

from tests.fleet.mqtt.mosquitto import needs_mosquitto


@needs_mosquitto
@pytest.mark.slow
def test_a_few_rooms_are_measured() -> None:
    command = [sys.executable, "-m", "tests.fleet.bench", "--rooms", "5"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 6
    assert "an action to all" in done.stdout
