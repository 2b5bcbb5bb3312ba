"""Which machine has a card, its boot partition made writable, and the firmware out of the way meanwhile."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.card import boot_partition, stopped
from appliance.card.boot_partition import of_card, writable
from tests.card.conftest import ROOM, Box


def test_a_card_is_known_by_its_file_or_by_its_root(box: Box) -> None:
    assert of_card(box.root, box.boot) is None  # Raspberry Pi OS
    box.file.write_text(ROOM)
    assert of_card(box.root, box.boot) == box.boot
    box.file.unlink()
    (box.root / "usr/lib/card").mkdir(parents=True)
    assert of_card(box.root, box.boot) == box.boot


def test_what_is_writable_is_not_mounted_again(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boot_partition, "_remount", lambda *_: pytest.fail("mounted"))
    with writable(box.boot), writable(None):
        pass


def test_what_is_read_only_is_writable_meanwhile_whatever_happens(monkeypatch: pytest.MonkeyPatch, box: Box) -> None:
    class ReadOnly:
        f_flag = os.ST_RDONLY

    done: list[str] = []
    monkeypatch.setattr(os, "statvfs", lambda _path: ReadOnly)
    monkeypatch.setattr(boot_partition, "_remount", lambda _boot, how: done.append(how))
    with pytest.raises(ValueError, match="x"), writable(box.boot):
        raise ValueError("x")
    assert done == ["rw", "ro"]


def test_what_cannot_be_mounted_writable_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Read-only") as caught:
        boot_partition._remount(tmp_path / "no mount", "rw")
    assert caught.value.errno == errno.EROFS


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What systemd is asked, where only the firmware and the card's watcher run."""
    said: list[str] = []

    def systemctl(*words: str) -> bool:
        said.append(" ".join(words))
        return "fails" not in words

    monkeypatch.setattr(stopped, "_systemctl", systemctl)
    monkeypatch.setattr(stopped, "SYSTEMD", tmp_path)
    return said


def test_the_firmware_is_stopped_and_the_card_applied_before_it_starts_again(asked: list[str]) -> None:
    with stopped.stopped(Path("/")):
        asked.append("meanwhile")
    assert asked[2:] == [
        "stop offhook-card.path offhook.service",
        "meanwhile",
        "restart offhook-card.service",
        "start offhook.service offhook-card.path",
    ]


def test_another_machines_firmware_is_left_alone(asked: list[str], box: Box) -> None:
    with stopped.stopped(box.root):
        pass
    assert asked == []


def test_nothing_is_done_while_the_firmware_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers: dict[str, Callable[[], bool]] = {"is-active": lambda: True, "stop": lambda: False}
    monkeypatch.setattr(stopped, "_systemctl", lambda verb, *_: answers[verb]())
    monkeypatch.setattr(stopped, "SYSTEMD", tmp_path)
    with pytest.raises(OSError, match="systemctl stop"), stopped.stopped(Path("/")):
        pytest.fail("went on")
