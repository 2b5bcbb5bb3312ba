"""Where everything comes from: locks with hashes, a bill of materials, an audit, and signatures that can be checked."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.debs import ROOT, run

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
HASHED = re.compile(r"[\w.\[\]-]+==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}")
METADATA = "Metadata-Version: 2.1\nName: {}\nVersion: {}\n"
CONTROL = """Package: offhook
Version: 9.8.7
Architecture: all
Maintainer: somebody <somebody@example.com>
Depends: python3-evdev (>= 1.9),
 python3-serial
Description: a test
"""


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_every_version_with_its_hashes_and_no_host(lock: Path) -> None:
    text = "\n".join(line for line in lock.read_text().splitlines() if not line.startswith("#"))
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry]
    assert entries
    assert [
        entry for entry in entries if not re.match(r"[\w.\[\]-]+==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", entry)
    ] == []
    assert "://" not in text


@pytest.fixture
def deb(tmp_path: Path) -> Path:
    """A package with two distributions in it."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("no dpkg-deb")
    root = tmp_path / "root"
    for name, version in (("trio", "0.35.0"), ("h11", "0.16.0")):
        folder = root / f"usr/lib/offhook/python/{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(METADATA.format(name, version))
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(CONTROL)
    made = tmp_path / "offhook_9.8.7_all.deb"
    assert run("dpkg-deb", "--root-owner-group", "--build", root, made).returncode == 0
    return made


def test_the_bill_of_a_package_names_what_is_in_it(deb: Path) -> None:
    sbom = script("sbom")
    sbom.main([deb])
    bill = json.loads((deb.parent / "offhook_9.8.7_all.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert [each["purl"] for each in bill["components"]] == ["pkg:pypi/h11@0.16.0", "pkg:pypi/trio@0.35.0"]
    about = bill["metadata"]["component"]
    assert (about["name"], about["version"]) == ("offhook", "9.8.7")
    assert about["hashes"][0]["content"] == run("sha256sum", deb).stdout.split()[0]
    assert {"name": "debian:depends", "value": "python3-evdev (>= 1.9), python3-serial"} in about["properties"]
    assert bill == sbom.bill(deb)  # without time or serial number


def test_the_audit_names_what_is_vulnerable_and_where_it_is_fixed() -> None:
    report = {
        "dependencies": [
            {"name": "trio", "version": "0.35.0", "vulns": []},
            {"name": "h11", "version": "0.14.0", "vulns": [{"id": "GHSA-1", "fix_versions": ["0.16.0"]}]},
        ]
    }
    assert list(script("audit").known(report)) == ["h11 0.14.0: GHSA-1, fixed in 0.16.0"]


@pytest.mark.parametrize("said", ["", "no JSON", '{"dependencies": [{"name": "h11", "skip_reason": "not found"}]}'])
def test_a_database_that_answers_nothing_has_not_been_reached(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = script("audit")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess((), 0, said, ""))
    assert audit.audit(Path("lock.txt")) is None


def test_a_version_that_the_database_does_not_have_is_said() -> None:
    report = {"dependencies": [{"name": "h11", "skip_reason": "not found"}]}
    assert list(script("audit").skipped(report)) == ["h11: NOT AUDITED, not found"]


def test_an_audit_that_cannot_ask_says_that_it_has_not_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = script("audit")
    monkeypatch.setattr(audit, "audit", lambda _lock: None)
    monkeypatch.setattr(audit, "outdated", lambda: [{"name": "h11", "version": "0.14.0", "latest_version": "0.16.0"}])
    assert audit.main() == 0
    said = capsys.readouterr().out
    assert "NOT AUDITED" in said
    assert "h11 0.14.0: the latest is 0.16.0" in said


@pytest.mark.parametrize("name", ["reproducible.sh", "release.sh"])
def test_scripts_are_shell(name: str) -> None:
    assert run("sh", "-n", ROOT / "scripts" / name).returncode == 0


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
def test_a_signed_release_is_verified_and_a_changed_one_is_not(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "offhook_1_amd64.deb").write_bytes(b"a package")
    (dist / "offhook_1_arm64.deb").write_bytes(b"another")
    (dist / "notes.txt").write_text("not of the release")
    key = tmp_path / "key"
    assert run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key).returncode == 0
    signers = tmp_path / "signers"
    signers.write_text(f"offhook {key.with_suffix('.pub').read_text()}")

    def release(how: str, file: Path) -> "subprocess.CompletedProcess[str]":
        command = ("sh", str(ROOT / "scripts/release.sh"), how, str(file))
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "DIST": str(dist)})

    assert "notes.txt" not in release("sign", key).stdout
    assert release("verify", signers).returncode == 0
    (dist / "offhook_1_arm64.deb").unlink()  # whoever needs one package only has one
    assert release("verify", signers).returncode == 0
    (dist / "offhook_1_amd64.deb").write_bytes(b"a packagE")
    assert release("verify", signers).returncode == 1
    signers.write_text("offhook ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB2v6y9ZR0zHxU4bE7k5Jm4DdN1xT8m0Jt0kz7f0gS2w\n")
    assert release("verify", signers).returncode != 0
    assert "expected a key of SSH" in release("sign", tmp_path / "missing").stderr
