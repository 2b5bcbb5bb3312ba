"""An upgrade on a booted Debian 13, by apt from a signed repository: as an administrator does it.

There is no release before the first one. So the version that is upgraded is the same package with a lower number: what
it shows is the way by which the next one comes, and not that the next one works with what this one has written.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.debs import ROOT, VERSION, output, package
from tests.packaging.machine import Machine, installed

pytestmark = pytest.mark.slow
FORMER = "0.0.1"
KEY = "offhook test <test@example.com>"
Facts = dict[str, str]


def former(folder: Path) -> Path:
    """The package with a lower version."""
    root, made = folder / "former", folder / f"offhook_{FORMER}_amd64.deb"
    output("dpkg-deb", "--raw-extract", package("amd64"), root, timeout=120)
    control = root / "DEBIAN/control"
    control.write_text(control.read_text().replace(f"Version: {VERSION}\n", f"Version: {FORMER}\n"))
    output("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", root, made, timeout=300)
    shutil.rmtree(root)
    return made


def publish(folder: Path, machine: Machine, *debs: Path) -> None:
    """Makes the repository with these packages as well, and puts it into the machine."""
    for deb in debs:
        shutil.copy(deb, folder / "dist")
    output("sh", ROOT / "image/release/apt.sh", "test@example.com", timeout=300)
    shutil.copytree(folder / "dist/apt", machine.root / "var/repository", dirs_exist_ok=True)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    folder = tmp_path_factory.mktemp("upgrade")
    (folder / "dist").mkdir()
    (folder / "gnupg").mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GNUPGHOME", str(folder / "gnupg"))
        patch.setenv("DIST", str(folder / "dist"))
        key = ("--batch", "--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key", KEY)
        output("gpg", *key, "ed25519", "sign", "1y")
        with installed(folder, debs=[former(folder)]) as machine:
            publish(folder, machine, folder / f"offhook_{FORMER}_amd64.deb", package("amd64"))
            shutil.copy(ROOT / "docs/examples/offhook.sources", machine.root / "etc/apt/sources.list.d")
            sources = machine.root / "etc/apt/sources.list.d/offhook.sources"
            text = sources.read_text().replace("https://updates.example.com/apt", "file:/var/repository")
            sources.write_text(text)
            keyring = machine.root / "usr/share/keyrings/offhook-archive-keyring.gpg"
            shutil.copy(machine.root / "var/repository/offhook-archive-keyring.gpg", keyring)
            (machine.root / "etc/apt/sources.list").unlink(missing_ok=True)
            yield machine.boot(Path(__file__).with_name("upgrade_checks.sh"))


def test_the_former_version_runs_and_apt_sees_the_new_one(facts: Facts) -> None:
    assert facts["before"] == f"{FORMER} active"
    assert facts["candidate"] == VERSION


def test_apt_upgrades_it_and_it_runs(facts: Facts) -> None:
    assert facts["after"] == f"{VERSION} active"
    assert facts["says"] == VERSION


def test_what_was_configured_and_kept_stays(facts: Facts) -> None:
    assert facts["configuration"] == "Neptune"
    assert facts["state"] == "kept"
    assert facts["secret"] == "600 kept"
    assert facts["restart_timer"] == "enabled"


def test_a_box_that_is_no_card_names_its_road(facts: Facts) -> None:
    assert facts["card"] == "2"
    assert "expected `apt install offhook`" in facts["card_says"]


def test_a_repository_that_was_changed_is_not_taken(facts: Facts) -> None:
    assert facts["changed"] == "refused"


def test_the_former_version_can_be_had_again(facts: Facts) -> None:
    assert facts["back"] == f"{FORMER} active"
    assert os.environ.get("OFFHOOK_TEST_DEB"), "collected by make test-deb alone"
