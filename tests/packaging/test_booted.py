"""The service in a booted Debian 13: checks.sh does things to it, and each test looks at what came of one of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.machine import installed

pytestmark = pytest.mark.slow
Facts = dict[str, str]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    with installed(tmp_path_factory.mktemp("booted")) as machine:
        yield machine.boot(Path(__file__).with_name("checks.sh"))


def test_it_is_ready_without_network_and_hardware(facts: Facts) -> None:
    assert facts["ready"] == "active"
    lamps, buttons = "lamp ringing, lamp in_call, lamp muted, lamp link", "button call, button hangup, button mute"
    assert facts["status"] == f"offline: display, {lamps}, speakerphone, {buttons}, keypad"


def test_it_has_no_privileges(facts: Facts) -> None:
    capabilities = dict(part.split(":") for part in facts["capabilities"].split())
    assert set(capabilities) == {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}
    assert not any(int(value, 16) for value in capabilities.values())
    assert facts["groups"].split() == ["offhook", "audio", "dialout", "gpio", "i2c", "offhook", "spi"]
    assert int(facts["reads_secrets"]) >= 1


def test_its_folders_are_its_own(facts: Facts) -> None:
    # nothing else in it: lgpio, which makes a FIFO there, is not imported
    assert facts["runtime"].split() == ["offhook", "700", "health.sock", "terminal.sock"]
    assert facts["state"] == "offhook 700"


def test_killed_it_is_back_within_three_seconds(facts: Facts) -> None:
    assert int(facts["killed_ms"]) < 3000
    assert facts["killed_recovers"] == "inactive"


def test_a_loop_that_hangs_is_replaced(facts: Facts) -> None:
    assert 5_000 < int(facts["hung_ms"]) < 20_000
    assert facts["hung_seen"] == "1"


def test_the_pin_comes_as_a_credential_and_is_told_nobody(facts: Facts) -> None:
    assert facts["check_reads_credentials"] == "yes"
    assert int(facts["link"]) == 1
    assert facts["pin_in_journal"] == "0"


def test_a_restart_waits_for_the_end_of_a_call(facts: Facts) -> None:
    assert facts["restart_waits"] == "yes"


def test_a_restart_brings_it_back(facts: Facts) -> None:
    assert facts["restart_done"] == "yes"
    assert facts["restart_recovers"] == "inactive"


def test_an_upgrade_brings_the_new_version_up(facts: Facts) -> None:
    assert facts["upgraded"] == "yes"


def test_a_wrong_configuration_is_said_with_its_line_and_not_tried_in_vain(facts: Facts) -> None:
    assert facts["wrong"] == "exit-code 2 0"
    assert "/etc/offhook/room.toml:" in facts["wrong_said"]
    assert facts["wrong_on_console"] == "journal+console"
    assert facts["wrong_mended"] == "yes"


def test_eight_starts_in_vain_call_for_help_and_are_tried_again(facts: Facts) -> None:
    assert facts["crashes"] == "exit-code 8 failed"
    assert facts["crashes_mended"] == "yes"


def test_a_room_is_saved_forgotten_and_restored(facts: Facts) -> None:
    assert facts["backup"] == "offhook backup 1 600 0"
    assert facts["reset"] == "0 0 1"
    assert facts["restored"] == "FA6 kept "


def test_a_restore_and_a_reset_that_were_cut_short_are_ended_before_the_firmware_starts(facts: Facts) -> None:
    assert facts["restore_finished"] == "FA6 kept "
    assert facts["reset_finished"] == "0 root:offhook:750 root:offhook:640 "


def test_a_backup_that_waits_on_a_card_is_restored_by_its_unit(facts: Facts) -> None:
    assert facts["restored_from_card"] == "FA6 room.offhook room.toml "
    assert facts["restored_from_card_said"] == "Restored from the backup on this card: Meeting room"


def test_it_ends_in_two_seconds(facts: Facts) -> None:
    assert int(facts["stop_ms"]) < 2000
    assert facts["stop_result"] == "success"


def test_removing_it_ends_it(facts: Facts) -> None:
    assert facts["removed"] == "inactive 0"
