"""What a maintainer publishes is what a box takes: the scripts of the release with RAUC, openssl and git themselves."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trio

from appliance.card.update import channel, signature
from appliance.card.update.channel import Channel, Unbelievable
from appliance.card.update.rauc import info
from tests.card.update.conftest import Card, needs_openssl, needs_rauc
from tests.card.update.keys import RAUC, Signer, keyring
from tests.packaging.debs import ROOT, VERSION

pytestmark = [needs_openssl, needs_rauc]
RELEASE = ROOT / "image/release"
FUTURE = datetime.now(UTC) + timedelta(days=30)


def run(*command: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": f"{Path(RAUC or '/').parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | path | environ)


def slot(where: Path, version: str = VERSION) -> Path:
    """A slot as slot.sh lays it out: an EROFS (here its number of blocks alone), a block of text, and a tree."""
    system = bytearray(os.urandom(8192))
    system[1060:1064] = (2).to_bytes(4, "little")
    text = f"offhook-slot=1\nversion={version}\nblocks=2\n".encode()
    where.write_bytes(bytes(system) + text.ljust(4096, b"\0") + os.urandom(4096))
    return where


@pytest.fixture
def bundled(tmp_path: Path, maintainer: Signer) -> Path:
    """The bundle of this tree's version."""
    done = bundle(tmp_path, maintainer, slot(tmp_path / "slot.img"))
    assert done.returncode == 0, done.stderr
    return tmp_path / f"offhook_{VERSION}_arm64.raucb"


def bundle(dist: Path, by: Signer, image: Path) -> subprocess.CompletedProcess[str]:
    return run("sh", RELEASE / "bundle.sh", image, by.key, by.certificate, DIST=str(dist))


@pytest.fixture
def publish(tmp_path: Path, maintainer: Signer) -> Callable[..., subprocess.CompletedProcess[str]]:
    def do(found: Path, *words: str, by: Signer = maintainer) -> subprocess.CompletedProcess[str]:
        by_whom = ("--key", by.key, "--certificate", by.certificate)
        into = (tmp_path / "repository", found, "--channel", "stable")
        return run(sys.executable, RELEASE / "repository.py", *into, *by_whom, *words)

    return do


def listed(tmp_path: Path) -> Channel:
    return channel.read((tmp_path / "repository/channels/stable.json").read_bytes())


async def test_a_bundle_is_what_a_box_takes(bundled: Path, card: Card, tmp_path: Path) -> None:
    found = await info(bundled)
    assert (found.version, found.compatible) == (VERSION, "offhook-card-arm64")
    assert found.size == (tmp_path / "slot.img").stat().st_size
    assert (tmp_path / f"offhook_{VERSION}_arm64.changelog.md").read_text().startswith(f"# offhook {VERSION}\n")
    inside = run("unsquashfs", "-ls", bundled).stdout.split()
    assert {"squashfs-root/CHANGELOG.md", "squashfs-root/manifest.raucm", "squashfs-root/slot.img"} <= set(inside)
    left = {path.name for path in await trio.Path(tmp_path).glob("*offhook*")} - {bundled.name}
    assert left == {f"offhook_{VERSION}_arm64.changelog.md"}, "what it was made in stays"


@pytest.mark.parametrize("version", ["9.9.9", ""])
def test_a_slot_of_another_version_makes_no_bundle(tmp_path: Path, maintainer: Signer, version: str) -> None:
    done = bundle(tmp_path, maintainer, slot(tmp_path / "slot.img", version))
    assert done.returncode == 2
    assert f"and this tree of {VERSION}; expected make image first" in done.stderr


def test_without_a_key_there_is_no_bundle(tmp_path: Path, maintainer: Signer) -> None:
    done = bundle(tmp_path, Signer(maintainer.certificate, tmp_path / "none.key"), slot(tmp_path / "slot.img"))
    assert done.returncode == 1
    assert not list(tmp_path.glob("offhook_*"))


async def test_a_published_channel_is_believed(
    bundled: Path, tmp_path: Path, publish: Callable[..., subprocess.CompletedProcess[str]], maintainer: Signer
) -> None:
    done = publish(bundled, "--waves", "10@2026-12-01T02:00Z", "100@2026-12-02T02:00+03:00", "--least", "0.0.1")
    assert done.returncode == 0, done.stderr
    repository = tmp_path / "repository"
    content = (repository / "channels/stable.json").read_bytes()
    signed = (repository / "channels/stable.json.sig").read_bytes()
    await signature.verify(content, signed, keyring(tmp_path / "ring.pem", maintainer))
    found = channel.read(content)
    channel.check(found, "stable", 0, FUTURE)
    assert (found.version, found.serial, found.least) == (VERSION, 1, "0.0.1")
    there = await trio.Path(repository / found.bundle).read_bytes()
    assert there == await trio.Path(bundled).read_bytes()
    assert (found.size, found.sha256) == (len(there), hashlib.sha256(there).hexdigest())
    assert [wave.percent for wave in found.waves] == [10, 100]
    assert found.changelog.startswith(f"# offhook {VERSION}\n")


