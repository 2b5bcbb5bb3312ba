"""Buttons and keys: as if somebody in the room had pressed one, held it, or pressed it twice.

What is confirmed is what the press asked for, as the terminal confirms it. A press whose meaning depends on what
follows, such as a second one, may come to mean something only after that: it stays asked.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import trio

from appliance.language.text import Text, verbatim
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.room.actions.readable import readable
from appliance.room.bindings.bindings import button_source, key_name, key_source
from appliance.room.inputs import Held, Input, Key, Pressed, Released, SourceGone
from appliance.room.intents.base import Intent
from appliance.room.intents.shown import Explain
from appliance.room.show.devices import device
from appliance.room.state import Phase
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.services.programs.outcomes import Watch
from drivers.keypad.keys import SYMBOLS

TAP: Final = 0.1  # seconds that a finger is down in a press
AFTER: Final = 0.2  # seconds that it stays down after the last hold
CONFIRMED: Final = 4.0  # seconds for the terminal to confirm it: less than whoever asked waits for
PRESS: Final = "press"
HOLD: Final = "hold "


def buttons(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of push buttons, also of knobs."""
    for name, button in parts.config.push_buttons().items():
        called, times = named("button", name), button.hold_times()
        ways = [Way(PRESS, Text("maintain.try_press"), _would(name, readable(button.press)))]
        ways += _holds(name, times, readable(button.held))
        run = partial(_finger, parts, name, button_source(name), times)
        yield called, Trial(called=device(called), run=run, ways=tuple(ways), asks=True, outlasts=True)


def keypads(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields those of keypads, key by key: those with a meaning of their own, and all that dial."""
    for name, keypad in parts.config.keypads.items():
        called, bound, times = named("keypad", name), keypad.bindings(), keypad.hold_times()
        ways = list[Way]()
        for key in (*bound, *(each for each in SYMBOLS if each not in bound)):
            said = keypad.keys.get(key)
            ways.append(Way(key, verbatim(key), _would(key, readable(_meaning(said, key)))))
            ways += _holds(key, times.get(key, ()), readable(getattr(said, "held", None)), key)
        run = partial(_key, parts, name, frozenset(bound), times)
        yield called, Trial(called=device(called), run=run, ways=tuple(ways), asks=True, outlasts=True)


def _meaning(said: object, key: str) -> object:
    """Returns what pressing a key does, itself where it only dials."""
    return said if isinstance(said, str) else getattr(said, "press", None) or key


def _holds(name: str, times: Sequence[float], meaning: object, key: str = "") -> list[Way]:
    """Returns the ways to hold it, one for each time after which it counts as held. `key`: of a keypad."""
    ways = list[Way]()
    for seconds in (f"{each:g}" for each in times):
        does = Text("maintain.would_hold", name=name, seconds=seconds, action=_said(meaning))
        called = Text("maintain.try_hold_key", key=key, seconds=seconds) if key else None
        way = f"{key} {HOLD}{seconds}" if key else f"{HOLD}{seconds}"
        ways.append(Way(way, called or Text("maintain.try_hold", seconds=seconds), does))
    return ways


def _would(name: str, meaning: object) -> Text:
    return Text("maintain.would_press", name=name, action=_said(meaning))


def _said(meaning: object) -> str:
    """Returns what a press does, as the configuration says it."""
    return ", ".join(map(str, meaning)) if isinstance(meaning, list | tuple) else str(meaning)


async def _key(
    parts: Parts,
    keypad: str,
    bound: frozenset[str],
    times: dict[str, tuple[float, ...]],
    way: str,
    confirm: Callable[[], None],
) -> None:
    key, _, rest = way.partition(" ")
    if key in bound:
        name, source = key_name(keypad, key), key_source(keypad)
        await _finger(parts, name, source, times.get(key, ()), rest or PRESS, confirm)
        return
    with parts.outcomes.watched(parts.store) as watch:
        await _became(watch, parts.asking.ask(Key(key)), confirm)


async def _finger(  # the room, a button of it, and what is done
    parts: Parts, button: str, source: str, times: Sequence[float], way: str, confirm: Callable[[], None]
) -> None:
    """Puts a finger on a button and takes it away; whatever happens, it is not left down."""
    meant = list[Intent]()

    def put(given: Input) -> None:
        meant.extend(parts.asking.ask(given))

    with parts.outcomes.watched(parts.store) as watch:
        is_down = True
        try:
            put(Pressed(button))
            await _hold(parts, put, button, _until(way, times))
            is_down = False
            put(Released(button))
        finally:
            if is_down:
                parts.controller.put(SourceGone(source))
        await _became(watch, tuple(meant), confirm)


def _until(way: str, times: Sequence[float]) -> list[float]:
    """Returns after how many seconds it counts as held, once more each, in this way to try it."""
    longest = 0.0 if way == PRESS else float(way.removeprefix(HOLD))
    return [each for each in times if each <= longest]


async def _hold(parts: Parts, put: Callable[[Input], None], button: str, times: Sequence[float]) -> None:
    """Keeps a finger down. Raises `NotTried`: somebody calls, and what it would do now is something else."""
    began = trio.current_time()
    for nth, seconds in enumerate(times):
        await trio.sleep_until(began + seconds)
        if parts.store.state.phase is Phase.RINGING:
            raise NotTried(Text("maintain.try_ended"))
        put(Held(button, nth))
    await trio.sleep(AFTER if times else TAP)


async def _became(watch: Watch, meant: tuple[Intent, ...], confirm: Callable[[], None]) -> None:
    """Confirms what the room has asked for, once the terminal has. Raises `NotTried`: why not."""
    reasons = [intent.text for intent in meant if isinstance(intent, Explain)]
    if not meant:
        return
    if len(reasons) == len(meant):
        raise NotTried(reasons[0])
    became = await watch.became(meant, CONFIRMED)
    if became.outcome == "refused":
        raise NotTried(became.why)
    if became.outcome == "confirmed":
        confirm()
