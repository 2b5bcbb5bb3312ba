"""The package on Debian 13: what it leaves where, through upgrade, removal and purge."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.machine import Machine, installed
from tests.packaging.test_units import FETCHES

pytestmark = pytest.mark.slow
CONFIG = "etc/offhook/room.toml"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with installed(tmp_path_factory.mktemp("installed")) as one:
        yield one


def test_the_command_runs_on_the_right_libraries(machine: Machine) -> None:
    ask = (
        "import sys; sys.path.insert(0, '/usr/lib/offhook/python');"
        "import lgpio, evdev, pyudev, serial, jinja2;"
        "import PIL._imagingft, luma.oled.device, gpiozero, trio, msgspec, starlette;"
        "print(*(m.__file__.split('/')[3] for m in (lgpio, trio, evdev, serial, jinja2)))"
    )
    assert machine.says(f'cd /tmp && python3 -I -c "{ask}"').split() == ["offhook", "offhook", *["python3"] * 3]
    assert "no speakerphone found" in machine.says("offhook devices")


def test_the_example_became_the_configuration_and_only_the_service_reads_it(machine: Machine) -> None:
    machine.says("offhook check /etc/offhook/room.toml")
    assert machine.says("stat -c '%U:%G %a' /etc/offhook /etc/offhook/room.toml").split() == [
        *("root:offhook", "750"),
        *("root:offhook", "640"),
    ]


def test_the_user_is_nobody_else(machine: Machine) -> None:
    assert machine.says("id -Gn offhook").split() == ["offhook"]
    assert machine.says("getent passwd offhook").strip().endswith(":/nonexistent:/usr/sbin/nologin")
    assert len(machine.says("getent group gpio i2c dialout audio").splitlines()) == 4


def test_bytecode_was_made(machine: Machine) -> None:
    assert list(machine.root.glob("usr/lib/offhook/python/appliance/run/__pycache__/appliance.cpython-313.pyc"))


def test_the_service_is_on_and_the_daily_restart_off(machine: Machine) -> None:
    for unit in ("offhook.service", "offhook-deputy.socket", "offhook-return.service"):
        assert machine.says(f"systemctl is-enabled {unit}").strip() == "enabled"
    off = ("offhook-restart.timer", "offhook-card.service", "offhook-card.path", "offhook-fleet.timer")
    for unit in (*off, "offhook-password.service"):
        assert machine.says(f"systemctl is-enabled {unit} || true").strip() == "disabled"


def test_this_systemd_finds_nothing_wrong(machine: Machine) -> None:
    services = ["offhook.service", "offhook-recover.service", "offhook-restart.service", "offhook-card.service"]
    services += ["offhook-fleet.service", "offhook-reset.service", "offhook-restore.service"]
    services += ["offhook-return.service", "offhook-password.service", "offhook-deputy@.service"]
    others = ("offhook-deputy.socket", "offhook-return.timer", "offhook-restart.timer", "offhook-card.path")
    units = " ".join([*services, *others, "offhook-fleet.timer"])
    verified = machine.says(f"cd /usr/lib/systemd/system && systemd-analyze verify --man=no {units} 2>&1")
    assert "offhook" not in verified
    for unit in services:
        path = f"/usr/lib/systemd/system/{unit}"
        machine.says(f"systemd-analyze security --offline=true --threshold={FETCHES.get(unit, 15)} --no-pager {path}")
    assert "Fail:    0" in machine.says("udevadm verify /usr/lib/udev/rules.d/70-offhook.rules 2>&1")
    machine.says(
        "cd /usr/lib/systemd && systemd-analyze cat-config systemd/system.conf | grep -q RuntimeWatchdogSec=14"
    )


def test_upgrade_remove_and_purge(tmp_path: Path) -> None:
    with installed(tmp_path) as machine:
        config = machine.root / CONFIG
        config.write_text(config.read_text().replace("Meeting room", "Neptune"))
        state = machine.root / "var/lib/offhook/state"
        state.parent.mkdir()
        state.write_text("kept")
        machine.says("echo 4711 >/etc/credstore/offhook.pin; systemctl disable offhook.service")

        machine.install()
        assert "Neptune" in config.read_text()
        assert machine.says("systemctl is-enabled offhook.service || true").strip() == "disabled"

        machine.says("dpkg --remove offhook")
        assert "Neptune" in config.read_text()
        assert state.exists()
        assert not (machine.root / "usr/lib/offhook").exists()  # bytecode included

        machine.install()
        assert "Neptune" in config.read_text()
        config.unlink()
        machine.install()
        assert "Meeting room" in config.read_text()

        machine.says("dpkg --purge offhook")
        left = machine.says(
            "find / -xdev -iname '*offhook*' -not -path '/var/offhook.deb' -not -path '/proc/*'"
        ).split()
        assert left == []
