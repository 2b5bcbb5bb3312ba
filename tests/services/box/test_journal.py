"""The journal for a bundle, of a deputy at a real socket."""

from pathlib import Path

import pytest

from appliance.deputy.client import Deputy
from appliance.deputy.requests import Done, Made, Refused
from appliance.language.text import Text
from appliance.services.box.journal import LARGEST, journal_of
from tests.maintain.deputies import Told, deputy

LINE = b"2026-11-28T03:00:00 box offhook[1]: link_up app_state=IDLE \xff\n"


async def of(path: Path, told: Told) -> str | Text:
    async with deputy(path / "deputy.sock", told):
        return await journal_of(Deputy(path / "deputy.sock"))


async def test_it_is_taken_as_it_is(tmp_path: Path) -> None:
    told = Told(Journal=Made(3 * len(LINE)))
    told.content = LINE * 3
    assert await of(tmp_path, told) == LINE.decode(errors="replace") * 3


async def test_of_a_long_one_there_are_the_last_lines_and_no_half_one(tmp_path: Path) -> None:
    count = 2 * LARGEST // len(LINE)
    told = Told(Journal=Made(count * len(LINE)))
    told.content = LINE * count
    taken = await of(tmp_path, told)
    assert isinstance(taken, str)
    assert set(taken.splitlines(keepends=True)) == {LINE.decode(errors="replace")}
    assert LARGEST // len(LINE) - 1 <= taken.count("\n") <= LARGEST // len(LINE)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(Journal=Made(0)), Text("maintain.journal_empty")),
        (Told(Journal=Refused(Text("deputy.failed", words="no"))), Text("deputy.failed", words="no")),
        (Told(Journal=Done()), Text("deputy.silent")),
    ],
    ids=["empty", "refused", "of another version"],
)
async def test_where_there_is_none_it_says_why(tmp_path: Path, told: Told, why: Text) -> None:
    assert await of(tmp_path, told) == why


async def test_one_that_is_cut_short_is_none(tmp_path: Path) -> None:
    told = Told(Journal=Made(len(LINE)))
    told.content, told.cut = LINE, 1
    assert await of(tmp_path, told) == Text("deputy.silent")
