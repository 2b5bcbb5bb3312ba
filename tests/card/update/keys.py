"""Keys of maintainers, channel files, and bundles: all as the release makes them, with openssl and RAUC themselves."""

import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

RAUC = shutil.which("rauc", path="/usr/local/bin:/usr/bin:/usr/sbin:/bin")  # the real one, whatever PATH says
MANIFEST = """[update]
compatible={compatible}
version={version}
description=offhook {version}

[bundle]
format=plain

[image.rootfs]
filename=slot.img
"""
NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


class Signer(msgspec.Struct, frozen=True):
    """A maintainer's key and its certificate."""

    certificate: Path
    key: Path

    def sign(self, content: bytes, folder: Path) -> bytes:
        """A detached signature."""
        (folder / "signed").write_bytes(content)
        run(
            *("openssl", "cms", "-sign", "-binary", "-md", "sha256", "-in", folder / "signed", "-outform", "DER"),
            *("-signer", self.certificate, "-inkey", self.key, "-out", folder / "signature"),
        )
        return (folder / "signature").read_bytes()


def signer(folder: Path, name: str, days: int = 3650) -> Signer:
    made = Signer(folder / f"{name}.pem", folder / f"{name}.key")
    run(
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", str(days), "-subj", f"/CN=offhook release {name}", "-addext", "basicConstraints=critical,CA:FALSE"),
        *("-addext", "keyUsage=critical,digitalSignature", "-keyout", made.key, "-out", made.certificate),
    )
    return made


def keyring(where: Path, *signers: Signer) -> Path:
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(b"".join(each.certificate.read_bytes() for each in signers))
    return where


def bundle(where: Path, by: Signer, version: str, *, slot: bytes = b"", compatible: str = "offhook-card-arm64") -> Path:
    """A bundle that RAUC has made."""
    content = where.with_name(f"{where.name}.content")
    content.mkdir()
    (content / "slot.img").write_bytes(slot or slot_of(version))
    (content / "manifest.raucm").write_text(MANIFEST.format(compatible=compatible, version=version))
    run(RAUC or "rauc", "bundle", f"--cert={by.certificate}", f"--key={by.key}", content, where)
    return where


def slot_of(version: str) -> bytes:
    """What a small slot of a version has in it: as good as random, so that it cannot be compressed."""
    return b"".join(hashlib.sha256(f"{version} {number}".encode()).digest() for number in range(8192))


def listed(found: Path, version: str, **more: Any) -> bytes:
    """The channel file for a bundle."""
    content = found.read_bytes()
    fields = {
        "format": 1,
        "channel": "stable",
        "serial": 7,
        "issued": NOW - timedelta(hours=1),
        "not_after": NOW + timedelta(days=3650),
        "compatible": "offhook-card-arm64",
        "version": version,
        "bundle": f"bundles/offhook_{version}_arm64.raucb",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return msgspec.json.encode(fields | more)


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == 0, done.stdout + done.stderr
