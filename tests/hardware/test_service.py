"""The firmware as a systemd service: killed, hung, stopped; and the watchdogs that look after it."""

import pytest

from tests.hardware.room import KERNEL_WATCHDOG, LAMPS, Room

pytestmark = pytest.mark.hardware


def test_it_runs_as_its_own_user_and_systemd_watches_it(idle: Room) -> None:
    shown = idle.guest.do("show")
    assert shown["ActiveState"] == "active"
    assert shown["WatchdogUSec"] not in ("0", "infinity")
    assert idle.guest.run("ps", "-o", "user=", "-p", shown["MainPID"]).strip() == "offhook"


def test_nothing_turns_while_nobody_presses(idle: Room) -> None:
    """The library that was used before looked at its queue 200 times a second."""
    pid = idle.guest.do("show")["MainPID"]
    idle.settle(2)
    began, before = idle.now(), turns(idle, pid)
    idle.wait(10)
    ended, after = idle.now(), turns(idle, pid)
    more = sum(after[thread] - before.get(thread, 0) for thread in after)
    rate = more / ((ended - began) / 1e9)
    print(f"idle: the firmware's {len(after)} threads turn {rate:.1f} times a second")
    assert 0 < rate < 50


def turns(room: Room, pid: str) -> dict[str, int]:
    """How often each thread of a process that there is now has gone to sleep."""
    text = room.guest.run("sh", "-c", f"grep -h -e '^Pid:' -e '^voluntary' /proc/{pid}/task/*/status")
    numbers = [line.split()[1] for line in text.splitlines()]
    return {thread: int(count) for thread, count in zip(numbers[::2], numbers[1::2], strict=True)}


def test_the_pins_can_be_those_of_the_library_still(idle: Room) -> None:
    with idle.configured('[gpio]\nbackend = "lgpio"\n'):
        edge = idle.press("call")
        sent = idle.sent("call", after=edge)
        idle.note("button pressed -> call, by lgpio (2 ms of it the glitch filter)", edge, sent)
        idle.until_idle()


def test_the_kernels_watchdog_is_armed(room: Room) -> None:
    watchdog = "/sys/class/watchdog/watchdog0"
    assert room.guest.run("cat", f"{watchdog}/identity", f"{watchdog}/state").split("\n")[:2] == [
        "Software Watchdog",
        "active",
    ]
    assert int(room.guest.run("cat", f"{watchdog}/timeout")) == room.watchdog_time()
    settings = room.guest.run("systemd-analyze", "cat-config", "--no-pager", "systemd/system.conf").splitlines()
    assert f"RuntimeWatchdogSec={KERNEL_WATCHDOG}" in settings
    assert KERNEL_WATCHDOG <= 15  # a Raspberry Pi's can count no further
    feeder = room.guest.run("sh", "-c", "ls -l /proc/1/fd | grep -c watchdog").strip()
    assert feeder == "1"


def test_killed_in_a_call_it_is_back_with_the_lamps_right(idle: Room) -> None:
    idle.in_a_call()
    slowness = idle.slowness()  # of an emulated processor
    before = int(idle.guest.do("show")["MainPID"])
    killed = idle.guest.do("kill", signal="KILL")
    idle.guest.do("wait_state", state="active", timeout=60, not_pid=before, within=60)
    right = idle.lamp_stays("in_call", lit=True, for_seconds=2.2, seconds=60)
    back = idle.note("killed -> lamps right", killed, right)
    slowness = max(1.0, slowness, idle.slowness())  # it may be busy for a while with the other guest
    assert back / slowness < 3000
    assert idle.asked(killed) == []


def test_a_loop_that_hangs_is_replaced_by_systemds_watchdog(idle: Room) -> None:
    idle.in_a_call()
    before = int(idle.guest.do("show")["MainPID"])
    hung = idle.guest.do("kill", signal="STOP")
    idle.guest.do("wait_state", state="active", timeout=90, not_pid=before, within=90)
    idle.note("hung -> lamps right", hung, idle.lamp_stays("in_call", lit=True, seconds=30))
    said = idle.guest.run(
        "journalctl", "-u", "offhook", f"--since=@{hung // 1_000_000_000}", "--no-pager", "-o", "cat", "--grep=atchdog"
    )
    assert "Watchdog timeout" in said
    assert idle.asked(hung) == []


def test_stopped_it_leaves_lamps_dark(idle: Room) -> None:
    idle.in_a_call()
    began = idle.now()
    idle.guest.run("systemctl", "stop", "offhook.service", timeout=20)
    took = idle.note("systemctl stop", began, idle.now())
    assert idle.guest.judged(took) < 5000
    assert [idle.guest.on("gpio", "level", line) for line in LAMPS.values()] == [0, 0, 0, 0]
    assert idle.asked(began) == []
    idle.guest.run("systemctl", "start", "offhook.service", timeout=60)
    idle.lamp_stays("in_call", lit=True, seconds=30)
