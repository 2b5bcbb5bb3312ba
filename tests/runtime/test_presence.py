"""A process says that it is an appliance, and others on the machine see it: real sockets, real processes."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from appliance.runtime import presence
from appliance.runtime.presence import Announcement, Presence, running

LONG = "a" * 63 + ".example.com" * 5
SAYING = """
import sys
from appliance.runtime.presence import Announcement
said = Announcement()
said.say("192.0.2.10", 80, "admin")
print(flush=True)
sys.stdin.read()
"""


def ours() -> list[Presence]:
    return [seen for seen in running() if seen.pid == os.getpid()]


def test_what_is_said_is_seen_until_it_is_taken_back() -> None:
    with closing(Announcement()) as announcement:
        announcement.say("192.0.2.10", 80, "")
        announcement.say("192.0.2.10", 80, "")
        assert ours() == [Presence(os.getpid(), "192.0.2.10", 80)]
        announcement.say("fe80::1%eth0/x é", 8081, "user")
        assert ours() == [Presence(os.getpid(), "fe80::1%eth0/x é", 8081, "user")]
    assert ours() == []


def test_a_name_that_is_too_long_may_be_any_terminal() -> None:
    with closing(Announcement()) as announcement:
        announcement.say(LONG, 80, "admin")
        assert ours() == [Presence(os.getpid(), presence.ANYWHERE, 80, "admin")]


def test_nothing_is_left_of_a_process_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SAYING], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seen = Presence(process.pid, "192.0.2.10", 80, "admin")
        assert seen in running()
        process.kill()
        process.wait()
        assert seen not in running()


@pytest.mark.parametrize("name", ["x", "offhook/appliance/1/host/80", "offhook/appliance/1/host/eighty/"])
def test_other_sockets_are_passed_over(tmp_path: Path, name: str) -> None:
    listed = tmp_path / "unix"
    listed.write_text(f"Num  RefCount Protocol\n0: 2 0 0 1 1 7 @{name}\n0: 2 0 0 1 1 8 /run/x\n0: 3 0 0 1 3 9\n")
    assert running(listed) == ()


def test_a_system_without_a_list_has_no_appliances(tmp_path: Path) -> None:
    assert running(tmp_path / "none") == ()


def test_where_it_cannot_be_said_the_appliance_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "PREFIX", "x" * 200)
    with closing(Announcement()) as announcement, capture_logs() as logs:
        announcement.say("192.0.2.10", 80, "")
    assert [entry["event"] for entry in logs] == ["presence_not_announced"]
