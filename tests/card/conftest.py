"""A card and a machine, as two folders."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from appliance.card.apply import Outcome, apply

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.168.1.20"\n'
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2v6y9ZR0zHxU4bE7k5Jm4DdN1xT8m0Jt0kz7f0gS2w admin"


class Box(msgspec.Struct, frozen=True):
    """A box with its card in it."""

    boot: Path
    root: Path

    @property
    def file(self) -> Path:
        return self.boot / "room.toml"

    def apply(self, text: str | bytes | None = None) -> Outcome:
        """Applies the card, after writing this to it."""
        if text is not None:
            self.file.write_bytes(text.encode() if isinstance(text, str) else text)
        return apply(self.boot, self.root)

    def has(self, path: str) -> str | None:
        """What a file of the machine says; None where there is none."""
        place = self.root / path
        return place.read_text() if place.exists() else None

    def errors(self) -> str | None:
        place = self.boot / "room.errors.txt"
        return place.read_bytes().decode() if place.exists() else None

    def all(self) -> dict[str, tuple[bytes | str, int]]:
        """Every file of card and machine: its content and permissions."""
        return {
            str(path): (str(path.readlink()), 0) if path.is_symlink() else (path.read_bytes(), path.stat().st_mode)
            for folder in (self.boot, self.root)
            for path in sorted(folder.rglob("*"))
            if path.is_symlink() or path.is_file()
        }


@pytest.fixture
def new_box(tmp_path: Path) -> Callable[[str], Box]:
    def made(name: str) -> Box:
        box = Box(tmp_path / name / "boot", tmp_path / name / "root")
        box.boot.mkdir(parents=True)
        serial = box.root / "proc/device-tree/serial-number"
        serial.parent.mkdir(parents=True)
        serial.write_bytes(b"10000000abcd1234\0")
        return box

    return made


@pytest.fixture
def box(new_box: Callable[[str], Box]) -> Box:
    return new_box("box")


OPENSSL = shutil.which("openssl")


class Authority:
    """A certificate authority in a folder."""

    def __init__(self, folder: Path, name: str = "Example CA") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.certificate = folder / "ca.pem"
        self._openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -keyout ca.key -out ca.pem "
            "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign",
            "-subj",
            f"/CN={name}",
        )

    def signed(self, file: str, name: str, *, password: str | None = None) -> tuple[Path, Path]:
        """A certificate for a name, and its key."""
        guarded = ("-passout", f"pass:{password}") if password else ("-nodes",)
        self._openssl(
            f"req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -keyout {file}.key -out {file}.csr",
            *("-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName=DNS:{name}", *guarded),
        )
        self._openssl(
            f"x509 -req -in {file}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out {file}.pem",
            *("-copy_extensions", "copy"),
        )
        return self.folder / f"{file}.pem", self.folder / f"{file}.key"

    def _openssl(self, words: str, *more: str) -> None:
        done = subprocess.run(
            [str(OPENSSL), *words.split(), *more], cwd=self.folder, capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if OPENSSL is None:
        pytest.skip("openssl is missing: apt install openssl")
    made = Authority(tmp_path_factory.mktemp("authority"))
    made.signed("radius", "radius.example.com")
    made.signed("box", "box.example.com")
    made.signed("locked", "box.example.com", password="for the key")
    made.signed("other", "other.example.com")
    return made
