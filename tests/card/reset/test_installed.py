"""A machine with the package forgets its room and stays what it is, whenever the power goes."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.backup import forgetting, placing
from appliance.card.reset import installed
from appliance.runtime import atomic
from tests.card.conftest import Box
from tests.card.test_power_cut import STEPS, Disk, PowerCut
from tests.cli.processes import offhook

EXAMPLE = '[room]\nname = "Meeting room"\n[terminal]\nhost = "192.168.1.20"\n'
OURS = {
    "etc/offhook/room.toml": "PLANTED",
    "etc/offhook/profiles/x.toml": "PLANTED",
    "etc/offhook/tls/key.pem": "PLANTED",
    "etc/credstore/offhook.pin": "PLANTED",
    "etc/credstore/offhook-fleet.age": "PLANTED",
    "var/lib/offhook/preset-pictures/1.jpg": "PLANTED",
    "var/lib/offhook-card/stamp": "PLANTED",
    "var/lib/offhook-restore/old/tree/etc/credstore/offhook.pin": "PLANTED",
}
THEIRS = {
    "etc/machine-id": "of the machine",
    "etc/ssh/ssh_host_ed25519_key": "of the machine",
    "etc/wpa_supplicant/wpa_supplicant.conf": "of the machine",
    "etc/credstore/backup.token": "of another program",
    "home/pi/notes": "of somebody",
    installed.FRESH: EXAMPLE,
}


@pytest.fixture
def machine(new_box: Callable[[str], Box]) -> Callable[[str], Box]:
    def made(name: str) -> Box:
        box = new_box(name)
        for path, text in {**OURS, **THEIRS}.items():
            (box.root / path).parent.mkdir(parents=True, exist_ok=True)
            (box.root / path).write_text(text)
        (box.root / "var/lib/offhook/link").symlink_to(box.root / "home/pi")
        return box

    return made


def left(box: Box) -> dict[str, str]:
    files = {str(path.relative_to(box.root)): path for path in box.root.rglob("*") if path.is_file()}
    return {name: path.read_text() for name, path in files.items() if not name.startswith("proc/")}


def test_the_room_goes_and_the_machine_stays(machine: Callable[[str], Box]) -> None:
    box = machine("box")
    assert offhook("reset", "--yes", "--root", box.root, "--boot", box.boot)[0] == 0
    assert left(box) == {**THEIRS, "etc/offhook/room.toml": EXAMPLE}
    assert (box.root / "etc/offhook").is_dir()


def test_a_start_without_one_changes_nothing(machine: Callable[[str], Box]) -> None:
    box = machine("box")
    assert offhook("card", "reset", "--root", box.root, "--boot", box.boot)[:2] == (0, "")
    assert left(box) == {**OURS, **THEIRS}


@pytest.mark.slow
def test_whenever_the_power_goes_the_next_start_ends_it(
    machine: Callable[[str], Box], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "rmdir" in STEPS
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    for number in range(1, 1000):
        box = machine(str(number))
        disk = Disk(number, PowerCut())
        with monkeypatch.context() as patched:
            for module in (atomic, forgetting, placing):
                patched.setattr(module, "os", disk)
            with contextlib.suppress(PowerCut):
                installed.begin(box.root)
                installed.carry_out(box.root, None)
        if not disk.reached:
            assert number > 40, "there are fewer steps than files"
            return
        if installed.is_running(box.root):
            installed.carry_out(box.root, None)
            assert left(box) == {**THEIRS, "etc/offhook/room.toml": EXAMPLE}
        elif left(box) != {**THEIRS, "etc/offhook/room.toml": EXAMPLE}:
            begun = {name for name in left(box) if name.startswith(installed.STATE)}
            assert {name: text for name, text in left(box).items() if name not in begun} == {**OURS, **THEIRS}


def test_a_file_that_would_be_applied_again_goes(machine: Callable[[str], Box]) -> None:
    """On somebody's own Raspberry Pi OS with `offhook-card.service` switched on."""
    box = machine("box")
    Path(box.boot / "room.toml").write_text(EXAMPLE)
    assert offhook("reset", "--yes", "--root", box.root, "--boot", box.boot)[0] == 0
    assert list(box.boot.iterdir()) == []
