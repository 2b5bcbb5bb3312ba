"""A room leaves its box and comes back: to the same one, to another, to one of another kind."""

import grp
import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.backup import placing
from appliance.card.backup.making import make
from appliance.card.backup.refused import Refused
from appliance.card.backup.restoring import opened, perform, prepare
from tests.card.backup.conftest import CARD_MARK, OTHER, PASSPHRASE, SECRETS, cheap, of_the_room, state
from tests.card.conftest import Authority, Box


def restore(box: Box, content: bytes, *, card: bool = True) -> None:
    boot = box.boot if card else None
    prepare(box.root, boot, opened(content, PASSPHRASE))
    perform(box.root, boot)


def test_no_secret_can_be_read(backup: bytes, neptune: Box) -> None:
    planted = [secret for secret in SECRETS if any(secret.encode() in what for what in contents(neptune))]
    assert planted == list(SECRETS)  # else this would test nothing
    assert [secret for secret in SECRETS if secret.encode() in backup] == []
    key = str(neptune.has("etc/offhook/tls/key.pem")).splitlines()
    assert key[0] == "-----BEGIN PRIVATE KEY-----"
    assert [line for line in (*key, "192.168.1.20") if line.encode() in backup] == []


def contents(box: Box) -> list[bytes]:
    return [path.read_bytes() for path in box.root.rglob("*") if path.is_file()]


def test_what_can_be_read_says_which_box_it_was(backup: bytes) -> None:
    facts = opened(backup, PASSPHRASE).facts
    assert (facts.room, facts.box, facts.board) == ("Neptune", "offhook-1234", "Raspberry Pi 4 Model B Rev 1.5")
    assert facts.files == len(opened(backup, PASSPHRASE).files)
    assert "room     Neptune" in facts.lines()


def test_the_same_box_is_what_it_was(backup: bytes, neptune: Box) -> None:
    before = neptune.all()
    assert neptune.apply(OTHER).mistakes == ()
    state(neptune, "presets.json", "{}")
    state(neptune, "later.json", "{}")
    (neptune.root / "var/lib/offhook/paired.json").unlink()
    restore(neptune, backup)
    assert neptune.apply().mistakes == ()
    assert neptune.all() == before


def test_another_box_has_the_room_and_stays_itself(backup: bytes, neptune: Box, saturn: Box) -> None:
    (saturn.root / "etc/ssh/ssh_host_ed25519_key").write_text("Saturn's own")
    own = state(saturn, "ended", "Saturn's own")
    restore(saturn, backup)
    outcome = saturn.apply()
    assert outcome.mistakes == ()
    assert outcome.has_wifi
    assert outcome.has_ssh
    there = of_the_room(saturn)
    assert there.pop("var/lib/offhook/ended")[0] == b"Saturn's own"
    assert there == of_the_room(neptune)
    assert saturn.has("etc/machine-id") == f"{'saturn':0<32}\n"
    assert saturn.has("etc/ssh/ssh_host_ed25519_key") == "Saturn's own"
    assert own.exists()
    assert not (saturn.root / "var/lib/offhook/old").exists()
    assert "OTHER-PIN" not in "".join(str(what) for what, _ in saturn.all().values())


def test_what_is_the_boxs_own_is_in_no_backup(neptune: Box) -> None:
    for name in ("update.asked", "ended"):
        state(neptune, name, "of this box")
    (neptune.root / "etc/ssh/ssh_host_ed25519_key").write_text("of this box")
    files = opened(make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content, PASSPHRASE).files
    assert [file.path for file in files if b"of this box" in file.content or b"neptune0" in file.content] == []


def test_a_box_without_a_card_takes_the_room_and_no_card(backup: bytes, new_box: Callable[[str], Box]) -> None:
    box = new_box("installed")
    restore(box, backup, card=False)
    assert box.has("etc/credstore/offhook.pin") == "PLANTED-PIN\n"
    assert list(box.boot.iterdir()) == []


