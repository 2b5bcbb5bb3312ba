"""The day as it is, against the day as it was read and found right."""

import difflib
import os
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.simulator.option_types import Generation
from tests.e2e.campaign.play import ON_ITS_WAY
from tests.e2e.day.record import Look, flickers, recorded, seen
from tests.e2e.day.room import a_room
from tests.e2e.day.story import play
from tests.e2e.day.tell import text
from tests.e2e.day.wall import in_the_zone
from tests.virtual_time import real

DAY = Path(__file__).parent / "day.txt"
REWRITE = "OFFHOOK_REWRITE_DAY"  # set to 1 to take the day as it is now as the right one; read every change


@pytest.mark.slow  # ten seconds
@pytest.mark.generations(Generation.NEW)
def test_the_day_is_as_it_was_read() -> None:
    looks = trio.run(_day, clock=MockClock(autojump_threshold=real(ON_ITS_WAY)))
    told = "\n".join([text(seen(looks)), "## Pages that were there for an instant only", *flickers(looks), ""])
    if os.environ.get(REWRITE) == "1":
        DAY.write_text(told, encoding="utf-8")
    known = DAY.read_text(encoding="utf-8")
    assert told == known, difference(known, told)


def difference(known: str, told: str) -> str:
    """Returns what differs, with what stands around it."""
    lines = difflib.unified_diff(known.splitlines(), told.splitlines(), "as it was read", "as it is", lineterm="")
    return "\n".join(["the day is another one:", *lines, f"if that is right: {REWRITE}=1, and read every change"])


async def _day() -> list[Look]:
    with in_the_zone():
        async with a_room(Generation.NEW) as room, trio.open_nursery() as nursery:
            with recorded(room) as recorder:
                nursery.start_soon(recorder.run)
                await play(room, recorder)
                await trio.sleep(60)
            nursery.cancel_scope.cancel()
        return recorder.looks
