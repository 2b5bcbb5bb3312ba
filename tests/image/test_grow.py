"""Growing the data partition, on a card that is a file: once, to the end, and never anything else."""

from pathlib import Path

import pytest

from tests.image.recipe import CARD, lacks, run

GROW = CARD / "usr/lib/card/grow"
MIB = 1 << 20
TABLE = """label: dos
label-id: 0x6f666801
start=8192, size=393216, type=c, bootable
start=401408, size=786432, type=83
start=1187840, size=786432, type=83
start=1974272, size=131072, type=83
"""

pytestmark = pytest.mark.skipif(bool(lacks("sfdisk")), reason="needs sfdisk (Debian package fdisk)")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A card as it is flashed: 1,028 MiB."""
    path = tmp_path / "card"
    with path.open("wb") as file:
        file.truncate(1028 * MIB)
    script = tmp_path / "table"
    script.write_text(TABLE)
    run("sh", "-c", f'sfdisk --quiet "{path}" <"{script}"')
    return path


def grow(card: Path) -> None:
    run("sh", "-c", f'. "{GROW}"; grow_partition "{card}" 4')


def partitions(card: Path) -> list[tuple[int, int]]:
    """Start and size in sectors."""
    lines = [line for line in run("sfdisk", "--dump", str(card)).stdout.splitlines() if "start=" in line]
    numbers = [[int(word.rstrip(",")) for word in line.split() if word.rstrip(",").isdigit()] for line in lines]
    return [(start, size) for start, size in numbers]


def test_the_data_partition_takes_the_rest_of_a_bigger_card(card: Path) -> None:
    before = partitions(card)
    with card.open("r+b") as file:
        file.truncate(4096 * MIB)
    grow(card)
    after = partitions(card)
    assert after[:3] == before[:3]
    assert after[3] == (1974272, 4096 * 2048 - 1974272)


def test_only_the_table_is_written(card: Path) -> None:
    with card.open("r+b") as file:
        file.truncate(4096 * MIB)
        for start, _ in partitions(card):
            file.seek(start * 512)
            file.write(b"\xeb" * 4096)
    before = sectors(card)
    grow(card)
    after = sectors(card)
    assert before[:440] == after[:440]  # the loader's place
    assert before[512:] == after[512:]


def test_grown_again_nothing_is_written(card: Path) -> None:
    with card.open("r+b") as file:
        file.truncate(2048 * MIB)
    grow(card)
    stamp = card.stat().st_mtime_ns
    grow(card)
    assert card.stat().st_mtime_ns == stamp


def test_a_card_just_as_big_as_the_image_stays_as_it_is(card: Path) -> None:
    before = partitions(card)
    grow(card)
    assert partitions(card) == before


def sectors(card: Path) -> bytes:
    """What is written where: the first 2 MiB and the first page of each partition."""
    with card.open("rb") as file:
        found = file.read(2 * MIB)
        for start, _ in partitions(card):
            file.seek(start * 512)
            found += file.read(4096)
    return found
