"""The built card is reset, and made the same room again by a backup with its passphrase on it."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hardware.terminal import SimulatedTerminal
from tests.image.conftest import OUT
from tests.image.machine import BOOT_TIME, Card, Machine
from tests.image.recipe import RECIPE
from tests.image.reset import DONE, OF_THE_BOX, RESTARTS, assert_fresh, assert_new
from tests.image.rooms import PIN, room

pytestmark = pytest.mark.image

PASSPHRASE = "correct horse battery staple"
SAVE = f"umask 077; echo '{PASSPHRASE}' >/run/p; offhook backup /run/room.offhook --passphrase-file /run/p 2>/dev/null"
TIMES: dict[str, float] = {}


@pytest.fixture(scope="module", autouse=True)
def times() -> Iterator[None]:
    """What took how long, in build/image/reset-times.json."""
    yield
    (OUT / "reset-times.json").write_text(json.dumps(TIMES, indent=1) + "\n")


@pytest.fixture(scope="module")
def card(built: Path, key: Path, terminal: SimulatedTerminal, tmp_path_factory: pytest.TempPathFactory) -> Card:
    card = Card(built, tmp_path_factory.mktemp("reset"))
    card.put("room.toml", room(terminal.ports["web"], key.with_suffix(".pub").read_text().strip()))
    return card


class Former:
    """What the machine was before it was reset, and the backup that was made of it."""

    def __init__(self, machine: Machine) -> None:
        machine.run("echo stored >/var/lib/offhook/kept && chown offhook:offhook /var/lib/offhook/kept")
        began = time.monotonic()
        machine.run(SAVE)
        TIMES["backup, emulated"] = time.monotonic() - began
        self.backup = base64.b64decode(machine.run("base64 /run/room.offhook"))
        self.was = machine.run(OF_THE_BOX)


@pytest.fixture(scope="module")
def former(card: Card, key: Path) -> Former:
    """The card, saved and reset."""
    machine = Machine(card, key)
    try:
        machine.until_reached()
        former = Former(machine)
        began = time.monotonic()
        machine.run("systemd-run --quiet --on-active=1 offhook reset --yes")  # this connection is not to end with it
        machine.until_said(RESTARTS)
        machine.until_said(DONE)
        TIMES["reset, asked for -> done, emulated"] = time.monotonic() - began
    finally:
        (OUT / "console-reset.log").write_text(machine.said())
        machine.cut_power()
    return former


def test_a_card_that_was_reset_is_a_fresh_one(former: Former, card: Card) -> None:
    assert PIN.encode() not in former.backup
    assert_fresh(card, RECIPE / "room.toml")


def test_a_backup_on_it_makes_it_the_room_again_and_another_box(
    former: Former, card: Card, key: Path, terminal: SimulatedTerminal
) -> None:
    card.put_bytes("neptune.offhook", former.backup)
    card.put("backup.passphrase", PASSPHRASE)
    began = time.monotonic()
    machine = Machine(card, key)
    try:
        machine.until_said("Restored from the backup on this card: Neptune")
        TIMES["a card with a backup: switched on -> restored, emulated"] = time.monotonic() - began
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        TIMES["a card with a backup: switched on -> session authorised, emulated"] = time.monotonic() - began
        machine.until_reached()
        assert_new(machine, former.was)
        assert machine.run("cat /etc/credstore/offhook.pin; cat /var/lib/offhook/kept").split() == [PIN, "stored"]
        assert machine.run("stat -c %U:%a /var/lib/offhook /var/lib/offhook/kept").split() == [
            *("offhook:700", "offhook:600"),
        ]
        assert machine.run("ls /var/lib/offhook-restore") == ""
        assert "passphrase" not in machine.run("ls /boot/firmware")
        assert machine.run("mount | grep ' /boot/firmware '").partition("(")[2].startswith("ro,")
    finally:
        (OUT / "console-restored.log").write_text(machine.said())
        machine.cut_power()
