"""The deputy in a booted Debian 13 with its real units: deputy_checks.sh asks it, each test looks at one answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.machine import installed

pytestmark = pytest.mark.slow
Facts = dict[str, str]
MODE = "root:offhook:640"
ROOM = '"Meeting room"'


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    with installed(tmp_path_factory.mktemp("deputy")) as machine:
        yield machine.boot(Path(__file__).with_name("deputy_checks.sh"), within=600)


def test_only_the_firmware_can_ask(facts: Facts) -> None:
    assert facts["socket"] == "offhook:offhook:600"
    assert facts["nobody_else"] == "1"
    assert facts["from_the_sandbox"] == "1"


def test_it_answers(facts: Facts) -> None:
    assert facts["read"] == "File 0"
    assert facts["before"] == f"{ROOM} {MODE}"


def test_a_change_is_in_force_at_once_and_on_trial(facts: Facts) -> None:
    assert facts["configured"].split() == ["Done"]
    name, mode, answer, left = facts["on_trial"].split()
    assert (name, mode, answer) == ('"Saturn"', MODE, "File")
    assert 50 <= int(left) <= 60
    assert facts["another"] == "Refused deputy.on_trial"


def test_a_unit_that_is_started_too_early_takes_nothing_back(facts: Facts) -> None:
    assert facts["too_early"] == '"Saturn"'


def test_without_confirmation_it_returns_after_its_minute(facts: Facts) -> None:
    assert facts["returned"].split(" lock")[0] == f"{ROOM} {MODE}"
    assert 50_000 < int(facts["returned_ms"]) < 75_000
    assert facts["same_process"] == "yes"
    assert facts["too_late"] == "Refused deputy.no_trial"


def test_it_is_given_back_or_kept(facts: Facts) -> None:
    assert facts["again"].split() == ["Done", "Done", *ROOM.split()]
    assert facts["kept"].split() == ["Done", "Done", '"Saturn"', "inactive"]


def test_a_start_of_the_machine_ends_a_trial(facts: Facts) -> None:
    assert facts["cut"].split() == ['"Saturn"', "lock"]


def test_it_makes_nobody_root(facts: Facts) -> None:
    assert facts["root"] == "Refused deputy.guarded"
    assert facts["mistake"].split() == ["Wrong"]
    assert facts["afterwards"] == "File 0"


def test_a_backup_is_made_and_restored(facts: Facts) -> None:
    assert facts["backup"] == "offhook backup 1"
    assert facts["restore"].split() == ["Done"]
    assert facts["restored"].split() == ['"Saturn"', MODE, "0"]


def test_it_reads_the_journal(facts: Facts) -> None:
    assert int(facts["journal"]) >= 2


def test_a_reset_is_carried_out(facts: Facts) -> None:
    assert facts["reset"].split() == ["Done"]
    assert facts["was_reset"].split() == [*ROOM.split(), "0"]


def test_nothing_failed(facts: Facts) -> None:
    assert facts["failed"] == "0"
