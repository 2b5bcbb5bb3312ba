import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.processes import Terminal, simulated
from tests.kills.broken import BROKEN
from tests.kills.play import Kills
from tests.kills.room import PIN, Place

pytestmark = pytest.mark.slow
KILLS = 6


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with simulated("--pin", PIN) as one:
        yield one


def test_a_room_that_is_killed_is_the_same_room_again(terminal: Terminal, tmp_path: Path) -> None:
    kills = Kills(terminal, Place(tmp_path, terminal.web_port), random.Random(1))
    ended = [kills.one() for _ in range(KILLS)]
    assert len({one.by for one in ended}) > 1, "all by the same signal"
    assert "Traceback" not in terminal.process.said["err"]


FOUND = {
    "start_sends": "nobody did anything, and {'setMicMute': 1} was sent",
    "camera_runs_on": "the camera moves on",
    "file_is_cut": "presets.json is not whole",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(
    monkeypatch: pytest.MonkeyPatch, terminal: Terminal, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr("tests.eventually.PATIENCE", 5.0)
    kills = Kills(terminal, Place(tmp_path, terminal.web_port), random.Random(1), f"-m tests.kills.broken {name}")
    with pytest.raises(AssertionError) as failure:
        kills.one(signal.SIGTERM)
    assert FOUND[name] in str(failure.value)
