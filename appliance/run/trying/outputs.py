"""Relays: each is switched for a moment, and then as it was."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import trio

from appliance.language.text import Text
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.room.actions import parse
from appliance.room.inputs import Remote
from appliance.room.show.devices import device
from appliance.run.named import named
from appliance.run.parts import Parts

PULSE: Final = 1.0  # seconds: long enough to hear it, and to see what it switches


def relays(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of relays that no indicator switches. What is confirmed is that the pin has been written."""
    for name, relay in parts.config.relays.items():
        if relay.shows is None:
            output, called = f"relay {name}", named("relay", name)
            key = "maintain.would_cut" if parts.store.state.outputs.get(output) else "maintain.would_pulse"
            way = Way("", Text("maintain.try"), Text(key, seconds=f"{PULSE:g}", output=output))
            run = partial(_pulse, parts, output)
            yield called, Trial(called=device(called), run=run, ways=(way,), asks=True)


async def _pulse(parts: Parts, output: str, _way: str, confirm: Callable[[], None]) -> None:
    """Switches it for `PULSE` seconds; what somebody else has done with it meanwhile stays."""

    def switch(*, on: bool) -> bool:
        parts.controller.put(Remote(parse(f"{output} {'on' if on else 'off'}")))
        return parts.store.state.outputs.get(output) is on

    was = parts.store.state.outputs.get(output) is True
    if not switch(on=not was):
        raise NotTried(Text("maintain.not_there"))
    confirm()
    try:
        await trio.sleep(PULSE)
    finally:
        if parts.store.state.outputs.get(output) is not was:
            switch(on=was)
