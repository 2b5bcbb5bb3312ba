"""Steps about the box: what files and systemd say, and what that means."""

import os
import time
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.cli.hardware_test.hanging import hang
from appliance.cli.hardware_test.machine import Machine, ask
from appliance.cli.hardware_test.steps.box import board, card_speed, heat, memory, partition, start, watchdog
from appliance.cli.hardware_test.steps.box.watchdog import Hung
from tests.cli.hardware_test.benches import bench, commands, figures, tree

MODEL = "proc/device-tree/model"
PI = b"Raspberry Pi 4 Model B Rev 1.4\0"


def test_the_board_is_what_its_device_tree_says_and_no_serial_number_is_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        MODEL: PI,
        "proc/device-tree/serial-number": b"100000001234abcd\0",
        "proc/device-tree/system/linux,revision": bytes.fromhex("00c03114"),
        "proc/mounts": "proc /proc proc rw 0 0\n/dev/mmcblk0p2 / erofs ro,relatime 0 0\n",
        "sys/devices/system/cpu/cpu0/online": "1",
        "sys/devices/system/cpu/cpu1/online": "1",
    }
    finding = board.looked_at(tree(tmp_path, files))
    assert finding.outcome == "passed"
    assert figures(finding) == {
        "model": "Raspberry Pi 4 Model B Rev 1.4",
        "revision": "00c03114",
        "processors": 2,
        "root": "erofs, ro",
    }


def test_what_is_no_raspberry_pi_proves_nothing(tmp_path: Path) -> None:
    assert board.looked_at(tree(tmp_path, {MODEL: b"linux,dummy-virt\0"})).outcome == "skipped"
    assert board.looked_at(tree(tmp_path / "other", {})).outcome == "skipped"


def test_a_start_is_judged_by_its_end_and_by_its_units() -> None:
    times = {"UserspaceTimestampMonotonic": "2400000", "FinishTimestampMonotonic": "31000000"}
    service = {"ActiveEnterTimestampMonotonic": "34600000"}
    finding = start.finding(times, service, [])
    assert figures(finding) == {"kernel_time": 2.4, "start_time": 31, "room_ready": 34.6, "failed_units": 0}
    assert finding.outcome == "passed"
    assert start.finding({**times, "FinishTimestampMonotonic": "61000000"}, service, []).outcome == "failed"
    failed = start.finding(times, {}, ["offhook-card.service"])
    assert "offhook-card.service" in str(failed.why)
    assert "room_ready" not in figures(failed)


async def test_systemd_is_asked(tmp_path: Path) -> None:
    said = {
        "systemctl show -p": "UserspaceTimestampMonotonic=1000000\nFinishTimestampMonotonic=5000000\n",
        "systemctl show offhook": "ActiveEnterTimestampMonotonic=0\nNRestarts=0\n",
        "systemctl list-units": "x.service loaded failed failed Something odd\n",
    }
    finding = await start.start(bench(machine=Machine(tmp_path, commands(said))))
    assert figures(finding) == {"kernel_time": 1, "start_time": 5, "failed_units x.service": 1}
    assert (await start.start(bench(machine=Machine(tmp_path, commands({}))))).outcome == "skipped"


def test_memory_that_is_left_is_judged() -> None:
    finding = memory.finding("MemTotal: 425984 kB\nMemFree: 1 kB\nMemAvailable: 131072 kB\nHugePages_Total: 0\n")
    assert (finding.outcome, figures(finding)) == ("passed", {"memory": 416, "memory_left": 128})
    assert memory.finding("MemTotal: 425984 kB\nMemAvailable: 90000 kB\n").outcome == "failed"
    assert memory.finding("").outcome == "skipped"


def test_a_partition_that_did_not_grow_fails() -> None:
    disk = 31_116_288  # sectors of a 16 GB card
    assert partition.finding(1_974_272, disk - 1_974_272, disk, 1000).outcome == "passed"
    assert partition.finding(1_974_272, 131_072, disk, 50).outcome == "failed"
    assert partition.finding(1_974_272, disk - 1_974_272, disk, 3).outcome == "failed"


async def test_the_data_partition_is_found_by_where_it_is_mounted(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "proc/mounts": "/dev/mmcblk0p2 / erofs ro 0 0\n/dev/mmcblk0p4 /data ext4 rw 0 0\n",
        "sys/devices/mmcblk0/size": "2000000\n",
        "sys/devices/mmcblk0/mmcblk0p4/start": "1000000\n",
        "sys/devices/mmcblk0/mmcblk0p4/size": "999000\n",
        "data/file": "",
    }
    machine = tree(tmp_path, files)
    (tmp_path / "sys/class/block").mkdir(parents=True)
    (tmp_path / "sys/class/block/mmcblk0p4").symlink_to("../../devices/mmcblk0/mmcblk0p4")
    finding = await partition.partition(bench(machine=machine))
    assert figures(finding)["partition_share"] == pytest.approx(99.9)
    assert (await partition.partition(bench(machine=tree(tmp_path / "other", {})))).outcome == "skipped"


def test_a_card_is_measured_on_a_file_that_does_not_stay(tmp_path: Path) -> None:
    write, flushes, read = card_speed.measured(tmp_path)
    assert write > 0
    assert read > 0
    assert len(flushes) == card_speed.PIECES
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # names are enough


