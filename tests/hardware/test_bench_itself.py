"""The bench's own rules, without a guest: what a slow machine is given, and what a kept guest is good for."""

import importlib
import json
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.gpio.config import ButtonConfig
from tests.hardware import agent_line, boot, processor, room, run
from tests.hardware.agent_line import Guest, MachineBroken
from tests.hardware.image import Image
from tests.hardware.monitor import Monitor


class Slow:
    """The agent's modules, with a clock that only passes while somebody waits and a machine whose factor is given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.syspath_prepend(Path(__file__).parent / "guest")
        self.pace: Any = importlib.import_module("agent.pace")
        self.waiting: Any = importlib.import_module("agent.waiting")
        self.now = 1000.0
        self.factor = 1.0
        monkeypatch.setattr(self.waiting, "time", self)
        monkeypatch.setattr(self.pace, "measure", self.measure)
        self.measure()

    def measure(self) -> None:
        self.pace._factor = self.factor

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


def waited(slow: Slow, seconds: float) -> float:
    """How long it takes until nothing is waited for any more."""
    began = slow.now
    with pytest.raises(slow.waiting.TooSlow):
        slow.waiting.until("nothing", lambda: None, seconds)
    return slow.now - began


def test_a_wait_is_stretched_by_the_factor_and_the_headroom(slow: Slow) -> None:
    assert waited(slow, 10) == pytest.approx(15, abs=0.1)
    slow.factor = 4.0
    slow.measure()
    assert waited(slow, 10) == pytest.approx(60, abs=0.5)


def test_a_quick_machine_is_given_no_less_than_the_reference(slow: Slow) -> None:
    slow.factor = 0.2
    slow.measure()
    assert waited(slow, 10) == pytest.approx(15, abs=0.1)


def test_who_is_about_to_give_up_measures_once_more_and_not_for_ever(slow: Slow) -> None:
    slow.factor = 2.0  # slower than when it was measured
    assert waited(slow, 10) == pytest.approx(30, abs=0.5)
    slow.pace._factor, slow.factor = 1.0, 100.0
    assert waited(slow, 10) == pytest.approx(45, abs=1)


@pytest.mark.parametrize(("factor", "debounce"), [(0.5, 0.03), (1.0, 0.03), (2.0, 0.06), (10.0, 0.3), (50.0, 0.5)])
def test_bounces_are_tried_against_a_debounce_that_the_guest_can_keep(factor: float, debounce: float) -> None:
    assert room.debounce_at(factor) == pytest.approx(debounce)


def test_every_module_for_the_guest_is_run() -> None:
    modules = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    assert modules - {Path(__file__).name} == {name for part in run.PARTS.values() for name in part}


def test_the_default_is_the_firmwares() -> None:
    assert ButtonConfig(pin=17).debounce == room.DEBOUNCE


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[Callable[[socket.socket], None]], Path]]:
    """Serves one connection on a socket; says where it is."""
    threads: list[threading.Thread] = []

    def serve(talk: Callable[[socket.socket], None]) -> Path:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(tmp_path / "socket"))
        listener.listen(1)

        def accept() -> None:
            with listener, listener.accept()[0] as line:
                talk(line)

        threads.append(threading.Thread(target=accept, daemon=True))
        threads[-1].start()
        return tmp_path / "socket"

    yield serve
    for thread in threads:
        thread.join(5)


def test_the_hosts_limits_follow_what_the_guest_measured(serving: Callable[..., Path]) -> None:
    def agent(line: socket.socket) -> None:
        number = json.loads(line.makefile().readline())["number"]
        line.sendall(json.dumps({"number": number, "ok": 4.0}).encode() + b"\n")

    guest = Guest(serving(agent))
    assert guest.limit(10) == 15
    guest.pace()
    assert guest.limit(10) == 60
    assert guest.judged(2000) == 500
    guest.close()


def test_nobody_waits_for_a_machine_whose_kernel_broke(
    serving: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent_line, "LOOK_EVERY", 0.05)
    guest = Guest(serving(lambda line: line.makefile().read()), lambda: True)
    with pytest.raises(MachineBroken, match="kernel broke"):
        guest.do("now", within=3600)
    guest.close()


def test_the_monitor_waits_until_qemu_says_it(serving: Callable[..., Path]) -> None:
    def qemu(line: socket.socket) -> None:
        line.sendall(b"QEMU 7.2 monitor\r\n(qemu) ")
        for said in (b"Migration status: active", b"Migration status: completed"):
            asked = line.recv(4096)
            line.sendall(asked.strip() + b"\r\n" + said + b"\r\n(qemu) ")

    with Monitor(serving(qemu), 5) as monitor:
        assert "completed" in monitor.until("info migrate", "completed", seconds=5)


def test_a_booted_guest_is_good_for_what_made_it_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def key(version: str, kernel: str, disk: str, accelerator: str = "tcg") -> str:
        done = subprocess.CompletedProcess([], 0, stdout=version)
        monkeypatch.setattr(subprocess, "run", lambda *_args, **_named: done)
        return boot._key(Image(Path(disk), Path(kernel)), accelerator)

    keys = [
        key("7.2", "kernel-1", "disk-1"),
        key("8.2", "kernel-1", "disk-1"),
        key("7.2", "kernel-2", "disk-1"),
        key("7.2", "kernel-1", "disk-2"),
        key("7.2", "kernel-1", "disk-1", "kvm"),
    ]
    assert len(set(keys)) == len(keys)
    assert key("7.2", "kernel-1", "disk-1") == keys[0]


@pytest.mark.parametrize("version", [1, 2])
def test_qemu_is_held_to_its_part_of_all_processors(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor, f"V{version}", tmp_path)
    monkeypatch.setattr(processor, f"V{3 - version}", tmp_path / "nothing")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    if version == 2:
        (tmp_path / "cgroup.controllers").touch()
    assert processor.held(["qemu"]) == ["qemu"]
    monkeypatch.setenv("OFFHOOK_BENCH_CPU", "40")
    *_, group, command = processor.held(["qemu"])
    assert command == "qemu"
    limit = "cpu.cfs_quota_us" if version == 1 else "cpu.max"
    assert (Path(group).parent / limit).read_text().split()[0] == "80000"


def test_without_a_group_it_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("V1", "V2"):
        monkeypatch.setattr(processor, version, tmp_path / "nothing")
    monkeypatch.setenv("OFFHOOK_BENCH_CPU", "40")
    with pytest.raises(RuntimeError, match="needs a cpu cgroup"):
        processor.held(["qemu"])
