"""The power is cut at random moments of an update and while the loader counts: a whole slot starts, old or new.

The update does what RAUC does, in its order: slot B is marked bad, written, flushed, and made the one that starts. Each
step's writes are taken off the card's file, the loader's own by QEMU.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.image.conftest import OUT
from tests.image.loader import fake
from tests.image.loader.bench import Bench, first, note
from tests.image.loader.board import virt
from tests.image.loader.replay import Flush, Log, Moment, Write, compared, moments, ordered, read_log, replay
from tests.image.loader.tools import state

pytestmark = [pytest.mark.image, pytest.mark.slow]
CUTS = int(os.environ.get("OFFHOOK_CUTS", "50"))
SEED = int(os.environ.get("OFFHOOK_SEED", str(time.time_ns() % 1_000_000)))


def test_whenever_the_power_goes_in_an_update_a_whole_slot_starts(loader: Path, bench: Bench) -> None:
    old, new, older = bench.slot("A"), padded(bench, "B", 1_000_000), padded(bench, "O", 1_200_000)
    bench.patch(fake.SLOT_B, older)
    state.write(bench.path, {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "3"})
    before = bench.folder / "before.img"
    before.write_bytes(bench.path.read_bytes())
    log = installed(bench, new)
    began = time.monotonic()
    seen = []
    dice = random.Random(SEED)
    for moment in replay(before, log, [*moments(log, CUTS, dice), *decisive(log, dice)], bench.path):
        name = first(loader, bench)
        seen.append((moment, name))
        tell(seen)
        place, whole = {"A": (fake.SLOT_A, old), "B": (fake.SLOT_B, new)}[name]
        card = bench.path.read_bytes()
        assert card[place : place + len(whole)] == whole, f"seed {SEED}: {moment}: slot {name} is not whole"
    assert seen[-1][1] == "B"  # the last moment is after the end
    took = round(time.monotonic() - began)
    note(update_cuts=len(seen), update_cuts_to_new=sum(name == "B" for _, name in seen), update_cuts_s=took)


def padded(bench: Bench, name: str, size: int) -> bytes:
    """A slot whose initial file system has this many bytes."""
    kernel = fake.named(bench.kernel, name)
    noise = random.Random(size).randbytes(size)
    return bench.slot(name, fake.complete({"boot/vmlinuz": kernel, "boot/initrd": noise}, "offhook.test"))


def installed(bench: Bench, slot: bytes) -> Log:
    """Installs a slot B; returns what was written."""
    log: Log = []
    for step in (
        lambda: bench.set("BOOT_B_LEFT", "0"),
        lambda: bench.patch(fake.SLOT_B, slot),
        lambda: bench.set("BOOT_B_LEFT", "3"),
        lambda: bench.set("BOOT_ORDER", "B A"),
    ):
        log += [*written(bench, step), Flush()]
    return log


def written(bench: Bench, step: Callable[[], object]) -> Log:
    before = bench.path.read_bytes()
    step()
    return compared(before, bench.path.read_bytes())


def decisive(log: Log, dice: random.Random) -> list[Moment]:
    """Moments in the four writes that a random one seldom meets, those of the state, and the end."""
    small = [at for at, entry in enumerate(log) if isinstance(entry, Write) and entry.place in state.PLACES]
    torn = [dice.choice((1, 4, 5, 30, 511, 513, 4000)) for _ in small]
    return [*(Moment(at, bytes_, 0) for at, bytes_ in zip(small, torn, strict=True)), Moment(len(log), 0, 0)]


def tell(seen: list[tuple[Moment, str]]) -> None:
    """Keeps what has been tried, for whoever has to play it again with OFFHOOK_SEED."""
    OUT.mkdir(parents=True, exist_ok=True)
    lines = [f"{moment.entries} entries, {moment.torn} bytes: {name}" for moment, name in seen]
    (OUT / "loader-cuts.txt").write_text("\n".join((f"seed {SEED}", *lines)) + "\n")


def test_while_the_loader_counts_one_state_or_the_other_is_left(loader: Path, bench: Bench) -> None:
    before = bench.folder / "before.img"
    before.write_bytes(bench.path.read_bytes())
    file = bench.folder / "log"
    file.touch()
    with virt(loader, bench.path, log=file) as machine:
        assert machine.starts(5) == list("AAABB")
    log = ordered(read_log(file))  # the loader waits until the card has kept what it was given
    places = {entry.place for entry in log if isinstance(entry, Write)}
    assert {place for place in places if not within(place)} == set()
    dice = random.Random(SEED)
    for moment in replay(before, log, moments(log, 40, dice), bench.path):
        left = bench.linux()
        assert (left["BOOT_A_LEFT"], left["BOOT_B_LEFT"]) in {
            ("3", "3"),
            ("2", "3"),
            ("1", "3"),
            ("0", "3"),
            ("0", "2"),
            ("0", "1"),
            ("0", "0"),
        }, f"seed {SEED}: {moment}"
    for _ in replay(before, log, moments(log, 5, dice), bench.path):
        left = bench.linux()
        expected = "A" if left["BOOT_A_LEFT"] != "0" else "B"
        assert first(loader, bench) == expected


def within(place: int) -> bool:
    return any(first <= place < first + state.SIZE for first in state.PLACES)
