"""Power is cut at random moments, while a card starts for the first time and while it runs; it comes back by itself.

What it had handed to the card stays, what it had not is lost. A cheap card may lose more than that.
"""

import os
import random
import time
from pathlib import Path

import pytest

from tests.hardware.terminal import SimulatedTerminal
from tests.image.conftest import OUT
from tests.image.machine import BOOT_TIME, Card, Machine
from tests.image.recipe import run
from tests.image.rooms import room

pytestmark = [pytest.mark.image, pytest.mark.slow]

KILLS = int(os.environ.get("OFFHOOK_KILLS", "20"))
SEED = int(os.environ.get("OFFHOOK_SEED", str(time.time_ns() % 1_000_000)))
FRESH_EVERY = 5  # cuts, then a card that was never started
STARTING = 45.0  # seconds in which a start is cut
RUNNING = 20.0  # seconds after the session is authorised
WOUNDS = ("data partition is damaged", "no data partition", "EXT4-fs error", "cannot be", "starting again in")


def test_each_time_the_power_goes_it_comes_back(
    built: Path, tmp_path: Path, key: Path, terminal: SimulatedTerminal
) -> None:
    dice = random.Random(SEED)
    text = room(terminal.ports["web"], key.with_suffix(".pub").read_text().strip())
    card = Card(built, tmp_path)
    with (OUT / "cuts.txt").open("w") as notes:
        print(f"seed {SEED}, {KILLS} cuts", file=notes, flush=True)
        for cut in range(KILLS):
            if cut % FRESH_EVERY == 0:
                card = Card(built, tmp_path)
                card.put("room.toml", text)
            starting = cut % FRESH_EVERY < 2 or dice.random() < 0.5
            moment = dice.uniform(1, STARTING if starting else RUNNING)
            print(f"{cut}: {'starting' if starting else 'running'} for {moment:.1f} s", file=notes, flush=True)
            one_cut(card, key, terminal, starting=starting, moment=moment)
        print(f"came back after {come_back(card, key, terminal):.0f} s", file=notes, flush=True)
    assert sound(card, tmp_path)


def one_cut(card: Card, key: Path, terminal: SimulatedTerminal, *, starting: bool, moment: float) -> None:
    """Starts the card and cuts its power; then, where it was cut while starting, it has to come up."""
    machine = Machine(card, key)
    try:
        if not starting:
            terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        until = time.monotonic() + moment
        while time.monotonic() < until:
            assert machine.process.poll() is None
            time.sleep(0.05)
    finally:
        machine.cut_power()
    unharmed(machine)
    terminal.until(lambda state: not state["accounts"], 60)
    if starting:
        come_back(card, key, terminal)


def come_back(card: Card, key: Path, terminal: SimulatedTerminal) -> float:
    """Starts it, until its session is authorised; cuts the power then. How long it took."""
    began = time.monotonic()
    machine = Machine(card, key)
    try:
        terminal.until(lambda state: bool(state["accounts"]), BOOT_TIME)
        took = time.monotonic() - began
    finally:
        machine.cut_power()
    unharmed(machine)
    terminal.until(lambda state: not state["accounts"], 60)
    return took


def unharmed(machine: Machine) -> None:
    """Nothing had to be repaired, on any console that was seen."""
    said = machine.said()
    assert [wound for wound in WOUNDS if wound in said] == []


def sound(card: Card, folder: Path) -> bool:
    """Whether the data partition is without a fault once its journal is replayed, as the next start would do."""
    dump = run("sfdisk", "--dump", str(card.disk)).stdout.splitlines()[-1]
    start, size = (int(word.rstrip(",")) for word in dump.split() if word.rstrip(",").isdigit())
    data = folder / "data.ext4"
    run(
        "dd",
        f"if={card.disk}",
        f"of={data}",
        "bs=1M",
        f"skip={start // 2048}",
        f"count={size // 2048}",
        "conv=sparse",
        "status=none",
    )
    run("e2fsck", "-p", str(data), check=False)
    return run("e2fsck", "-fn", str(data), check=False).returncode == 0
