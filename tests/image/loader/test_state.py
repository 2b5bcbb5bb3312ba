"""The loader's state on the card: Linux and the loader read what the other wrote, and one damaged copy does no harm."""

from pathlib import Path

import pytest

from tests.image.loader.bench import BOTH, Bench, first
from tests.image.loader.tools import state

pytestmark = [pytest.mark.image, pytest.mark.slow]


def test_what_linux_sets_is_what_starts_and_what_is_counted_linux_reads(loader: Path, bench: Bench) -> None:
    bench.set("BOOT_ORDER", "B A")
    assert first(loader, bench) == "B"
    assert bench.linux()["BOOT_B_LEFT"] == "2"
    bench.set("BOOT_B_LEFT", "0")
    assert first(loader, bench) == "A"
    assert {name: bench.linux()[name] for name in BOTH} == {"BOOT_ORDER": "B A", "BOOT_A_LEFT": "2", "BOOT_B_LEFT": "0"}


def test_nothing_but_the_state_is_taken_from_the_card(loader: Path, bench: Bench) -> None:
    evil = {"bootcmd": "sleep 600", "bootdelay": "5", "walk": "sleep 600", "fdt_addr": "0", "silent": "1"}
    state.write(bench.path, {**BOTH, "BOOT_ORDER": "B A", **evil})
    assert first(loader, bench) == "B"


def test_one_of_the_copies_is_torn_anywhere(loader: Path, bench: Bench) -> None:
    """The other holds: many bytes are tried with Linux's reader, some with the loader.

    The number in byte 4 has no check sum; it decides only which of two whole copies counts.
    """
    newer, older = state.PLACES
    state.write(bench.path, BOTH)
    bench.set("BOOT_ORDER", "B A")  # goes into the second copy, which is the newer one now
    newer, older = older, newer
    whole = bench.path.read_bytes()
    meant = dict(line.split("=") for line in ("BOOT_ORDER=B A", "BOOT_A_LEFT=3", "BOOT_B_LEFT=3"))
    for copy, other in ((newer, BOTH), (older, meant)):
        for at in [*range(64), *range(64, state.SIZE, 509)]:
            bench.patch(copy + at, bytes([whole[copy + at] ^ 0x55]))
            assert bench.linux() == other or (at == 4 and bench.linux() in (BOTH, meant)), at
            bench.patch(copy + at, whole[copy + at : copy + at + 1])
        for at in (0, 4, 5, 20, 300, 4000, state.SIZE - 1):
            bench.patch(copy + at, bytes([whole[copy + at] ^ 0x55]))
            allowed = {other["BOOT_ORDER"][0]} if at != 4 else {"A", "B"}
            assert first(loader, bench) in allowed
            bench.path.write_bytes(whole)


@pytest.mark.parametrize("bytes_", [1, 4, 5, 300, 512, 4000, 8191])
def test_a_copy_is_written_in_part(loader: Path, bench: Bench, bytes_: int) -> None:
    """What is new is in the first sector, which is there as a whole or not: so the old state counts or the new one."""
    before = bench.path.read_bytes()
    bench.set("BOOT_ORDER", "B A")
    place = state.PLACES[1]
    torn = bench.path.read_bytes()[place : place + bytes_]
    bench.path.write_bytes(before)
    bench.patch(place, torn)
    assert first(loader, bench) == ("B" if bytes_ >= 300 else "A")


def test_a_copy_is_erased_in_part(loader: Path, bench: Bench) -> None:
    bench.set("BOOT_ORDER", "B A")
    for sectors in (1, 5, 15):
        whole = bench.path.read_bytes()
        bench.patch(state.PLACES[1], b"\xff" * 512 * sectors)
        assert first(loader, bench) == "A"
        bench.path.write_bytes(whole)


def test_both_copies_are_gone(loader: Path, bench: Bench) -> None:
    bench.set("BOOT_ORDER", "B A")
    for place in state.PLACES:
        bench.patch(place, bytes(state.SIZE))
    assert [first(loader, bench) for _ in range(4)] == list("AAAB")
    assert bench.linux()["BOOT_B_LEFT"] == "2"
