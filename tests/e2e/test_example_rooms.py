"""The example rooms of the documentation run: all that they have is there, and their first button works."""

import re
from pathlib import Path

import pytest

from tests.e2e.world import a_room
from tests.virtual_time import passes

ROOMS = Path(__file__).parent.parent.parent / "docs" / "examples" / "rooms"
FIRST = {
    "huddle": ("big", ["call"]),
    "boardroom": ("mute", ["setMicMute"]),
    "lecture-hall": ("cough", ["setMicMute", "setMicMute"]),
    "door": ("bell", ["call"]),
    "accessible": ("speak", ["setMicMute", "setMicMute"]),
}


def on_virtual_hardware(name: str) -> str:
    """The room of a file, with the terminal and the hardware that a test has."""
    text = (ROOMS / f"{name}.toml").read_text().replace("{", "{{").replace("}", "}}")
    text = text.replace('host = "192.168.1.20"', 'host = "127.0.0.1"\nweb_port = {web}')
    text = re.sub(r"^(pin_file|role) = .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r'^line = "tcp:.*"', 'line = "virtual"', text, flags=re.MULTILINE)
    text = re.sub(r'^listen = ".*"', 'listen = "127.0.0.1:0"', text, flags=re.MULTILINE)
    page = "" if "[panel]" in text else '[panel]\nlisten = "127.0.0.1:0"\n'
    return f'hardware = "virtual"\n{text}\n{page}'


@pytest.mark.parametrize("name", FIRST)
async def test_an_example_room_runs(clock: object, name: str) -> None:
    async with a_room(template=on_virtual_hardware(name)) as world:
        await passes(1)
        assert world.state.offline - {"tones"} == frozenset()  # a sound card nobody has here
        world.forget_sent()
        button, methods = FIRST[name]
        await world.press(button)
        await passes(1)  # a button may bounce for long, and what it sends takes the wire a moment
        assert world.asked() == methods
