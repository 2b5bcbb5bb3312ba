"""The power goes, or the disk is full, at each step of a restore: the box is the old one or the new one, whole."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from appliance.card.backup import forgetting, placing, staging
from appliance.card.backup.at_boot import at_boot
from appliance.card.backup.making import make
from appliance.card.backup.restoring import opened, perform, prepare
from appliance.runtime import atomic
from tests.card.backup.conftest import OTHER, PASSPHRASE, cheap, of_the_room
from tests.card.conftest import Box
from tests.card.test_power_cut import STEPS, Disk, PowerCut

WRITE: tuple[ModuleType, ...] = (atomic, placing, staging, forgetting)
"""Everything that changes a disk does so through its own `os`."""
HARMLESS = ("close", "fstat", "lstat", "walk", "sync", "geteuid")


@pytest.fixture
def content(neptune: Box) -> bytes:
    return make(neptune.root, neptune.boot, PASSPHRASE, cheap()).content


@pytest.fixture
def backup(content: bytes, monkeypatch: pytest.MonkeyPatch) -> Callable[[Box], None]:
    """Restores onto a box, decrypted once for all."""
    once = opened(content, PASSPHRASE)

    def restored(box: Box) -> None:
        prepare(box.root, box.boot, once)
        perform(box.root, box.boot)

    return restored


def failures(
    made: Callable[[str], Box],
    act: Callable[[Box], object],
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> Iterator[Box]:
    """A box for each step that can fail, just after it did."""
    for number in range(1, 2000):
        box = made(str(number))
        disk = Disk(number, failure)
        with monkeypatch.context() as patched:
            for module in WRITE:
                patched.setattr(module, "os", disk)
            with contextlib.suppress(PowerCut, OSError):
                act(box)
        if not disk.reached:
            assert number > 100, "there are fewer steps than files"
            return
        yield box


def seen(box: Box) -> dict[str, object]:
    """The box as the next program sees it, and nothing of ours beside it."""
    others = {f"boot/{path.name}": path.read_bytes() for path in box.boot.iterdir()}
    staged = {str(path) for path in (box.root / staging.FOLDER).rglob("*")}
    return {**of_the_room(box), **others, "staged": staged}


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure", [PowerCut(), OSError(28, "No space left on device")], ids=["power cut", "full disk"]
)
def test_the_box_is_the_old_one_or_the_new_one(
    furnished: Callable[[str, str], Box],
    backup: Callable[[Box], None],
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    def saturn(name: str) -> Box:
        return furnished(name, OTHER)

    before = seen(saturn("before"))
    whole = saturn("whole")
    backup(whole)
    after = seen(whole)
    assert after != before
    outcomes = set()
    for box in failures(saturn, backup, monkeypatch, failure):
        decided = (box.root / staging.READY).exists()
        assert at_boot(box.root, box.boot).finished is decided
        outcomes.add(seen(box) == after)
        assert seen(box) in (before, after)
    assert outcomes == {True, False}


@pytest.mark.slow
def test_a_card_that_waits_for_its_restore_is_restored_once_whenever_the_power_goes(
    furnished: Callable[[str, str], Box], content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = opened(content, PASSPHRASE)
    monkeypatch.setattr("appliance.card.backup.at_boot.opened", lambda _content, _passphrase: once)

    def waiting(name: str) -> Box:
        box = furnished(name, OTHER)
        (box.boot / "neptune.offhook").write_bytes(content)
        (box.boot / "backup.passphrase").write_text(PASSPHRASE)
        return box

    def boots(box: Box) -> None:
        at_boot(box.root, box.boot)

    whole = waiting("whole")
    boots(whole)
    for box in failures(waiting, boots, monkeypatch, PowerCut()):
        boots(box)
        assert seen(box) == seen(whole)
        marker = box.root / "var/lib/offhook/presets.json"
        marker.write_text("changed by the room since")
        boots(box)
        assert marker.read_text() == "changed by the room since"


def test_every_step_of_ours_that_changes_a_disk_is_among_those_that_fail() -> None:
    for module in WRITE:
        text = Path(str(module.__file__)).read_text()
        called = {name for name in dir(os) if f"os.{name}(" in text}
        assert called - {*STEPS, "fchown", *HARMLESS} == set()
