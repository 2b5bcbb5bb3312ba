"""The recipe itself: scripts that a shell reads, lists that say what the package needs, doors that are closed."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from appliance.config.load import load
from tests.image.recipe import CARD, RECIPE, lacks, run, words

PROJECT = RECIPE.parent.parent
SCRIPTS = [
    *RECIPE.glob("*.sh"),
    RECIPE / "initramfs/functions.sh",
    RECIPE / "initramfs/init",
    *(CARD / "usr/lib/card").iterdir(),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_shell_reads_it(script: Path) -> None:
    run("sh", "-n", str(script))
    assert script.read_text().startswith("#") or script.name == "functions.sh"


def test_the_root_has_what_the_firmwares_package_depends_on() -> None:
    control = (PROJECT / "image/deb/control.in").read_text()
    depends = re.search(r"^Depends: (.*)$", control, re.MULTILINE)
    assert depends
    needed = {word.split()[0] for word in depends[1].split(",")}
    assert needed <= set(words("packages.txt"))


def test_the_recorded_versions_cover_the_packages_that_are_asked_for() -> None:
    lock = (RECIPE / "versions.lock").read_text().splitlines()
    recorded = {line.split()[0] for line in lock if not line.startswith("#")}
    assert set(words("packages.txt")) | set(words("kernel.txt")) <= recorded


def test_the_kiosks_root_has_what_its_package_depends_on() -> None:
    control = (PROJECT / "image/deb/kiosk/control.in").read_text()
    depends = re.search(r"^Depends: (.*)$", control, re.MULTILINE)
    assert depends
    needed = {word.split()[0] for word in depends[1].split(",")} - {"offhook"}
    assert needed <= {*words("packages.txt"), *words("kiosk/packages.txt")}


def test_the_kiosks_recorded_versions_cover_what_is_asked_for() -> None:
    recorded = {line.split()[0] for line in (RECIPE / "kiosk/versions.lock").read_text().splitlines()} - {"#"}
    assert {*words("packages.txt"), *words("kiosk/packages.txt"), *words("kernel.txt")} <= recorded


def test_the_kiosks_card_is_the_usual_one_with_a_screen(tmp_path: Path) -> None:
    usual = (RECIPE / "room.toml").read_text()
    (tmp_path / "room.toml").write_text(usual + (RECIPE / "kiosk/room.toml").read_text())
    assert msgspec.structs.replace(load(tmp_path / "room.toml"), kiosk=None) == load(RECIPE / "room.toml")


def test_a_flavour_that_there_is_not_is_said() -> None:
    done = run("sh", str(RECIPE / "build.sh"), "missing.deb", check=False, FLAVOUR="colour")
    assert done.returncode == 2
    assert "FLAVOUR=kiosk" in done.stderr


def test_comments_in_a_list_are_no_words() -> None:
    assert "systemd-resolved" in words("packages.txt")
    assert not {"#", "the", "network:"} & set(words("packages.txt"))


def test_nobody_logs_in_with_a_password() -> None:
    settings = (CARD / "etc/ssh/sshd_config.d/card.conf").read_text()
    assert "PasswordAuthentication no" in settings
    assert "KbdInteractiveAuthentication no" in settings
    for unit in ("ssh", "sshd-keygen"):
        conditions = (CARD / f"usr/lib/systemd/system/{unit}.service.d/card.conf").read_text()
        assert "ConditionFileNotEmpty=/etc/ssh/authorized_keys/root" in conditions


def test_no_keys_and_no_secrets_are_among_the_files() -> None:
    for path in RECIPE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert "PRIVATE KEY" not in path.read_text()
            assert path.name not in {"authorized_keys", "shadow", "machine-id"}


def test_what_each_device_makes_for_itself_is_taken_out() -> None:
    script = (RECIPE / "root.sh").read_text()
    assert "ssh_host_*" in script
    assert ': >"$out/etc/machine-id"' in script


def test_the_firewall_lets_nothing_in_by_itself() -> None:
    rules = (CARD / "etc/nftables.conf").read_text()
    assert rules.count("policy drop") == 2
    assert [line.split()[2] for line in rules.splitlines() if re.match(r"\s*udp dport", line)] == ["5353"]
    assert "tcp dport" not in rules


@pytest.mark.skipif(bool(lacks("nft")), reason="needs nft (Debian package nftables)")
def test_the_firewall_is_one() -> None:
    run("nft", "--check", "--file", str(CARD / "etc/nftables.conf"))


def test_who_watches_the_file_does_not_wait_for_what_waits_for_him() -> None:
    service = (PROJECT / "systemd/offhook-card.service").read_text()
    assert "WantedBy=sysinit.target" in service
    assert "DefaultDependencies=no" in (PROJECT / "systemd/offhook-card.path").read_text()


def test_a_changed_recipe_has_another_hash_and_what_was_tested_does_not_count(tmp_path: Path) -> None:
    for folder in ("image", "systemd", "appliance/card", "tests/image"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = tmp_path / "image/card/inputs.sh"

    def now() -> str:
        return run("sh", str(script)).stdout.strip()

    first = now()
    (tmp_path / "image/card/tested").write_text("another\n")
    (tmp_path / "appliance/card/__pycache__").mkdir()
    (tmp_path / "appliance/card/__pycache__/apply.pyc").write_bytes(b"compiled")
    assert now() == first
    for changed in ("image/card/packages.txt", "systemd/offhook.service", "appliance/card/apply.py"):
        before = now()
        (tmp_path / changed).write_text((tmp_path / changed).read_text() + "# another line\n")
        assert now() != before


def test_what_was_tested_is_recorded_as_a_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}\n", (RECIPE / "tested").read_text())
