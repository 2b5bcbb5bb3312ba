"""What the running system is told, and the unit that applies the card."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from appliance.card.apply import Outcome
from appliance.card.running import KEYGEN, commands
from tests.card.conftest import ROOM, Box

ROOT = Path(__file__).parents[2]


def told(*changed: str, wifi: bool = False, ssh: bool = False, syslog: bool = False) -> list[str]:
    outcome = Outcome((), frozenset(changed), has_room=True, has_wifi=wifi, has_ssh=ssh, has_syslog=syslog)
    return [" ".join(command).removeprefix("systemctl --no-block ") for command in commands(outcome)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ((), []),
        (("room",), ["try-reload-or-restart offhook.service"]),
        (("zone",), ["try-reload-or-restart offhook.service"]),
        (("network",), ["try-reload-or-restart systemd-networkd.service"]),
        (("time",), ["try-restart systemd-timesyncd.service"]),
        (("firewall",), ["try-reload-or-restart nftables.service"]),
        (("wifi",), ["try-reload-or-restart systemd-networkd.service", "stop wpa_supplicant@wlan0.service"]),
        (("ssh",), ["stop ssh.service"]),
        (("syslog",), ["stop rsyslog.service"]),
        (("secrets", "hostname"), []),
    ],
)
def test_only_what_changed_is_told(changed: tuple[str, ...], said: list[str]) -> None:
    assert told(*changed) == said


def test_what_is_new_is_started() -> None:
    assert told("wifi", wifi=True)[-1] == "restart wpa_supplicant@wlan0.service"
    assert told("syslog", syslog=True) == ["restart rsyslog.service"]
    assert told("ssh", ssh=True) == [" ".join(KEYGEN), "reload-or-restart ssh.service"]


def needed(box: Box, python: Path) -> bool:
    script = ROOT / "image/deb/card-changed"
    state = box.root / "var/lib/offhook-card"
    done = subprocess.run(["/bin/sh", script, box.boot, state, python], timeout=10)
    assert done.returncode in {0, 1}
    return done.returncode == 0


def test_python_is_started_only_when_something_changed(box: Box, tmp_path: Path) -> None:
    python = tmp_path / "python"
    assert needed(box, python)  # no file: said
    box.apply(ROOM + 'pin = "FA6"\n')
    assert needed(box, python)  # by another version
    version = str(box.has("var/lib/offhook-card/stamp")).split()[1]
    (python / version).mkdir(parents=True)
    assert not needed(box, python)
    box.file.write_text(box.file.read_text() + "\n")
    assert needed(box, python)
    box.apply()
    assert not needed(box, python)
    assert str(box.has("var/lib/offhook-card/stamp")).split()[0] == hashlib.sha256(box.file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"proc/device-tree/serial-number": "10000000ABCD1234\0"}, "offhook-1234\n"),
        (
            {"proc/device-tree/serial-number": "0000000000000000\0", "etc/machine-id": "ab" * 16 + "\n"},
            "offhook-abab\n",
        ),
        ({"sys/class/net/eth0/address": "dc:a6:32:0b:1C:2d\n", "sys/class/net/eth0/device/x": ""}, "offhook-1c2d\n"),
        ({"proc/device-tree/serial-number": "soon"}, None),
        ({"sys/class/net/veth0/address": "dc:a6:32:0b:1c:2d\n", "etc/machine-id": "cd" * 16}, "offhook-cdcd\n"),
        ({"etc/hostname": "offhook-0001\n", "etc/machine-id": "ab" * 16}, "offhook-0001\n"),
        ({"etc/hostname": "raspberrypi\n", "etc/machine-id": "ab" * 16}, "offhook-abab\n"),
    ],
)
def test_a_box_has_a_name_of_its_own_and_keeps_it(tmp_path: Path, files: dict[str, str], name: str | None) -> None:
    box = Box(tmp_path / "boot", tmp_path / "root")
    box.boot.mkdir()
    for path, text in files.items():
        (box.root / path).parent.mkdir(parents=True, exist_ok=True)
        (box.root / path).write_text(text)
    box.apply(ROOM)
    assert box.has("etc/hostname") == name
