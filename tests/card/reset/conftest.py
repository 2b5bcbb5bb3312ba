"""A card in use, whose /etc and /var/lib are on its data partition, and its start up to the reset."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.reset.card import FRESH, Step, step
from tests.card.conftest import KEY, Box
from tests.image.recipe import RECIPE, run

TEMPLATE = (RECIPE / "room.toml").read_text()
ROOM = (
    '[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\npin = "PLANTED-PIN"\n'
    '[network.wifi]\nssid = "Guests"\npassword = "PLANTED-WIFI"\ncountry = "RU"\n'
    f'[ssh]\nkeys = ["{KEY}"]\n'
)


def initial_file_system(box: Box) -> str:
    """What the real function does to the data partition at a start; what it complains of."""
    script = f'. "{RECIPE}/initramfs/functions.sh"; emptied "$1" true; folders "$1"'
    return run("sh", "-c", script, "sh", str(box.root / "data")).stderr


def starts(box: Box) -> Step:
    """A start of the card until the reset has had its turn."""
    initial_file_system(box)
    return step(box.root, box.boot)


@pytest.fixture(autouse=True)
def nothing_waits_for_this_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def fresh(new_box: Callable[[str], Box]) -> Callable[[str], Box]:
    """A card that was just written, at its first start."""

    def made(name: str) -> Box:
        box = new_box(name)
        (box.root / FRESH).parent.mkdir(parents=True)
        (box.root / FRESH).write_text(TEMPLATE)
        box.file.write_text(TEMPLATE)
        (box.boot / "config.txt").write_text("arm_64bit=1\n")
        (box.root / "data").mkdir()
        (box.root / "var").mkdir()
        (box.root / "etc").symlink_to("data/etc")
        (box.root / "var/lib").symlink_to("../data/lib")
        initial_file_system(box)
        return box

    return made


@pytest.fixture
def used(fresh: Callable[[str], Box]) -> Callable[[str], Box]:
    """The same card after a year in a room."""

    def made(name: str) -> Box:
        box = fresh(name)
        assert box.apply(ROOM).mistakes == ()
        for path, text in {
            "etc/machine-id": "0123456789abcdef0123456789abcdef\n",
            "etc/ssh/ssh_host_ed25519_key": "PLANTED-HOST-KEY",
            "etc/credstore/offhook-fleet.age": "PLANTED-IDENTITY",
            "var/lib/offhook/presets.json": "PLANTED-PRESET",
            "data/rauc/central.status": "x",
            "data/lost+found/#12": "PLANTED-FRAGMENT",
        }.items():
            (box.root / path).parent.mkdir(parents=True, exist_ok=True)
            (box.root / path).write_text(text)
        for name_, text in {
            "neptune.offhook": "x",
            "backup.passphrase": "PLANTED-PHRASE",
            "key.pem": "PLANTED-KEY",
        }.items():
            (box.boot / name_).write_text(text)
        return box

    return made


def everything(box: Box) -> dict[str, object]:
    """All files of the card but for a folder that belongs to no device."""
    inside = {path.removeprefix(str(box.boot.parent)): what[0] for path, what in box.all().items()}
    return {path: what for path, what in inside.items() if "/lost+found" not in path or "#" in path}


@pytest.fixture
def wished(used: Callable[[str], Box]) -> Callable[[str], Box]:
    """And a file that wishes it were new, as an editor on Windows names it."""

    def made(name: str) -> Box:
        box = used(name)
        Path(box.boot / "factory-reset.txt").touch()
        return box

    return made