def test_a_card_takes_the_room_of_a_box_without_one(saturn: Box, new_box: Callable[[str], Box]) -> None:
    box = new_box("installed")
    (box.root / "etc/offhook").mkdir(parents=True)
    (box.root / "etc/offhook/room.toml").write_text(OTHER.replace("OTHER-PIN", "PIN IN THE FILE"))
    restore(saturn, make(box.root, None, PASSPHRASE, cheap()).content)
    assert saturn.apply().mistakes == ()
    assert saturn.has("etc/credstore/offhook.pin") == "PIN IN THE FILE\n"
    assert "(kept)" in saturn.file.read_text()


def test_permissions_come_back_and_never_more_than_the_place_allows(backup: bytes, saturn: Box, neptune: Box) -> None:
    (neptune.root / "etc/offhook/own.pem").write_text("x")
    (neptune.root / "etc/offhook/own.pem").chmod(0o6777)
    restore(saturn, make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content)
    modes = {name: stat.S_IMODE((saturn.root / name).stat().st_mode) for name in MODES}
    assert modes == MODES


MODES = {
    "etc/offhook": 0o750,
    "etc/offhook/room.toml": 0o640,
    "etc/offhook/tls/key.pem": 0o640,
    "etc/offhook/own.pem": 0o644,
    "etc/credstore": 0o700,
    "etc/credstore/offhook.pin": 0o600,
    "var/lib/offhook": 0o700,
    "var/lib/offhook/preset-pictures": 0o700,
    "var/lib/offhook/preset-pictures/3.jpg": 0o600,
}


