"""Power cuts, played from a log of what was written to a card.

A log is what reached the card in order, with the moments at which the system waited until all before was kept (a
flush). At a cut, what was written before the last flush is on the card. Of what came after, each write is there or is
not, as if the card had kept them in any order; and the write that was under way has left its first bytes, any number
of them, of its last sector too.

`flashed` makes the card of such a moment; whoever calls it starts it and looks at what comes up. `read_log` reads
what QEMU's driver blklogwrites has logged (the format of Linux's dm-log-writes), `compared` makes a log of two states
of a file.
"""

import random
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512  # bytes
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD, MARK = 1, 2, 4, 8


@dataclass(frozen=True)
class Write:
    """Some bytes at a place of the card, counted in bytes from its beginning."""

    place: int
    data: bytes


class Flush:
    """All that was written before it is kept."""


Log = list[Write | Flush]


@dataclass(frozen=True)
class Moment:
    """A cut: after so many entries of a log, `torn` bytes into the next.

    `seed` decides what is lost of what came after the last flush.
    """

    entries: int
    torn: int
    seed: int


def moments(log: Log, count: int, dice: random.Random) -> list[Moment]:
    """That many moments of a log, as the dice fall."""
    return [_moment(log, dice) for _ in range(count)]


def _moment(log: Log, dice: random.Random) -> Moment:
    entries = dice.randrange(len(log) + 1)
    under_way = log[entries] if entries < len(log) else None
    torn = dice.randrange(len(under_way.data)) if isinstance(under_way, Write) else 0
    return Moment(entries, torn, dice.getrandbits(32))


def survived(log: Log, moment: Moment) -> Iterator[Write]:
    """The writes that are on the card after a cut, in their order."""
    done = log[: moment.entries]
    flushes = [at for at, entry in enumerate(done) if isinstance(entry, Flush)]
    kept = flushes[-1] if flushes else -1
    dice = random.Random(moment.seed)
    for at, entry in enumerate(done):
        if isinstance(entry, Write) and (at < kept or dice.random() < 0.5):
            yield entry
    if moment.torn and isinstance(under_way := log[moment.entries], Write):
        yield Write(under_way.place, under_way.data[: moment.torn])


def flashed(before: Path, log: Log, moment: Moment, card: Path) -> Path:
    """The card as a cut at that moment leaves it, at the path `card`; `before` is the card before the log."""
    card.write_bytes(before.read_bytes())
    with card.open("r+b") as disk:
        for write in survived(log, moment):
            disk.seek(write.place)
            disk.write(write.data)
    return card


def replay(before: Path, log: Log, at: Iterable[Moment], card: Path) -> Iterator[Moment]:
    """Makes the card of each moment in its turn, before that moment is handed out."""
    for moment in at:
        flashed(before, log, moment, card)
        yield moment


def compared(before: bytes, after: bytes, chunk: int = 16 * SECTOR) -> Log:
    """What has to be written to make one state of a card of another, in rising order, at most `chunk` bytes a write."""
    places = range(0, len(after), chunk)
    return [Write(at, after[at : at + chunk]) for at in places if before[at : at + chunk] != after[at : at + chunk]]


def ordered(log: Log) -> Log:
    """The log of a system that waits after each write until it is kept."""
    return [entry for write in log if isinstance(write, Write) for entry in (write, Flush())]


def read_log(path: Path) -> Log:
    """What QEMU's blklogwrites has logged. Raises ValueError where it is not such a log, or has a discard."""
    text = path.read_bytes()
    magic, version, count, sector = struct.unpack_from("<QQQI", text)
    if (magic, version) != (MAGIC, 1):
        raise ValueError(
            f"{path} is not a log of writes: expected the magic {MAGIC:#x} and version 1, not {magic:#x} and {version}"
        )
    log: Log = []
    at = sector
    for _ in range(count):
        first, sectors, flags, _ = struct.unpack_from("<QQQQ", text, at)
        at += sector
        if flags & DISCARD:
            raise ValueError(f"{path} has a discard: expected writes and flushes only")
        if flags & FLUSH:
            log.append(Flush())
        if sectors:
            log.append(Write(first * sector, text[at : at + sectors * sector]))
            at += sectors * sector
        if flags & FUA:
            log.append(Flush())
    return log
