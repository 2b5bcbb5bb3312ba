"""`offhook backup` and `restore` as people use them: real processes, files, and the real cost of a passphrase."""

import os
import pty
import select
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.card.backup.conftest import PASSPHRASE, of_the_room
from tests.card.conftest import Box
from tests.cli.processes import PATIENCE, ROOT, offhook

GIVEN = {"OFFHOOK_BACKUP_PASSPHRASE": PASSPHRASE}


def places(box: Box) -> tuple[str | Path, ...]:
    return ("--root", box.root, "--boot", box.boot)


def test_a_room_goes_from_one_box_to_another(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    file = tmp_path / "neptune.offhook"
    code, out, said = offhook("backup", file, *places(neptune), env=GIVEN)
    assert (code, out) == (0, "")
    assert "room     Neptune" in said
    assert PASSPHRASE not in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes().startswith(b'offhook backup 1\n{"facts":{"room":"Neptune"')
    code, out, said = offhook("restore", file, "--yes", *places(saturn), env=GIVEN)
    assert (code, out) == (0, "")
    assert said.endswith("Restored.\n")
    saturn.apply()
    assert of_the_room(saturn) == of_the_room(neptune)


def test_a_dry_run_changes_nothing(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    file = tmp_path / "neptune.offhook"
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    given = ("--passphrase-file", tmp_path / "passphrase")
    assert offhook("backup", file, *given, *places(neptune))[0] == 0
    before = saturn.all()
    code, _, said = offhook("restore", file, "--dry-run", *given, *places(saturn))
    assert code == 0
    assert "It can be restored on this box. Nothing was changed." in said
    assert saturn.all() == before


def test_without_a_yes_nothing_is_replaced(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    assert offhook("backup", tmp_path / "x.offhook", *places(neptune), env=GIVEN)[0] == 0
    before = saturn.all()
    code, _, said = offhook("restore", tmp_path / "x.offhook", *places(saturn), env=GIVEN)
    assert (code, "Replace this box's room" in said) == (1, True)
    assert saturn.all() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"x", "this is not a backup of offhook"), (b"offhook backup 9\n", "made by a newer offhook"), (None, "No such")],
)
def test_what_cannot_be_restored_is_said(saturn: Box, tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "x.offhook").write_bytes(content)
    code, _, said = offhook("restore", tmp_path / "x.offhook", *places(saturn), env=GIVEN)
    assert code == (1 if content is None else 2)
    assert says in said


def test_a_backup_is_not_overwritten_unasked(neptune: Box, tmp_path: Path) -> None:
    file = tmp_path / "x.offhook"
    file.write_text("older")
    code, _, said = offhook("backup", file, *places(neptune), env=GIVEN)
    assert code == 2
    assert "--overwrite" in said
    assert file.read_text() == "older"
    assert offhook("backup", file, "--overwrite", *places(neptune), env=GIVEN)[0] == 0
    assert file.read_bytes().startswith(b"offhook backup")


def test_a_short_passphrase(neptune: Box, tmp_path: Path) -> None:
    short = {"OFFHOOK_BACKUP_PASSPHRASE": "short"}
    code, _, said = offhook("backup", tmp_path / "x.offhook", *places(neptune), env=short)
    assert code == 2
    assert "at least 12 characters" in said
    assert not (tmp_path / "x.offhook").exists()


def test_a_file_elsewhere_is_warned_of(neptune: Box, tmp_path: Path) -> None:
    (tmp_path / "mine.pem").write_text("x")
    path = neptune.root / "etc/offhook/room.toml"
    path.write_text(path.read_text().replace("/etc/offhook/tls/key.pem", str(tmp_path / "mine.pem")))
    said = offhook("backup", tmp_path / "x.offhook", *places(neptune), env=GIVEN)[2]
    assert f"warning: room.toml names {tmp_path / 'mine.pem'}, which is not in the backup" in said


@pytest.mark.slow
def test_through_pipes(neptune: Box, saturn: Box) -> None:
    """As over SSH: ssh root@old offhook backup - | ssh root@new offhook restore --yes -."""
    command = [sys.executable, "-m", "appliance"]
    made = subprocess.run(
        [*command, "backup", "-", *map(str, places(neptune))],
        env={**os.environ, **GIVEN},
        capture_output=True,
        cwd=ROOT,
    )
    assert made.returncode == 0, made.stderr
    done = subprocess.run(
        [*command, "restore", "--yes", "-", *map(str, places(saturn))],
        env={**os.environ, **GIVEN},
        input=made.stdout,
        capture_output=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert saturn.has("etc/credstore/offhook.pin") == "PLANTED-PIN\n"


@pytest.mark.slow
def test_a_passphrase_is_typed_twice_and_not_shown(neptune: Box, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "appliance", "backup", str(tmp_path / "x.offhook"), *map(str, places(neptune))],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(slave)
    shown = b""
    for asked in (b"Passphrase: ", b"Repeat for confirmation: "):
        shown += until(master, asked)
        os.write(master, f"{PASSPHRASE}\n".encode())
    shown += until(master, b"written")
    assert process.wait(PATIENCE) == 0
    os.close(master)
    assert PASSPHRASE.encode() not in shown
    assert (tmp_path / "x.offhook").exists()


def until(terminal: int, words: bytes) -> bytes:
    shown, deadline = b"", time.monotonic() + PATIENCE
    while words not in shown:
        assert select.select([terminal], [], [], max(0.0, deadline - time.monotonic()))[0], f"only {shown!r}"
        shown += os.read(terminal, 1000)
    return shown


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_whoever_is_not_root_is_told(tmp_path: Path) -> None:
    code = "import os; from pathlib import Path; from appliance.cli.keeping.machine import as_root; "
    code += "os.setuid(65534); as_root(Path('/'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert "expected: sudo" in done.stderr