@pytest.mark.skipif(os.geteuid() != 0, reason="files are given away by root")
def test_files_belong_to_whom_the_place_says(backup: bytes, saturn: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    class Numbers:
        pw_uid, gr_gid = 4242, 4343

    monkeypatch.setattr(pwd, "getpwnam", lambda name: Numbers if name == "offhook" else pytest.fail(name))
    monkeypatch.setattr(grp, "getgrnam", lambda _name: Numbers)
    monkeypatch.setattr(placing, "PLACES", ())
    placing.put(saturn.root, None, opened(backup, PASSPHRASE).files[-1])
    path = saturn.root / opened(backup, PASSPHRASE).files[-1].path
    assert path.is_relative_to(saturn.root / "var/lib/offhook")
    assert (path.stat().st_uid, path.stat().st_gid) == (4242, 4343)
    assert (path.parent.stat().st_uid, path.parent.stat().st_gid) == (4242, 4343)


def test_a_link_in_a_place_leads_nowhere(backup: bytes, saturn: Box, tmp_path: Path) -> None:
    """Whoever took over the firmware may put one into its own folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "3.jpg").write_text("somebody else's")
    (saturn.root / "var/lib/offhook/preset-pictures").symlink_to(outside)
    (saturn.root / "var/lib/offhook/paired.json").symlink_to(outside / "3.jpg")
    restore(saturn, backup)
    assert (outside / "3.jpg").read_text() == "somebody else's"
    assert saturn.has("var/lib/offhook/preset-pictures/3.jpg") == "a picture"
    assert not (saturn.root / "var/lib/offhook/preset-pictures").is_symlink()
    assert saturn.has("var/lib/offhook/paired.json") == '["PLANTED-PAIRED"]'


def test_a_link_to_a_file_of_the_administrator_is_kept_as_that_file(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    (tmp_path / "variant.toml").write_text("# of this room")
    (neptune.root / "etc/offhook/evening.toml").symlink_to(tmp_path / "variant.toml")
    os.mkfifo(neptune.root / "var/lib/offhook/pipe")
    (neptune.root / "var/lib/offhook/link").symlink_to(tmp_path / "variant.toml")
    restore(saturn, make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content)
    assert saturn.has("etc/offhook/evening.toml") == "# of this room"
    assert not (saturn.root / "etc/offhook/evening.toml").is_symlink()
    assert not os.path.lexists(saturn.root / "var/lib/offhook/link")


def test_certificates_beside_the_cards_file_come_with_it(
    neptune: Box, saturn: Box, new_box: Callable[[str], Box], tmp_path: Path
) -> None:
    authority = Authority(tmp_path).certificate.read_text()
    (neptune.boot / "company").mkdir()
    (neptune.boot / "company/ca.crt").write_text(authority)
    (neptune.boot / "unused.pem").write_text(authority)
    assert neptune.apply(neptune.file.read_text() + '[network]\nca = ["company/ca.crt"]\n').mistakes == ()
    content = make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content
    restore(saturn, content)
    assert saturn.apply().mistakes == ()
    assert (saturn.boot / "company/ca.crt").read_text() == authority
    assert not (saturn.boot / "unused.pem").exists()
    assert list((saturn.root / "etc/ssl/certs").glob("offhook-*.pem"))
    installed = new_box("installed")
    restore(installed, content, card=False)
    assert list(installed.boot.iterdir()) == []


def test_files_elsewhere_are_told(neptune: Box, tmp_path: Path) -> None:
    elsewhere = tmp_path / "authority.pem"
    elsewhere.write_text("x")
    path = neptune.root / "etc/offhook/room.toml"
    path.write_text(path.read_text().replace("/etc/offhook/tls/certificate.pem", str(elsewhere)))
    assert make(neptune.root, neptune.boot, PASSPHRASE, cheap()).missing == (str(elsewhere),)


def test_a_room_that_this_version_cannot_run_is_refused_whole(neptune: Box, saturn: Box) -> None:
    path = neptune.root / "etc/offhook/room.toml"
    path.write_text(path.read_text() + "[of_the_future]\n")
    content = make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content
    before = saturn.all()
    with pytest.raises(Refused, match=r"made by offhook 0.*room.toml, line \d+, of_the_future"):
        restore(saturn, content)
    assert saturn.all() == before


def test_a_room_whose_secret_is_missing_is_refused_whole(neptune: Box, saturn: Box) -> None:
    (neptune.root / "etc/credstore/offhook.pin").unlink()
    content = make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content
    before = saturn.all()
    with pytest.raises(Refused, match=r"terminal\.pin"):
        restore(saturn, content)
    assert saturn.all() == before


def test_secrets_in_files_of_the_room_are_looked_for_where_they_will_be(neptune: Box, saturn: Box) -> None:
    path = neptune.root / "etc/offhook/room.toml"
    path.write_text(path.read_text().replace('pin = "(kept)"', "pin_file = '/etc/offhook/pin'"))
    (neptune.root / "etc/offhook/pin").write_text("1234\n")
    (neptune.boot / "room.toml").write_bytes(path.read_bytes())
    restore(saturn, make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content)
    assert saturn.has("etc/offhook/pin") == "1234\n"
    assert "pin_file = '/etc/offhook/pin'" in str(saturn.has("etc/offhook/room.toml"))


def test_a_disk_that_is_too_full(backup: bytes, saturn: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        f_bavail, f_frsize = 10, 4096

    monkeypatch.setattr(os, "statvfs", lambda _path: Full)
    before = saturn.all()
    with pytest.raises(Refused, match=r"too full: 2 MiB"):
        restore(saturn, backup)
    assert saturn.all() == before


def test_a_box_without_a_room_has_no_backup(new_box: Callable[[str], Box]) -> None:
    box = new_box("new")
    (box.root / CARD_MARK).mkdir(parents=True)
    with pytest.raises(Refused, match=r"/etc/offhook/room.toml does not exist"):
        make(box.root, box.boot, PASSPHRASE, cheap())


def test_a_short_passphrase_is_none(neptune: Box) -> None:
    with pytest.raises(Refused, match="at least 12"):
        make(neptune.root, neptune.boot, "elevenchars", cheap())
