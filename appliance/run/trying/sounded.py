"""The box's own loudspeaker: a sound of choice. What is confirmed is that it was played to its end."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import trio

from appliance.language.text import Text, verbatim
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.room.show.devices import device
from appliance.run.parts import Parts
from appliance.services.outputs.tones import KEYS, RING, TICK, ToneService
from drivers.errors import DeviceError

LONGEST: Final = 4.0  # seconds: a file may ring for half a minute
_CALLED: Final = {TICK: Text("maintain.sound_tick"), RING: Text("maintain.sound_ring")}


def tones(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields that of `[tones]`, where it is."""
    if parts.tones is not None:
        every = _CALLED | {key: verbatim(key) for key in KEYS}
        ways = tuple(Way(key, called, Text("maintain.try_sounds", what=called)) for key, called in every.items())
        yield "tones", Trial(called=device("tones"), run=partial(_sound, parts.tones), ways=ways, replaces=True)


async def _sound(tones: ToneService, way: str, confirm: Callable[[], None]) -> None:
    try:
        with trio.move_on_after(LONGEST):
            await tones.sound(way)
            confirm()
    except DeviceError as error:
        raise NotTried(verbatim(str(error))) from None
