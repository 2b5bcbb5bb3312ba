"""RAUC installs a version on the running card, and its writes are logged: wherever they are cut, a whole slot is next.

The loader's own script decides which one that is; that it does the same on its board is tested with the loader.
"""

import hashlib
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hardware.terminal import SimulatedTerminal
from tests.image.conftest import OUT
from tests.image.loader.replay import Log, Moment, Write, moments, read_log, survived
from tests.image.loader.test_script import boot, started
from tests.image.machine import Card, Machine
from tests.image.recipe import run
from tests.image.rooms import room
from tests.image.updating import Renewed
from tests.image.versions import Maintainer

pytestmark = [pytest.mark.image, pytest.mark.slow]

CUTS = int(os.environ.get("OFFHOOK_CUTS", "50"))
SEED = int(os.environ.get("OFFHOOK_SEED", str(time.time_ns() % 1_000_000)))
HEAD = 16 << 20  # bytes before the first partition, where the loader's state is
STATES = (0x400000, 0x800000)


class Cut:
    """What a cut leaves of a card: the loader's state and slot B."""

    def __init__(self, card: Path, slot: tuple[int, int]) -> None:
        """`slot`: where slot B begins and how many bytes a version takes there."""
        self._begin, self._size = slot
        with card.open("rb") as disk:
            self.head = bytearray(disk.read(HEAD))
            disk.seek(self._begin)
            self.slot = bytearray(disk.read(self._size))

    def write(self, write: Write) -> None:
        """Something reaches the card."""
        lay(self.head, write.place, write.data)
        lay(self.slot, write.place - self._begin, write.data)

    def next_slot(self, folder: Path) -> str:
        """Which slot the loader takes."""
        (folder / "head").write_bytes(self.head)
        places = "".join(f"{folder / 'head'} {place:#x} 0x2000\n" for place in STATES)
        (folder / "fw_env.config").write_text(places)
        said = run("fw_printenv", "-c", str(folder / "fw_env.config"), check=False).stdout
        kept = dict(line.split("=", 1) for line in said.splitlines() if line.startswith("BOOT_"))
        return started(boot(**kept))


def lay(into: bytearray, place: int, data: bytes) -> None:
    """Puts into a piece of the card what of some bytes belongs there; `place` counts from its beginning."""
    first, last = max(place, 0), min(place + len(data), len(into))
    if first < last:
        into[first:last] = data[first - place : last - place]


@pytest.fixture(scope="module")
def installed(
    built: Path, tmp_path_factory: pytest.TempPathFactory, terminal: SimulatedTerminal, key: Path
) -> Iterator[tuple[Card, Path, Log]]:
    """A card, what it was before, and what was written to it meanwhile."""
    folder = tmp_path_factory.mktemp("installed")
    card = Card(built, folder)
    card.put("room.toml", room(terminal.ports["web"], key.with_suffix(".pub").read_text().strip()))
    before = folder / "before.img"
    run("cp", "--sparse=always", str(card.disk), str(before))
    maintainer = Maintainer(folder, "maintainer")
    slot = folder / "slot.img"
    os.link(built.with_name(f"{built.stem}-slot.img"), slot)
    bundle = maintainer.bundle(slot, "9.9.9")
    log = folder / "writes.log"
    log.touch()
    machine = Machine(card, key, log=log)
    try:
        machine.until_reached()
        Renewed(machine, maintainer.certificate).trust()
        machine.run("cat >/data/bundle.raucb", given=bundle.read_bytes(), seconds=300)
        machine.run("sync; rauc install /data/bundle.raucb && rauc status mark-active other && sync", seconds=600)
    finally:
        (OUT / "console-installed.log").write_text(machine.said())
        machine.end()
    yield card, before, read_log(log)
    before.unlink()
    log.unlink()


def test_wherever_an_installation_is_cut_a_whole_slot_is_next(
    installed: tuple[Card, Path, Log], built: Path, tmp_path: Path
) -> None:
    _, before, log = installed
    version = built.with_name(f"{built.stem}-slot.img").read_bytes()
    place = slot_b(before)
    wanted = hashlib.sha256(version).digest()
    dice = random.Random(SEED)
    ends = [Moment(len(log), 0, 0)]
    taken = []
    for moment in [*moments(log, CUTS, dice), *decisive(log, dice), *ends]:
        cut = Cut(before, (place, len(version)))
        for write in survived(log, moment):
            cut.write(write)
        slot = cut.next_slot(tmp_path)
        taken.append(slot)
        assert slot == "A" or hashlib.sha256(cut.slot).digest() == wanted, f"seed {SEED}: {moment}: slot B is not whole"
    assert taken[-1] == "B"
    assert "A" in taken
    times = {"seed": SEED, "moments": len(taken), "of which the new version is next": taken.count("B")}
    (OUT / "installed.json").write_text(json.dumps(times, indent=1) + "\n")


def decisive(log: Log, dice: random.Random) -> list[Moment]:
    """Cuts in each write of the loader's state."""
    small = [at for at, entry in enumerate(log) if isinstance(entry, Write) and entry.place in range(STATES[0], HEAD)]
    assert len(small) >= 3  # the slot is bad, has tries, is the first
    return [Moment(at, dice.choice((0, 1, 5, 30, 511)), 0) for at in small]


def slot_b(card: Path) -> int:
    """Where slot B begins, in bytes."""
    line = next(line for line in run("sfdisk", "--dump", str(card)).stdout.splitlines() if "img3 :" in line)
    return int(line.split("start=")[1].split(",")[0]) * 512
