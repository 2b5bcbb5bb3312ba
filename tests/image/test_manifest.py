"""What a card is made of is written down, and what differs from the last one that was tested is told."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.image.recipe import RECIPE

STATUS = """Package: systemd
Status: install ok installed
Architecture: arm64
Version: 257.9-1~deb13u1
Description: system and service manager
 of many lines

Package: gone
Status: deinstall ok config-files
Architecture: arm64
Version: 1

Package: libc6
Status: install ok installed
Architecture: arm64
Source: glibc
Version: 2.41-12

Package: offhook
Status: install ok installed
Architecture: arm64
Version: 0.1.0

Package: offhook-kiosk
Status: install ok installed
Architecture: all
Version: 0.1.0
"""
VERSIONS = "Package=busybox-static Version=1:1.37.0-6+b9 Architecture=arm64 Source=busybox (1:1.37.0-6)\n"


@pytest.fixture(scope="module")
def manifest() -> ModuleType:
    spec = importlib.util.spec_from_file_location("manifest", RECIPE / "manifest.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["manifest"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def built(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "usr/lib/card/dpkg").mkdir(parents=True)
    (root / "usr/lib/card/dpkg/status").write_text(STATUS)
    trio = root / "usr/lib/offhook/python/trio-0.35.0.dist-info"
    trio.mkdir(parents=True)
    (trio / "METADATA").write_text("Metadata-Version: 2.4\nName: trio\nVersion: 0.35.0\n\nVersion: of something else\n")
    (tmp_path / "versions").write_text(VERSIONS)
    return tmp_path


def make(manifest: ModuleType, built: Path) -> int:
    status: int = manifest.main(built / "root", built / "versions", built / "lock", str(built / "card"))
    return status


def test_every_part_is_listed_with_version_and_source(manifest: ModuleType, built: Path) -> None:
    make(manifest, built)
    assert (built / "card.manifest.txt").read_text().splitlines() == [
        "deb busybox-static 1:1.37.0-6+b9 arm64 busybox",
        "deb libc6 2.41-12 arm64 glibc",
        "deb offhook 0.1.0 arm64 offhook",
        "deb offhook-kiosk 0.1.0 all offhook-kiosk",
        "deb systemd 257.9-1~deb13u1 arm64 systemd",
        "pypi trio 0.35.0",
    ]


def test_the_bill_of_materials_names_each_by_its_package_url(manifest: ModuleType, built: Path) -> None:
    make(manifest, built)
    bill = json.loads((built / "card.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    urls = [component["purl"] for component in bill["components"]]
    assert "pkg:deb/debian/busybox-static@1%3A1.37.0-6+b9?arch=arm64&distro=trixie" in urls
    assert "pkg:pypi/trio@0.35.0" in urls
    assert len(set(urls)) == len(urls) == 6


def test_what_differs_from_the_lock_is_told(
    manifest: ModuleType, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "lock").write_text("# of last time\nbusybox-static 1:1.37.0-6+b9\nlibc6 2.41-11\nold 1\n")
    assert make(manifest, built) == 0
    assert capsys.readouterr().err.splitlines() == [
        "offhook: libc6: 2.41-11 in versions.lock, 2.41-12 in the image",
        "offhook: old: 1 in versions.lock, none in the image",
        "offhook: systemd: none in versions.lock, 257.9-1~deb13u1 in the image",
    ]


def test_who_is_strict_gets_no_card_of_other_versions(
    manifest: ModuleType, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built / "lock").write_text("libc6 2.41-11\n")
    monkeypatch.setenv("STRICT", "1")
    assert make(manifest, built) == 3


def test_a_lock_just_written_is_the_card(manifest: ModuleType, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCK", "write")
    monkeypatch.setenv("STRICT", "1")
    assert make(manifest, built) == 0
    assert not {"offhook", "offhook-kiosk"} & set((built / "lock").read_text().split())
