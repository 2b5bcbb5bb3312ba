"""A backup that waits on the card: restored at the start, once, and what opens it forgotten."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card.backup.at_boot import at_boot
from appliance.card.backup.forgetting import forget
from appliance.card.backup.passphrase import passphrase_in
from appliance.card.backup.refused import Refused
from tests.card.backup.conftest import PASSPHRASE, of_the_room
from tests.card.conftest import Box
from tests.cli.processes import offhook


def boots(box: Box) -> tuple[int, str]:
    """What `offhook card restore` says and with which exit code."""
    code, said, _ = offhook("card", "restore", "--boot", box.boot, "--root", box.root)
    return code, said


def names(box: Box) -> set[str]:
    return {path.name for path in box.boot.iterdir()}


def test_it_is_restored_and_the_passphrase_forgotten(saturn: Box, neptune: Box, backup: bytes) -> None:
    (saturn.boot / "backup.offhook").write_bytes(backup)
    (saturn.boot / "backup.passphrase.txt").write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
    assert boots(saturn) == (0, "Restored from the backup on this card: Neptune\n")
    assert names(saturn) == {"room.toml", "backup.offhook"}
    assert saturn.apply().mistakes == ()
    assert of_the_room(saturn) == of_the_room(neptune)
    assert boots(saturn) == (0, "")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"backup.passphrase": b"not this one at all"}, "not the passphrase"),
        ({"backup.passphrase": b"\n"}, "backup.passphrase has no passphrase in its first line"),
        ({"backup.passphrase": b"\xff\xfe\x00"}, "has no passphrase"),
        ({"second.offhook": b"x", "backup.passphrase": PASSPHRASE.encode()}, "the card has 2 backups"),
        ({"backup.offhook": b"x", "backup.passphrase": PASSPHRASE.encode()}, "not a backup of offhook"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_changes_nothing(
    saturn: Box, backup: bytes, files: dict[str, bytes], says: str
) -> None:
    before = of_the_room(saturn)
    for name, content in {"backup.offhook": backup, **files}.items():
        (saturn.boot / name).write_bytes(content)
    code, said = boots(saturn)
    assert code == 2
    assert says in said
    assert says in (saturn.boot / "restore.errors.txt").read_bytes().decode()
    assert "backup.passphrase" not in names(saturn)
    assert of_the_room(saturn) == before


def test_it_is_said_in_the_rooms_language_and_gone_when_it_is_right(saturn: Box, backup: bytes) -> None:
    saturn.file.write_text(saturn.file.read_text().replace("[terminal]", 'language = "ru"\n[terminal]', 1))
    (saturn.boot / "backup.offhook").write_bytes(backup)
    (saturn.boot / "backup.passphrase").write_text("not this one at all")
    assert "nothing was changed" in boots(saturn)[1]
    errors = saturn.boot / "restore.errors.txt"
    assert "ничего не изменено: это не та парольная фраза" in errors.read_bytes().decode()
    (saturn.boot / "backup.passphrase").write_text(PASSPHRASE)
    assert boots(saturn)[0] == 0
    assert not errors.exists()


def test_a_card_without_a_passphrase_is_left_alone(saturn: Box, backup: bytes) -> None:
    (saturn.boot / "backup.offhook").write_bytes(backup)
    assert boots(saturn) == (0, "")


def test_a_box_without_a_card_has_nothing_that_waits(new_box: Callable[[str], Box], backup: bytes) -> None:
    box = new_box("installed")
    (box.boot / "backup.offhook").write_bytes(backup)
    (box.boot / "backup.passphrase").write_text(PASSPHRASE)
    assert boots(box) == (0, "")
    assert "backup.passphrase" in names(box)


def test_a_disk_that_fails_is_tried_again(saturn: Box, backup: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (saturn.boot / "backup.offhook").write_bytes(backup)
    (saturn.boot / "backup.passphrase").write_text(PASSPHRASE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("appliance.card.backup.staging.stage", full)
        assert "No space left" in str(at_boot(saturn.root, saturn.boot).trouble)
    assert at_boot(saturn.root, saturn.boot).room == "Neptune"


@pytest.mark.parametrize(
    "content",
    ["a long passphrase", "a long passphrase\r\nsecond line\r\n", "\ufeffa long passphrase\n"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_passphrase_as_editors_write_it(tmp_path: Path, content: str, encoding: str) -> None:
    (tmp_path / "x").write_bytes(content.removeprefix("\ufeff" if encoding == "utf-16" else "").encode(encoding))
    assert passphrase_in(tmp_path / "x") == "a long passphrase"


def test_no_passphrase(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(Refused):
        passphrase_in(tmp_path / "x")


def test_what_is_forgotten_was_overwritten_first(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("a secret" * 20_000)
    os.link(path, tmp_path / "the same clusters")
    assert forget(path)
    assert not path.exists()
    assert set((tmp_path / "the same clusters").read_bytes()) == {0}
    assert not forget(path)


def test_a_link_is_forgotten_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    assert forget(tmp_path / "link")
    assert (tmp_path / "theirs").read_text() == "x"