def test_a_card_that_is_slow_in_any_way_fails() -> None:
    fine = [0.01] * card_speed.PIECES
    assert card_speed.finding(10, fine, 20).outcome == "passed"
    assert card_speed.finding(1, fine, 20).outcome == "failed"
    assert card_speed.finding(10, fine, 2).outcome == "failed"
    assert card_speed.finding(10, [*fine[:-1], 0.8], 20).outcome == "failed"


def test_heat_is_judged_under_load() -> None:
    assert heat.finding(45, 70, 100, 0).outcome == "passed"
    assert heat.finding(45, 82, 100, 0).outcome == "failed"
    assert heat.finding(45, 70, 60, 0).outcome == "failed"
    assert "Supply too weak since the start: 1 (≤ 0)" in str(heat.finding(45, 70, 100, 1).why)
    unknown = heat.finding(45, 70, None, None)
    assert (unknown.outcome, unknown.why.key) == ("passed", "hwtest.voltage_unknown")


async def test_all_processors_work_while_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heat, "LOAD_TIME", 0.05)
    files: dict[str, str | bytes] = {
        "sys/class/thermal/thermal_zone0/temp": "48312\n",
        "sys/class/hwmon/hwmon0/name": "cpu_thermal\n",
        "sys/class/hwmon/hwmon1/name": "rpi_volt\n",
        "sys/class/hwmon/hwmon1/in0_lcrit_alarm": "1\n",
        "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "600000\n",
        "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq": "1500000\n",
    }
    finding = await heat.heat(bench(machine=tree(tmp_path, files)))
    assert figures(finding) == {"temperature": 48.312, "temperature_load": 48.312, "clock": 40, "undervoltage": 1}
    assert (await heat.heat(bench(machine=tree(tmp_path / "other", {})))).outcome == "skipped"


FED = {"systemctl show -pRuntimeWatchdogUSec": "RuntimeWatchdogUSec=14s\n"}


async def test_nothing_hangs_where_nobody_feeds_a_watchdog(tmp_path: Path) -> None:
    def never() -> None:
        raise AssertionError("it hangs")

    for said, device in (({}, True), (FED, False), ({"systemctl": "RuntimeWatchdogUSec=0\n"}, True)):
        root = tmp_path / str(len(os.listdir(tmp_path)))  # noqa: PTH208  # as above
        files: dict[str, str | bytes] = {"sys/class/watchdog/watchdog0/identity": "x"} if device else {"x": ""}
        tree(root, files)
        made = bench(machine=Machine(root, commands(said)))
        made.hardware = type(made.hardware)(hang=never)
        finding = await watchdog.watchdog(made)
        assert (finding.outcome, finding.why.key) == ("failed", "hwtest.not_fed")


async def test_what_is_known_is_kept_before_it_hangs(tmp_path: Path, autojump_clock: MockClock) -> None:
    acts: list[str] = []
    tree(tmp_path, {"sys/class/watchdog/watchdog0/identity": "x"})
    made = bench(machine=Machine(tmp_path, commands(FED)))
    made.hardware = type(made.hardware)(hang=lambda: acts.append("hung"))
    made.before_restart = lambda: acts.append("kept")
    finding = await watchdog.watchdog(made)
    assert acts == ["kept", "hung"]
    assert (finding.outcome, finding.why.key) == ("failed", "hwtest.no_restart")
    assert trio.current_time() == watchdog.GIVEN_UP


@pytest.mark.parametrize(
    ("boot_id", "began", "clock_set", "seen", "outcome"),
    [
        ("b", 1020.0, True, None, "passed"),
        ("b", 1031.0, True, None, "failed"),
        ("a", 1020.0, True, None, "failed"),
        ("b", 1020.0, False, None, "skipped"),
        ("b", 1020.0, False, True, "passed"),
        ("b", 1020.0, False, False, "failed"),
    ],
)
def test_a_restart_is_judged_by_the_kernel_and_a_clock(
    boot_id: str, began: float, *, clock_set: bool, seen: bool | None, outcome: str
) -> None:
    hung = Hung("a", 1000.0, clock_set=True)
    assert watchdog.after(hung, boot_id, began, clock_set=clock_set, seen=seen).outcome == outcome


def test_when_the_kernel_began() -> None:
    assert watchdog.kernel_began() == pytest.approx(time.time() - float(Path("/proc/uptime").read_text().split()[0]), 1)


def test_hanging_leaves_the_watchdog_alone_to_restart_the_box(tmp_path: Path) -> None:
    (tmp_path / "sys/kernel").mkdir(parents=True)
    hang(tmp_path)
    said = {name: (tmp_path / name).read_text() for name in ("sys/kernel/panic", "sys/kernel/sysrq", "sysrq-trigger")}
    assert said == {"sys/kernel/panic": "0", "sys/kernel/sysrq": "1", "sysrq-trigger": "c"}


def test_a_command_that_fails_or_is_not_there_says_nothing() -> None:
    assert ask(("echo", "well")) == "well"
    assert ask(("sh", "-c", "echo odd; exit 3")) == ""
    assert ask(("no-such-command",)) == ""
