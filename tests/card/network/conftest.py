"""An authority, the certificates of a RADIUS server and of a box, made by openssl."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.card.conftest import Box

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


@pytest.fixture
def enterprise(box: Box, authority: Authority) -> Callable[..., Box]:
    """A box whose card has these files."""

    def made(**files: str) -> Box:
        for name, source in files.items():
            content = (authority.folder / source).read_bytes()
            (box.boot / name.replace("_", ".")).write_bytes(content)
        return box

    return made