async def test_nobody_else_s_is(
    bundled: Path, tmp_path: Path, publish: Callable[..., subprocess.CompletedProcess[str]], stranger: Signer
) -> None:
    publish(bundled)
    content = (tmp_path / "repository/channels/stable.json").read_bytes()
    signed = (tmp_path / "repository/channels/stable.json.sig").read_bytes()
    with pytest.raises(Unbelievable):
        await signature.verify(content, signed, keyring(tmp_path / "ring.pem", stranger))


def test_each_list_has_a_higher_number(
    bundled: Path, tmp_path: Path, publish: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    for number in (1, 2, 3):
        assert publish(bundled).returncode == 0
        assert listed(tmp_path).serial == number


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--waves", "10"), "is not a wave"),
        (("--waves", "101@2026-12-01T02:00Z"), "is not a wave"),
        (("--waves", "10@2026-12-01T02:00"), "is not a wave"),
        (("--least", "old"), "is not a version"),
    ],
)
def test_what_no_box_would_take_is_not_published(
    bundled: Path,
    tmp_path: Path,
    publish: Callable[..., subprocess.CompletedProcess[str]],
    words: tuple[str, ...],
    why: str,
) -> None:
    done = publish(bundled, *words)
    assert done.returncode == 2
    assert why in done.stderr
    assert not (tmp_path / "repository").exists()


def test_a_version_that_is_published_does_not_change(
    bundled: Path,
    tmp_path: Path,
    publish: Callable[..., subprocess.CompletedProcess[str]],
    maintainer: Signer,
) -> None:
    """A second channel offers the very same bundle: one that was signed again has another hash."""
    assert publish(bundled, "--channel", "testing").returncode == 0
    assert publish(bundled).returncode == 0
    assert bundle(tmp_path, maintainer, tmp_path / "slot.img").returncode == 0
    assert "is published already; expected that one" in publish(bundled).stderr
    published = tmp_path / "repository/bundles" / bundled.name
    for name in ("stable", "testing"):
        found = channel.read((tmp_path / f"repository/channels/{name}.json").read_bytes())
        assert found.sha256 == hashlib.sha256(published.read_bytes()).hexdigest()


def test_a_bundle_of_another_commit_is_not_published(
    bundled: Path, tmp_path: Path, publish: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    assert "expected 0123" in publish(bundled, "--build", "0123").stderr
    assert not (tmp_path / "repository").exists()


def test_a_bundle_of_another_key_is_not_published(
    bundled: Path, tmp_path: Path, publish: Callable[..., subprocess.CompletedProcess[str]], stranger: Signer
) -> None:
    assert publish(bundled, by=stranger).returncode == 2
    assert not (tmp_path / "repository").exists()


def test_a_key_is_made_once(tmp_path: Path) -> None:
    name = tmp_path / "offhook-2026"
    assert "sha256 Fingerprint=" in run("sh", RELEASE / "key.sh", name).stdout
    assert name.with_suffix(".key").stat().st_mode & 0o777 == 0o600
    assert run("sh", RELEASE / "key.sh", name).returncode == 2
    assert name.with_suffix(".pem").exists()


class Tree:
    """A checkout with the files that say a version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "image/release").mkdir(parents=True)
        shutil.copy(RELEASE / "version.sh", folder / "image/release")
        self.git("init", "-q")
        self.has("1.4.0", "## 1.4.0 (1 May 2027)\n")

    def git(self, *words: str) -> None:
        who = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "tag.gpgSign=false")
        assert run("git", "-C", self.folder, *who, *words).returncode == 0

    def has(self, version: str, changelog: str) -> None:
        (self.folder / "pyproject.toml").write_text(f'[project]\nname = "x"\nversion = "{version}"\n[tool]\n')
        (self.folder / "CHANGELOG.md").write_text(changelog)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "x")

    def says(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run("sh", self.folder / "image/release/version.sh", *words)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "tree")


def test_a_tag_and_the_project_say_the_same_version(tree: Tree) -> None:
    assert tree.says().stdout == "1.4.0\n"
    assert "expected the tag v1.4.0" in tree.says("--tagged").stderr
    tree.git("tag", "v1.4.0")
    assert tree.says("--tagged").stdout == "1.4.0\n"


def test_a_tag_that_says_another_is_refused(tree: Tree) -> None:
    tree.git("tag", "v1.4.1")
    for words in ((), ("--tagged",)):
        done = tree.says(*words)
        assert done.returncode == 2
        assert "HEAD is tagged v1.4.1, and pyproject.toml says 1.4.0" in done.stderr


def test_what_was_changed_since_is_no_release(tree: Tree) -> None:
    tree.git("tag", "v1.4.0")
    (tree.folder / "CHANGELOG.md").write_text("more")
    assert "expected a clean checkout" in tree.says("--tagged").stderr


def test_a_version_without_a_changelog_is_no_release(tree: Tree) -> None:
    tree.has("1.4.1", "## Unreleased\n## 1.4.10\n")
    tree.git("tag", "v1.4.1")
    assert 'no part "## 1.4.1"' in tree.says("--tagged").stderr


@pytest.mark.parametrize("version", ["1.4", "1.4.0.dev1", "next"])
def test_what_is_no_version_is_refused(tree: Tree, version: str) -> None:
    tree.has(version, "x")
    assert "expected one such as 1.4.0" in tree.says().stderr
