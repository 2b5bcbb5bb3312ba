"""Names that a terminal may well tell and no display has room for: the whole way, from the caller to the glass."""

import pytest

from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from tests.e2e.world import JOHN, World, a_room
from tests.virtual_time import passes

LONGEST = "Константинопольская " * 500
ODD = {
    "ten thousand characters": LONGEST,
    "emoji alone": "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f3fd",
    "emoji beside a name": "John \U0001f600 Smith",
    "control characters": "John\x00\x1b[2J\r\n\x07\tSmith\x7f",
    "turned around": "John\u202e\u2066 Smith",
    "a heap of marks": "J" + "\u0301" * 5000 + "ohn",
    "white space": " \u2003\u3000 ",
    "nothing at all": "",
}


def said(world: World) -> str:
    return " | ".join(world.appliance.parts.said.words)


@pytest.mark.generations(Generation.NEW)
@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
async def test_a_caller_is_shown_whatever_they_are_called(clock: object, name: str) -> None:
    async with a_room() as world:
        with world.simulator.changing() as terminal:
            terminal.directory.rename(JOHN, name)
        world.simulator.peer(JOHN).call()
        await world.until_phase(Phase.RINGING)
        await passes(3)  # a long one scrolls
        shown = said(world)
        assert "Incoming call" in shown
        assert world.hardware.display.awake
        assert "John" in shown or "john.smith@" in shown or "Константинопольская" in shown
        assert shown.isprintable()
        assert not any(0x1F000 <= ord(letter) < 0x20000 or ord(letter) in (0x202E, 0x2066) for letter in shown)
        assert len(shown) < 1000
        await world.press("call")
        await world.until_phase(Phase.IN_CALL)
        await passes(3)
        assert "display" not in world.state.offline
