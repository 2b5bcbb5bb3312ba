"""One guest for all tests: built, booted, looked after and put away. Nothing here waits without a bound.

What needs the guest is collected by `make test-hardware` only, the tests of the bench itself by `make test`, too.
"""

import base64
import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.hardware.agent_line import Guest, GuestError
from tests.hardware.boot import booted
from tests.hardware.room import Room
from tests.hardware.run import PARTS
from tests.hardware.terminal import SimulatedTerminal

OUT = Path(os.environ.get("OFFHOOK_BENCH_OUT", "build/hardware"))
TEST_TIME = 150  # seconds; the longest, a link cut for a minute, takes 90
MOST_RENEWALS = 3  # machines that may break in one run
ROOM: pytest.StashKey[Room] = pytest.StashKey()

collect_ignore = [] if "OFFHOOK_DEB" in os.environ else [name for part in PARTS.values() for name in part]


@pytest.fixture(scope="session")
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell has it ignored by what it starts in the background
    OUT.mkdir(parents=True, exist_ok=True)
    deb = os.environ.get("OFFHOOK_DEB")
    if not deb:
        pytest.skip("OFFHOOK_DEB names no package; use make test-hardware")
    guest = booted(Path(deb), OUT)
    terminal = SimulatedTerminal(OUT / "terminal.log")
    try:
        with Room(guest, OUT, terminal) as room:
            request.config.stash[ROOM] = room
            room.set_up()
            try:
                yield room
            finally:
                _collect(room.guest)
    finally:
        terminal.stop()


@pytest.fixture(autouse=True)
def bounded(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test may hang the run."""
    room = request.config.stash.get(ROOM, None)
    limit = int(room.guest.limit(TEST_TIME) if room else TEST_TIME)

    def too_long(_number: int, _frame: object) -> NoReturn:
        raise TimeoutError(f"the test took longer than {limit} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(limit)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def idle(room: Room) -> Room:
    """The room with nothing going on, everything plugged in, the link well."""
    if not room.still_up():
        if room.renewals == MOST_RENEWALS:
            pytest.exit("the emulated machine broke again and again; see console.log", 1)
        room.renew()
    room.keep_pace()
    room.until_idle()
    return room


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The measured times, on the terminal and in build/hardware/times.json."""
    room = config.stash.get(ROOM, None)
    if room is None:
        return
    terminalreporter.section("times (ms of the guest's clock)")
    terminalreporter.write_line(room.pace_said())
    for what, times in sorted(room.times.items()):
        spread = f"  {min(times):.1f} to {max(times):.1f}, n = {len(times)}" if len(times) > 1 else ""
        terminalreporter.write_line(f"{what:58} {statistics.median(times):8.1f}{spread}")
    (OUT / "times.json").write_text(json.dumps({"factor": room.factors, **room.times}, indent=1))


def _collect(guest: Guest) -> None:
    """Journal and coverage, whatever happened before."""
    try:
        (OUT / "journal.txt").write_text(guest.run("journalctl", "--no-pager", "-o", "short-precise", timeout=60))
        guest.run("systemctl", "stop", "offhook.service", timeout=60)
        folder = "/var/lib/bench-coverage"
        guest.run("sh", "-c", f"cd {folder} && python3 -m coverage combine -q --data-file=all data.*", timeout=60)
        (OUT / "coverage-guest").write_bytes(base64.b64decode(guest.run("base64", f"{folder}/all", timeout=60)))
        _report_coverage()
    except (GuestError, OSError, subprocess.SubprocessError) as error:
        print(f"not everything could be collected: {error}", file=sys.stderr)


def _report_coverage() -> None:
    """The guest's paths become ours."""
    settings = OUT / "coveragerc"
    paths = "\n".join(f"{package} =\n    {package}\n    */{package}" for package in ("appliance", "drivers"))
    settings.write_text(f"[report]\nignore_errors = true\n[paths]\n{paths}\n")
    command = [sys.executable, "-m", "coverage"]
    data = ["--rcfile", str(settings), "--data-file", str(OUT / "coverage.data")]
    subprocess.run([*command, "combine", "-q", "--keep", *data, str(OUT / "coverage-guest")], check=True, timeout=60)
    report = subprocess.run([*command, "report", *data], capture_output=True, text=True, timeout=60)
    (OUT / "coverage.txt").write_text(report.stdout + report.stderr)
