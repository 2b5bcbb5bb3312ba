"""Boxes with a room in them, as folders, and backups of them with real encryption."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.backup.keys import Cost
from appliance.card.backup.making import make
from tests.card.conftest import KEY, Box

PASSPHRASE = "correct horse battery staple"
SECRETS = ("PLANTED-PIN", "PLANTED-WIFI", "PLANTED-CLIENT-TOKEN", "PLANTED-PRESET", "PLANTED-PAIRED")
ROOM = (
    '[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\npin = "PLANTED-PIN"\n'
    '[network.wifi]\nssid = "Guests"\npassword = "PLANTED-WIFI"\ncountry = "RU"\n'
    f'[ssh]\nkeys = ["{KEY}"]\n'
    '[panel]\nlisten = "0.0.0.0:8443"\ncertificate = "/etc/offhook/tls/certificate.pem"\n'
    'key = "/etc/offhook/tls/key.pem"\n'
    '[share]\nlisten = "0.0.0.0:8765"\nallow = ["192.168.1.0/24"]\n'
    '[share.clients.office]\ntoken = "PLANTED-CLIENT-TOKEN"\nrole = "user"\n'
)
OTHER = '[room]\nname = "Saturn"\n[terminal]\nhost = "192.168.1.21"\npin = "OTHER-PIN"\n'
CARD_MARK = "usr/lib/card"


def cheap() -> Cost:
    """Parameters that take 40 ms."""
    return Cost(n=16384, p=1)


def state(box: Box, name: str, text: str) -> Path:
    path = box.root / "var/lib/offhook" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)
    return path


@pytest.fixture(autouse=True)
def nothing_waits_for_this_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture(autouse=True)
def openssl() -> None:
    if shutil.which("openssl") is None and "CI" not in os.environ:
        pytest.skip("openssl is missing: apt install openssl")


@pytest.fixture
def furnished(new_box: Callable[[str], Box]) -> Callable[[str, str], Box]:
    """Makes a card's box in use, with this room and state of its own."""

    def made(name: str, room: str = ROOM) -> Box:
        box = new_box(name)
        (box.root / CARD_MARK).mkdir(parents=True)
        (box.root / "etc").mkdir()
        (box.root / "etc/machine-id").write_text(f"{name:0<32}\n")
        (box.root / "proc/device-tree/model").write_bytes(b"Raspberry Pi 4 Model B Rev 1.5\0")
        assert box.apply(room).mistakes == ()
        return box

    return made


@pytest.fixture
def neptune(furnished: Callable[[str, str], Box]) -> Box:
    box = furnished("neptune", ROOM)
    (box.root / "etc/offhook/profiles").mkdir()
    (box.root / "etc/offhook/profiles/jabra.toml").write_text('# PLANTED? no: a profile\nname = "x"\n')
    state(box, "presets.json", '{"1": "PLANTED-PRESET"}')
    state(box, "paired.json", '["PLANTED-PAIRED"]')
    state(box, "preset-pictures/3.jpg", "a picture")
    return box


@pytest.fixture
def saturn(furnished: Callable[[str, str], Box]) -> Box:
    box = furnished("saturn", OTHER)
    state(box, "bookings.json", "of Saturn")
    state(box, "old/pictures/1.jpg", "of Saturn")
    return box


@pytest.fixture
def backup(neptune: Box) -> bytes:
    return make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content


def of_the_room(box: Box) -> dict[str, tuple[bytes | str, int]]:
    """Everything that belongs to the room, with the paths of any box; without what the certificate's maker keeps."""
    inside = ("etc/offhook/", "etc/credstore/", "var/lib/offhook/")
    found = {path.removeprefix(f"{box.root}/"): what for path, what in box.all().items()}
    return {path: what for path, what in found.items() if path.startswith(inside)}
