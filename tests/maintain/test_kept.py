"""The audit's files: appended, bounded, and read whatever a power cut has left."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.maintain.audit import Entry
from appliance.maintain.kept import FILE, LARGEST, OLD, Kept, entries


def deed(number: int) -> Entry:
    return Entry(float(number), "anna", "blink", "session", about=f"lamp {number}")


def test_what_is_appended_is_read_by_the_next_process(tmp_path: Path) -> None:
    Kept(tmp_path).append([deed(1), deed(2)])
    Kept(tmp_path).append([deed(3)])
    assert Kept(tmp_path).read() == [deed(1), deed(2), deed(3)]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_two_files_of_bounded_size_take_turns(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for number in range(0, 12_000, 100):
        kept.append([deed(each) for each in range(number, number + 100)])
    sizes = [(tmp_path / name).stat().st_size for name in (OLD, FILE)]
    assert max(sizes) <= LARGEST
    assert sizes[0] > LARGEST * 0.9
    read = kept.read()
    assert read == [deed(number) for number in range(12_000 - len(read), 12_000)]


@pytest.mark.parametrize("cut", range(1, 72))
def test_a_line_that_a_power_cut_tore_costs_itself(tmp_path: Path, cut: int) -> None:
    kept = Kept(tmp_path)
    kept.append([deed(1), deed(2)])
    with (tmp_path / FILE).open("r+b") as file:
        file.truncate((tmp_path / FILE).stat().st_size - cut)
    kept.append([deed(3)])
    assert kept.read()[0] == deed(1)
    assert kept.read()[-1] == deed(3)


@given(st.binary(max_size=300))
def test_whatever_stands_there_is_read(content: bytes) -> None:
    list(entries(content))


@given(st.binary(max_size=60).filter(lambda each: b"{" not in each))
def test_rubbish_between_lines_costs_nothing_else(rubbish: bytes) -> None:

    line = msgspec.json.encode(deed(1))
    assert list(entries(line + b"\n" + rubbish + b"\n" + line)) == [deed(1), deed(1)]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("precious")
    (tmp_path / FILE).symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match="symbolic link"):
        Kept(tmp_path).append([deed(1)])
    assert (tmp_path / "other").read_text() == "precious"
    assert Kept(tmp_path).read() == []


@contextmanager
def full_at(size: int) -> Iterator[None]:
    """Files of this process can grow to so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_nothing_is_written_by_half(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.append([deed(1)])
    size = (tmp_path / FILE).stat().st_size
    with full_at(size + 20), pytest.raises(OSError, match=os.strerror(27)):
        kept.append([deed(2)])
    assert (tmp_path / FILE).stat().st_size == size
    kept.append([deed(2)])
    assert kept.read() == [deed(1), deed(2)]
