"""Backup, restore, reset and restart, asked of the deputy: what happens, in which order, and what does not."""

import shutil

import msgspec
import pytest

from appliance.card.backup import sealed, staging
from appliance.card.backup.archive import pack
from appliance.card.backup.restoring import opened
from appliance.card.reset import installed
from appliance.card.reset.card import FRESH
from appliance.card.reset.wish import ASKED as WISH
from appliance.deputy.place import ROOM
from appliance.deputy.requests import Backup, Done, Journal, Keep, Made, Reboot, Refused, Reset, Restore
from appliance.language.text import Text
from tests.deputy.conftest import NEW, OLD, Box

PASSPHRASE = "correct horse battery staple"

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing: apt install openssl")


def backup(box: Box) -> bytes:
    outcome = box.outcome(Backup(PASSPHRASE))
    assert outcome.answer == Made(len(outcome.content))
    return outcome.content


def made_by_somebody(content: bytes, text: str) -> bytes:
    """The same backup with another room, which anybody can make who knows its passphrase."""
    files = [
        msgspec.structs.replace(file, content=text.encode()) if file.path == ROOM else file
        for file in opened(content, PASSPHRASE).files
    ]
    return sealed.seal(pack(files), opened(content, PASSPHRASE).facts, PASSPHRASE)


def restored(box: Box, content: bytes, passphrase: str = PASSPHRASE) -> object:
    return box.outcome(Restore(passphrase, len(content)), content).answer


@pytest.mark.slow
def test_a_restore_is_decided_and_carried_out_while_the_firmware_does_not_run(box: Box) -> None:
    content = backup(box)
    box.place.file.write_text(NEW)
    outcome = box.outcome(Restore(PASSPHRASE, len(content)), content)
    assert (outcome.answer, box.text, box.machine.did) == (Done(), NEW, [])
    assert (box.root / staging.READY).is_dir()
    assert outcome.then is not None
    outcome.then()
    assert box.machine.did == ["begin anew"]
    assert staging.carry_out(box.root, None)  # as offhook-restore.service does in between
    assert box.text == OLD


@pytest.mark.slow
@pytest.mark.parametrize("table", ["ssh", "update"])
def test_a_backup_makes_nobody_root(box: Box, table: str) -> None:
    more = {"ssh": "keys = []\n", "update": 'url = "https://example.com/evil"\n'}[table]
    answer = restored(box, made_by_somebody(backup(box), f"{OLD}[{table}]\n{more}"))
    assert isinstance(answer, Refused), answer
    assert (answer.text.key, answer.text.params) == ("deputy.backup_guarded", {"table": table})
    assert not (box.root / staging.READY).exists()


@pytest.mark.slow
def test_a_backup_that_cannot_be_opened_changes_nothing(box: Box) -> None:
    content = backup(box)
    for wrong, passphrase in ((content, "another one than that"), (content[:-1], PASSPHRASE), (b"x", PASSPHRASE)):
        assert isinstance(restored(box, wrong, passphrase), Refused)
    assert not (box.root / staging.READY).exists()


@pytest.mark.slow
def test_a_restore_waits_for_a_trial_that_would_overwrite_it(box: Box) -> None:
    content = backup(box)
    assert box.configure(NEW) == Done()
    assert restored(box, content) == Refused(Text("deputy.on_trial"))
    assert not (box.root / staging.FOLDER).exists()
    assert box.ask(Keep()) == Done()
    assert restored(box, content) == Done()


def test_nothing_goes_on_trial_once_a_restore_is_decided(box: Box) -> None:
    (box.root / staging.READY).mkdir(parents=True)
    assert box.configure(NEW) == Refused(Text("deputy.on_trial"))
    assert (box.text, box.left()) == (OLD, set())


def test_a_short_passphrase_is_refused(box: Box) -> None:
    answer = box.ask(Backup("short"))
    assert isinstance(answer, Refused)
    assert answer.text.key == "backup.short_passphrase"


def test_a_reset_of_a_card_is_wished_for_by_the_unit_that_may_write_there(card: Box) -> None:
    (card.root / FRESH).parent.mkdir(parents=True)
    (card.root / FRESH).write_text("")
    outcome = card.outcome(Reset())
    assert outcome.answer == Done()
    assert outcome.then is not None
    outcome.then()
    assert (card.place.file.parent / WISH).exists()
    assert card.machine.did == ["settle", "reboot"]
    card.machine.settle()  # once only
    assert card.machine.did == ["settle", "reboot", "settle"]


def test_a_reset_elsewhere_has_begun_before_the_firmware_begins_anew(box: Box) -> None:
    outcome = box.outcome(Reset())
    assert installed.is_running(box.root)
    assert outcome.then == box.machine.begin_anew


def test_a_restart_comes_after_its_answer(box: Box) -> None:
    outcome = box.outcome(Reboot())
    assert (outcome.answer, box.machine.did, outcome.then) == (Done(), [], box.machine.reboot)


def test_the_journal_follows_its_size(box: Box) -> None:
    outcome = box.outcome(Journal())
    assert (outcome.answer, outcome.content) == (Made(7), b"a line\n")
