"""A maintainer with keys, and a card with two slots in a folder."""

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from appliance.card.update.box import Box
from appliance.card.update.state import Kept, State
from tests.card.update.keys import RAUC, Signer, bundle, keyring, signer

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
needs_rauc = pytest.mark.skipif(RAUC is None or shutil.which("mksquashfs") is None, reason="rauc is not installed")


class Card(msgspec.Struct, frozen=True):
    """A machine below a folder, and what stands in for RAUC."""

    root: Path
    fake: Path

    @property
    def box(self) -> Box:
        return Box(self.root)

    @property
    def kept(self) -> Kept:
        return Kept(self.root / "var/lib/offhook-update")

    @property
    def state(self) -> State:
        return self.kept.load()

    @property
    def world(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.fake / "world.json").read_text())
        return found

    def turn(self, **changes: Any) -> None:
        """Changes the world: what booted, what fails."""
        (self.fake / "world.json").write_text(json.dumps(self.world | changes))

    def boots(self, slot: str, number: int) -> None:
        """The machine starts once more, from a slot."""
        self.turn(booted=slot)
        self.write("proc/sys/kernel/random/boot_id", f"boot {number}\n")

    def calls(self) -> list[str]:
        """What RAUC was asked to do, without questions."""
        path = self.fake / "calls"
        said = path.read_text().splitlines() if path.exists() else []
        return [line for line in said if line.startswith(("install", "status mark"))]

    def write(self, path: str, text: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place


@pytest.fixture(scope="session")
def maintainer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return signer(tmp_path_factory.mktemp("maintainer"), "one")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return signer(tmp_path_factory.mktemp("stranger"), "stranger")


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory, maintainer: Signer, stranger: Signer) -> Mapping[str, Path]:
    """Bundles by what they are."""
    folder = tmp_path_factory.mktemp("bundles")
    made = {
        "new": bundle(folder / "new.raucb", maintainer, "9.2.0"),
        "old": bundle(folder / "old.raucb", maintainer, "0.0.1"),
        "foreign": bundle(folder / "foreign.raucb", maintainer, "9.2.0", compatible="toaster"),
        "forged": bundle(folder / "forged.raucb", stranger, "9.2.0"),
    }
    made["truncated"] = folder / "truncated.raucb"
    made["truncated"].write_bytes(made["new"].read_bytes()[:100_000])
    made["changed"] = folder / "changed.raucb"
    content = bytearray(made["new"].read_bytes())
    content[150_000] ^= 1
    made["changed"].write_bytes(content)
    return made


@pytest.fixture
def card(tmp_path: Path, maintainer: Signer, monkeypatch: pytest.MonkeyPatch) -> Card:
    """A card that runs 0.1.0 from slot A."""
    fake, programs = tmp_path / "fake", tmp_path / "programs"
    made = Card(tmp_path / "root", fake)
    fake.mkdir()
    programs.mkdir()
    (fake / "world.json").write_text(json.dumps({"booted": "A", "order": ["A", "B"], "left": {"A": 3, "B": 0}}))
    keyring(fake / "keyring.pem", maintainer)
    keyring(made.root / "usr/share/offhook/update/keyring.pem", maintainer)
    made.write("etc/rauc/system.conf", "[system]\n")
    made.write("etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    made.write("proc/sys/kernel/random/boot_id", "boot 1\n")
    (made.root / "var/lib/offhook-update").mkdir(parents=True)
    for slot in ("slot-a", "slot-b"):
        (fake / slot).write_bytes(bytes(1 << 20))
    _program(programs / "rauc", f'exec {sys.executable} {Path(__file__).with_name("fake_rauc.py")} "$@"')
    _program(programs / "systemctl", f'echo "$@" >>{fake}/systemctl; [ "$1" != show ] || cat {fake}/exit 2>/dev/null')
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    monkeypatch.setenv("FAKE_RAUC", str(fake))
    monkeypatch.setenv("REAL_RAUC", str(RAUC))
    return made


def _program(where: Path, line: str) -> None:
    where.write_text(f"#!/bin/sh\n{line}\n")
    where.chmod(0o755)
