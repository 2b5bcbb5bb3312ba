"""Lamps, lights, bars and the lamps of speakerphones: each shows what somebody chooses, and then the room again."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final

import trio

from appliance.language.text import Text, verbatim
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.room.show.devices import device
from appliance.run.named import named
from appliance.run.parts import Parts
from drivers.errors import DeviceError
from drivers.outputs.patterns import COLOURS, ON, Pattern
from drivers.speakerphone.telephony import Lamps

SHOWN: Final = 5.0  # seconds
USUAL: Final = "blink_fast"  # what finds a lamp
_PHONE: Final = {
    "off_hook": (Text("maintain.lamp_off_hook"), Lamps(off_hook=True)),
    "mute": (Text("maintain.lamp_mute"), Lamps(mute=True)),
    "ring": (Text("maintain.lamp_ring"), Lamps(ring=True)),
    "hold": (Text("maintain.lamp_hold"), Lamps(hold=True)),
}


def lamps(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of lamps and lights. What is confirmed is that the pins were written."""
    looks, service = _looks(parts), parts.lamps
    every = {named("lamp", name): name for name in parts.config.lamps}
    every |= {named("light", name): f"light {name}" for name in parts.config.lights}
    for called, name in every.items():
        coloured = called != named("lamp", name)

        async def run(way: str, confirm: Callable[[], None], name: str = name) -> None:
            await shown(lambda: service.tried(name, *looks[way]), lambda: service.written(name), confirm)

        yield called, _trial(called, looks if coloured else _plain(looks), run)


def bars(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of bars. What is confirmed is that the bar was sent it: no such bar answers."""
    looks = _looks(parts)
    for name in parts.config.bars:

        async def run(way: str, confirm: Callable[[], None], name: str = name) -> None:
            if (bar := parts.bars.get(name)) is None:
                raise NotTried(Text("maintain.not_there"))
            await shown(lambda: bar.tried(*looks[way]), bar.written, confirm)

        yield named("bar", name), _trial(named("bar", name), looks, run)


def speakerphones(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of speakerphones. What is confirmed is that the device has taken its report."""
    ways = tuple(Way(key, called, _shows(called)) for key, (called, _) in _PHONE.items())
    for name in parts.config.speakerphones:

        async def run(way: str, confirm: Callable[[], None], name: str = name) -> None:
            if (phone := parts.speakerphones.get(name)) is None:
                raise NotTried(Text("maintain.not_there"))
            await shown(lambda: phone.tried(_PHONE[way][1]), phone.written, confirm)

        called = named("speakerphone", name)
        yield called, Trial(called=device(called), run=run, ways=ways, replaces=True)


async def shown(
    tried: Callable[[], AbstractContextManager[None]],
    written: Callable[[], Awaitable[None]],
    confirm: Callable[[], None],
) -> None:
    """Lets something be shown for `SHOWN` seconds, and confirms it once it is written. Raises `NotTried`."""
    try:
        with trio.move_on_after(SHOWN), tried():
            await written()
            confirm()
            await trio.sleep_forever()
    except DeviceError as error:
        raise NotTried(verbatim(str(error))) from None


def _looks(parts: Parts) -> dict[str, tuple[Pattern, str]]:
    """Returns patterns and steady colours by name, the usual one first."""
    patterns = parts.config.all_patterns()
    first = {USUAL: patterns[USUAL]}
    looks = {name: (pattern, "white") for name, pattern in (first | patterns).items()}
    return {**looks, **{name: (ON, name) for name in COLOURS if name not in looks}}


def _plain(looks: Mapping[str, tuple[Pattern, str]]) -> dict[str, tuple[Pattern, str]]:
    """Returns those that something without colours can show."""
    return {name: look for name, look in looks.items() if name not in COLOURS or look != (ON, name)}


def _trial(
    called: str, looks: Mapping[str, object], run: Callable[[str, Callable[[], None]], Awaitable[None]]
) -> Trial:
    ways = tuple(Way(name, verbatim(name), _shows(verbatim(name))) for name in looks)
    return Trial(called=device(called), run=run, ways=ways, disturbs=False, replaces=True)


def _shows(what: Text) -> Text:
    return Text("maintain.try_shows", what=what, seconds=f"{SHOWN:g}")
