"""What a terminal says is examined, whatever it is."""

import pytest
import trio
from trio.testing import MockClock

from appliance.terminal.doctor.compare import Difference
from appliance.terminal.doctor.examine import examine
from tests.terminal.scripted import ScriptedTerminal

BEYOND = "1e999"  # JSON as it should be, and more than a number here can be


@pytest.mark.parametrize("number", [BEYOND, f"-{BEYOND}", f"[{BEYOND}]"])
async def test_a_number_beyond_all_bounds_is_told_and_nothing_else_is_lost(
    clock: MockClock,
    terminal: ScriptedTerminal,
    number: str,
) -> None:
    terminal.extra = f'"more":{number}'
    found = await examine(terminal.config(), listen=0)
    told = {finding.where: finding for finding in found.findings if finding.difference is Difference.UNREADABLE}
    assert "getAppState" in told
    assert {each.outcome for each in found.asked if each.method == "getAppState"} == {"answered"}


async def test_an_event_with_such_a_number_is_told_too(
    clock: MockClock,
    terminal: ScriptedTerminal,
) -> None:
    async def says() -> None:
        await terminal.until_received("getVideoMute")
        await terminal.send(f'{{"event":"audioCapturerMute","mute":true,"more":{BEYOND}}}')

    async with trio.open_nursery() as nursery:
        nursery.start_soon(says)
        found = await examine(terminal.config(), listen=1)
    told = [finding.where for finding in found.findings if finding.difference is Difference.UNREADABLE]
    assert told == ["audioCapturerMute"]
