"""A restore by root while a configuration is on trial: nothing returns over what was restored."""

import fcntl
import os
from pathlib import Path

import pytest

from appliance.deputy import trial
from appliance.deputy.place import Place
from tests.card.backup.conftest import PASSPHRASE, of_the_room
from tests.card.conftest import Box
from tests.cli.keeping.test_commands import GIVEN, places
from tests.cli.processes import offhook
from tests.deputy.conftest import Machine


def deputy(box: Box) -> Place:
    machine = Machine()
    machine.place = Place(machine, box.root, box.boot)
    return machine.place


def on_trial(box: Box) -> Place:
    """Another name of the room is on trial, and written."""
    place = deputy(box)
    trial.begin(place, place.text(), place.text().replace("Saturn", "Triton"), "anna")
    trial.settle(place)
    assert "Triton" in box.file.read_text()
    return place


def backup_of(box: Box, folder: Path) -> Path:
    file = folder / "room.offhook"
    assert offhook("backup", file, *places(box), env=GIVEN)[0] == 0
    return file


def minute_over(place: Place) -> None:
    """The timer, and the next start of the machine."""
    machine = Machine()
    machine.restarted()
    trial.settle(Place(machine, place.root, place.file.parent))


def test_a_trial_ends_before_a_restore_and_nothing_returns_after_it(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    file, place = backup_of(neptune, tmp_path), on_trial(saturn)
    code, out, said = offhook("restore", file, "--yes", *places(saturn), env=GIVEN)
    assert (code, out) == (0, "")
    assert "it is taken back first" in said
    minute_over(place)
    saturn.apply()
    assert of_the_room(saturn) == of_the_room(neptune)
    assert trial.trial_of(place) is None


@pytest.mark.slow
def test_without_a_yes_the_trial_goes_on(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    file, place = backup_of(neptune, tmp_path), on_trial(saturn)
    assert offhook("restore", file, *places(saturn), env=GIVEN)[0] == 1
    assert offhook("restore", file, "--dry-run", *places(saturn), env=GIVEN)[0] == 0
    assert trial.trial_of(place) is not None


def test_while_somebody_changes_the_box_it_is_refused(neptune: Box, saturn: Box, tmp_path: Path) -> None:
    file, place = backup_of(neptune, tmp_path), deputy(saturn)
    before = saturn.file.read_text()
    lock = os.open(place.own_folder() / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        code, _, said = offhook("restore", file, "--yes", *places(saturn), env=GIVEN)
    finally:
        os.close(lock)
    assert (code, "wait a minute" in said, saturn.file.read_text()) == (2, True, before)


def test_a_backup_on_the_card_is_not_overwritten_by_what_was_on_trial(
    neptune: Box, saturn: Box, tmp_path: Path
) -> None:
    file, place = backup_of(neptune, tmp_path), on_trial(saturn)
    (saturn.boot / "room.offhook").write_bytes(file.read_bytes())
    (saturn.boot / "backup.passphrase").write_text(f"{PASSPHRASE}\n")
    assert offhook("card", "restore", "--boot", saturn.boot, "--root", saturn.root)[0] == 0
    minute_over(place)  # offhook-return.service comes after it, in the same start of the machine
    saturn.apply()
    assert of_the_room(saturn) == of_the_room(neptune)


def test_a_start_without_a_restore_leaves_the_trial_to_its_own_unit(saturn: Box) -> None:
    place = on_trial(saturn)
    assert offhook("card", "restore", "--boot", saturn.boot, "--root", saturn.root)[0] == 0
    assert trial.trial_of(place) is not None
