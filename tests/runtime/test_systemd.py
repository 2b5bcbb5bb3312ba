"""How a start that is slow but alive says so, over a real socket."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.runtime import systemd
from appliance.runtime.systemd import SIGNS_EVERY, START_EXTENSION, Notifier

PATIENCE = 20.0
EXTENDED = f"EXTEND_TIMEOUT_USEC={START_EXTENSION * 1e6:.0f}"


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The end of NOTIFY_SOCKET that systemd has."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(str(tmp_path / "notify"))
        notify.settimeout(PATIENCE)
        yield notify


def heard(manager: socket.socket) -> list[str]:
    """Everything said so far."""
    manager.setblocking(False)
    messages: list[str] = []
    while True:
        try:
            messages.append(manager.recv(4096).decode())
        except BlockingIOError:
            return messages


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(systemd.time, "monotonic", lambda: now[0])  # type: ignore[attr-defined]  # not exported
    return now


def test_progress_extends_the_start_once_a_second_at_most(manager: socket.socket, clock: list[float]) -> None:
    notifier = Notifier({"NOTIFY_SOCKET": manager.getsockname()})
    for passed in (0, 0.1, SIGNS_EVERY - 0.2, SIGNS_EVERY, 0.1):
        clock[0] += passed
        notifier.extend_start()
    assert heard(manager) == [EXTENDED, EXTENDED]


def test_imports_are_signs_of_life_until_it_is_ready(
    manager: socket.socket, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    environ = {"NOTIFY_SOCKET": manager.getsockname()}
    systemd.watch_imports(environ)
    for _ in range(2):
        clock[0] += SIGNS_EVERY
        with pytest.raises(ModuleNotFoundError):
            __import__("a_module_that_is_not_there")
    assert heard(manager) == [EXTENDED, EXTENDED]
    Notifier(environ).ready()
    clock[0] += SIGNS_EVERY
    with pytest.raises(ModuleNotFoundError):
        __import__("a_module_that_is_not_there")
    assert heard(manager) == ["READY=1"]  # an extension would now put off the watchdog


def test_nothing_watches_imports_where_nobody_wants_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    before = sys.meta_path.copy()
    systemd.watch_imports({})
    assert sys.meta_path == before


def test_the_command_extends_its_start_before_it_imports_anything_that_takes_long(
    manager: socket.socket, tmp_path: Path
) -> None:
    """Click, the first library that the command imports, never ends: by then systemd has heard that it is alive."""
    (tmp_path / "click.py").write_text("import time\ntime.sleep(3600)\n")
    environ = {"NOTIFY_SOCKET": manager.getsockname(), "PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    with subprocess.Popen([sys.executable, "-P", "-m", "appliance", "run"], env=environ) as command:
        try:
            assert manager.recv(4096).decode() == EXTENDED
        finally:
            command.kill()


def test_it_imports_nothing_that_takes_long() -> None:
    code = "import sys; import appliance.runtime.systemd; print(*(name for name in sys.modules if 'structlog' in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout.split() == []
