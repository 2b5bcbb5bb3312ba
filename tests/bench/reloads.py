"""A reload of `room.toml` in a room that has every table: the longest step that the loop is held up by it."""

import trio

from tests.bench.figures import Samples
from tests.bench.steps import StepTimer
from tests.run.live.rooms import ALWAYS, OF_PANEL, OF_ROOM, PARTS
from tests.run.live.test_reload import living

SETTLE = 0.1  # seconds in which what has begun anew gets to work


async def reloads(count: int, samples: Samples) -> str:
    """Adds samples of `longest_step_reload_lamp` and `_pages`, what begins anew; returns whose the last longest was."""
    task = ""
    name = "Room"
    async with living(_room(name, 8)) as live:
        for number in range(count + 1):
            for kind, text in (
                ("lamp", _room(name, (6, 8)[number % 2])),
                ("pages", _room(f"Room {number}", (6, 8)[number % 2])),
            ):
                live.text, timer = text, StepTimer()
                trio.lowlevel.add_instrument(timer)
                await live.reload()
                await trio.sleep(SETTLE)
                trio.lowlevel.remove_instrument(timer)
                if number:  # else all code runs for the first time
                    samples.setdefault(f"longest_step_reload_{kind}", []).append(timer.longest)
                task = timer.task
            name = f"Room {number}"
    return task


def _room(name: str, lamp: int) -> str:
    """A room with each table in its first way."""
    head = ALWAYS.format(name=name, language="en", room=OF_ROOM[1], panel=OF_PANEL[-1])
    return head + "".join(part[1] for part in PARTS).replace(
        "[lamps.in_call]\npin = 6", f"[lamps.in_call]\npin = {lamp}"
    )
