"""The apt repository as apt itself reads it: signed, and refused when it is not, is changed, or is old."""

import os
import shutil
import subprocess
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.packaging.debs import ROOT

NEEDED = ("apt-ftparchive", "gpg", "apt-get", "dpkg-deb", "xz")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"one of {', '.join(NEEDED)} is not installed"),
]


class Maintainer:
    """Somebody with a key of gpg, packages, and the repository that they make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dist = folder / "dist"
        self.dist.mkdir()
        self.home = folder / "gnupg"
        self.home.mkdir(mode=0o700)
        self.gpg("--quick-generate-key", "--passphrase", "", "offhook test <test@example.com>", "ed25519", "sign", "1y")

    def gpg(self, *words: str) -> None:
        done = self.run("gpg", "--batch", "--pinentry-mode", "loopback", *words)
        assert done.returncode == 0, done.stderr

    def run(self, *command: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        own = {"GNUPGHOME": str(self.home), "DIST": str(self.dist)}
        return subprocess.run(command, capture_output=True, text=True, env=os.environ | own | environ)

    def package(self, version: str) -> None:
        root = self.folder / f"root-{version}"
        (root / "DEBIAN").mkdir(parents=True)
        fields = f"Package: offhook\nVersion: {version}\nArchitecture: amd64\nMaintainer: x <x@example.com>\n"
        (root / "DEBIAN/control").write_text(f"{fields}Description: x\n")
        done = self.run("dpkg-deb", "--root-owner-group", "--build", root, self.dist / f"offhook_{version}_amd64.deb")
        assert done.returncode == 0, done.stderr

    def publish(self, key: str = "test@example.com", **environ: str) -> subprocess.CompletedProcess[str]:
        return self.run("sh", ROOT / "image/release/apt.sh", key, **environ)


class Apt:
    """An apt of its own, which knows this one repository."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.root = folder
        for name in ("etc/apt/apt.conf.d", "etc/apt/preferences.d", "var/lib/apt/lists/partial", "var/lib/dpkg"):
            (folder / name).mkdir(parents=True)
        (folder / "var/cache/apt/archives/partial").mkdir(parents=True)
        (folder / "var/lib/dpkg/status").touch()
        keyring = repository / "offhook-archive-keyring.gpg"
        (folder / "etc/apt/sources.list").write_text(f"deb [signed-by={keyring}] file:{repository} stable main\n")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        options = (
            *(f"Dir={self.root}", "APT::Architecture=amd64", "APT::Architectures=amd64", "APT::Sandbox::User=root"),
            f"Dir::State::status={self.root}/var/lib/dpkg/status",
        )
        command = ("apt-get", *(word for option in options for word in ("-o", option)), *words)
        environ = {name: value for name, value in os.environ.items() if name != "APT_CONFIG"}
        return subprocess.run(command, capture_output=True, text=True, env=environ)

    def versions(self) -> list[str]:
        """What there is, as it would be installed first."""
        assert self.updates()
        said = self.run("--print-uris", "-y", "install", "offhook").stdout
        return [line.split()[1] for line in said.splitlines() if line.startswith("'file:")]

    def updates(self) -> bool:
        return self.run("update", "--error-on=any").returncode == 0


@pytest.fixture
def maintainer(tmp_path: Path) -> Maintainer:
    made = Maintainer(tmp_path)
    made.package("0.1.0")
    assert made.publish().returncode == 0
    return made


@pytest.fixture
def apt(tmp_path: Path, maintainer: Maintainer) -> Apt:
    return Apt(tmp_path / "apt", maintainer.dist / "apt")


def test_a_new_version_is_seen_and_the_former_one_stays(maintainer: Maintainer, apt: Apt) -> None:
    assert apt.versions() == ["offhook_0.1.0_amd64.deb"]
    maintainer.package("0.2.0")
    (maintainer.dist / "offhook_0.1.0_amd64.deb").unlink()
    assert maintainer.publish().stdout.endswith("2 packages\n")
    assert apt.versions() == ["offhook_0.2.0_amd64.deb"]


def test_a_candidate_comes_before_its_release(maintainer: Maintainer, apt: Apt) -> None:
    """Debian's order of versions has a tilde for that."""
    maintainer.package("0.2.0~rc1")
    maintainer.package("0.2.0")
    maintainer.publish()
    assert apt.versions() == ["offhook_0.2.0_amd64.deb"]


@pytest.mark.parametrize("path", ["dists/stable/InRelease", "dists/stable/main/binary-amd64/Packages"])
def test_what_was_changed_is_refused(maintainer: Maintainer, apt: Apt, path: str) -> None:
    file = maintainer.dist / "apt" / path
    file.write_text(file.read_text().replace("offhook", "offhock"))
    (maintainer.dist / "apt/dists/stable/main/binary-amd64/Packages.xz").unlink(missing_ok=True)
    assert not apt.updates()


def test_a_repository_of_another_key_is_refused(maintainer: Maintainer, apt: Apt) -> None:
    assert apt.updates()
    keyring = maintainer.dist / "apt/offhook-archive-keyring.gpg"
    former = keyring.read_bytes()
    maintainer.gpg("--quick-generate-key", "--passphrase", "", "else <else@example.com>", "ed25519", "sign", "1y")
    assert maintainer.publish("else@example.com").returncode == 0
    keyring.write_bytes(former)
    assert not apt.updates()


def test_a_list_is_good_for_so_many_days(maintainer: Maintainer) -> None:
    """Else nobody would notice a mirror that stands still."""
    assert maintainer.publish(VALID_DAYS="7").returncode == 0
    lines = (maintainer.dist / "apt/dists/stable/Release").read_text().splitlines()
    made, until = (
        parsedate_to_datetime(next(line for line in lines if line.startswith(name)).partition(": ")[2])
        for name in ("Date", "Valid-Until")
    )
    assert until - made == timedelta(days=7)


def test_without_a_key_or_a_package_there_is_none(maintainer: Maintainer, tmp_path: Path) -> None:
    assert maintainer.publish("").returncode == 2
    (tmp_path / "empty").mkdir()
    assert "expected make deb first" in maintainer.publish(DIST=str(tmp_path / "empty")).stderr
