"""A group that hangs: what is said of it, what becomes of what it started, and how long others may take."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import bounds
from tests.bench.size import Size
from tests.eventually import eventually

HANGS = """
import subprocess, sys, time
import trio
from tests.bench.bounds import bounded

async def waits_for_nothing():
    await trio.Event().wait()

async def main():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(waits_for_nothing)

child = subprocess.Popen(["sleep", "1000"])
print(child.pid, flush=True)
with bounded("lamps", 0.1):
    {hang}
print("went on")
"""


def hung(folder: Path, hang: str) -> subprocess.CompletedProcess[str]:
    program = folder / "hangs.py"
    program.write_text(HANGS.format(hang=hang))
    command = [sys.executable, str(program)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": "."})


def test_a_task_that_waits_for_ever_is_told_and_its_processes_are_ended(tmp_path: Path) -> None:
    run = hung(tmp_path, "trio.run(main)")
    assert run.returncode == bounds.FAILED
    assert run.stderr.splitlines()[-1].startswith("bench: group 'lamps' has not ended after 0.1 s")
    assert "task __main__.waits_for_nothing\n" in run.stderr
    assert "    await trio.Event().wait()\n" in run.stderr
    assert "went on" not in run.stdout
    eventually(lambda: not is_alive(int(run.stdout)))


def test_a_thread_that_waits_for_ever_is_told(tmp_path: Path) -> None:
    run = hung(tmp_path, "time.sleep(1000)")
    assert run.returncode == bounds.FAILED
    assert 'hangs.py", line 16 in <module>' in run.stderr


def test_what_ends_in_time_is_left_alone(tmp_path: Path) -> None:
    run = hung(tmp_path, "child.kill()")
    assert (run.returncode, run.stderr) == (0, "")
    assert "went on" in run.stdout


@pytest.mark.parametrize(("rounds", "least", "most"), [(2, 300, 1200), (250, 2000, 14_400)])
def test_the_bound_grows_with_what_is_measured(
    rounds: int, least: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (0.0, 0.0, 0.0))
    few = rounds < 10
    size = Size(rounds, 1 if few else 15, 1 if few else 5, 0.1 if few else 3.0, 12 if few else 100, 1 if few else 10)
    assert least < bounds.bound(size) < most


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
