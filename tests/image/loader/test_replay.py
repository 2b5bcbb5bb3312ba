"""What is left of writes after a cut of the power."""

import random
import struct
from pathlib import Path

import pytest

from tests.image.loader.replay import (
    Flush,
    Log,
    Moment,
    Write,
    compared,
    flashed,
    moments,
    ordered,
    read_log,
    replay,
    survived,
)

LOG: Log = [
    Write(0, b"a" * 512),
    Flush(),
    Write(512, b"b" * 512),
    Write(1024, b"c" * 512),
    Flush(),
    Write(0, b"d" * 512),
]


def left(moment: Moment) -> str:
    return "".join(chr(write.data[0]) for write in survived(LOG, moment))


def test_what_was_written_before_the_last_flush_is_kept() -> None:
    assert {left(Moment(5, 0, seed)) for seed in range(20)} == {"abc"}


def test_of_what_came_after_it_any_part_is() -> None:
    assert {left(Moment(4, 0, seed)) for seed in range(50)} == {"a", "ab", "ac", "abc"}


def test_the_write_under_way_leaves_its_beginning() -> None:
    *_, last = survived(LOG, Moment(5, 100, 1))
    assert last == Write(0, b"d" * 100)
    assert left(Moment(4, 0, 1)) == left(Moment(4, 300, 1))  # a flush has no bytes


def test_moments_are_before_between_and_after_all_of_a_log() -> None:
    made = moments(LOG, 300, random.Random(1))
    assert {moment.entries for moment in made} == set(range(len(LOG) + 1))
    assert all(moment.torn == 0 for moment in made if moment.entries == len(LOG) or moment.entries in {1, 4})
    assert max(moment.torn for moment in made) > 400


def test_the_card_of_a_moment(tmp_path: Path) -> None:
    before, card = tmp_path / "before.img", tmp_path / "card.img"
    before.write_bytes(b"x" * 2048)
    flashed(before, LOG, Moment(5, 3, 0), card)
    assert card.read_bytes() == b"ddd" + b"a" * 509 + b"b" * 512 + b"c" * 512 + b"x" * 512
    assert before.read_bytes() == b"x" * 2048


def test_each_moment_has_a_card_of_its_own(tmp_path: Path) -> None:
    before, card = tmp_path / "before.img", tmp_path / "card.img"
    before.write_bytes(b"x" * 2048)
    seen = [
        card.read_bytes()[:1] for _ in replay(before, LOG, [Moment(6, 0, 0), Moment(0, 0, 0), Moment(2, 0, 0)], card)
    ]
    assert seen[1:] == [b"x", b"a"]


def test_a_system_that_waits_loses_nothing_but_the_write_under_way() -> None:
    log = ordered([Write(0, b"a"), Write(1, b"bc"), Flush()])
    assert {tuple(survived(log, Moment(2, 1, seed))) for seed in range(20)} == {(Write(0, b"a"), Write(1, b"b"))}


def test_only_what_differs_is_written() -> None:
    assert compared(b"a" * 12, b"aaaabbbbaaaa", chunk=4) == [Write(4, b"bbbb")]
    assert compared(b"a", b"a") == []


def entry(sector: int, sectors: int, flags: int) -> bytes:
    return struct.pack("<QQQQ", sector, sectors, flags, 0).ljust(512, b"\0")


def logged(*entries: bytes) -> bytes:
    count = sum(len(entry) == 512 for entry in entries)
    return struct.pack("<QQQI", 0x6A736677736872, 1, count, 512).ljust(512, b"\0") + b"".join(entries)


def test_a_log_of_qemus_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(logged(entry(3, 2, 0), b"ab" * 512, entry(0, 0, 1), entry(1, 2, 2), b"cd" * 512, entry(0, 0, 8)))
    first, flush, second, forced = read_log(path)
    assert (first, second) == (Write(1536, b"ab" * 512), Write(512, b"cd" * 512))
    assert isinstance(flush, Flush)
    assert isinstance(forced, Flush)


@pytest.mark.parametrize(
    ("text", "said"), [(bytes(512), "is not a log of writes"), (logged(entry(3, 2, 4)), "has a discard")]
)
def test_what_is_no_such_log_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=said):
        read_log(path)
