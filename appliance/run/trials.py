"""Which parts of a room that is built can be tried, and how: what acts, acts as a press or an action does."""

from functools import partial

from appliance.language.text import Text
from appliance.maintain.trials import Trial, Trials
from appliance.room.actions import parse
from appliance.room.actions.readable import readable
from appliance.room.in_use import is_quiet
from appliance.room.inputs import Pressed, Released, Remote
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.services.lamps import TRIAL

PULSE = 1.0  # seconds: long enough to hear it, and to see what it switches


def trials_of(parts: Parts) -> Trials:
    """Returns what can be tried as the room is configured now."""
    found = {**_lamps(parts), **_relays(parts), **_buttons(parts)}
    if (tones := parts.tones) is not None and tones.can_beep:
        found["tones"] = Trial(tones.beep, Text("maintain.beeps"))
    return Trials(found, lambda: is_quiet(parts.store.state))


def _lamps(parts: Parts) -> dict[str, Trial]:
    does, lamps = Text("maintain.blinks", seconds=f"{TRIAL:g}"), parts.lamps
    every = {named("lamp", name): name for name in parts.config.lamps}
    every |= {named("light", name): f"light {name}" for name in parts.config.lights}
    return {called: Trial(partial(lamps.blink, name), does, disturbs=False) for called, name in every.items()}


def _relays(parts: Parts) -> dict[str, Trial]:
    return {
        named("relay", name): Trial(
            partial(_pulse, parts, name),
            Text("maintain.would_pulse", seconds=f"{PULSE:g}", output=f"relay {name}"),
            asks=True,
        )
        for name, relay in parts.config.relays.items()
        if relay.shows is None
    }


def _buttons(parts: Parts) -> dict[str, Trial]:
    return {
        named("button", name): Trial(
            partial(_press, parts, name),
            Text("maintain.would_press", name=name, action=_said(button.press)),
            asks=True,
        )
        for name, button in parts.config.push_buttons().items()
    }


def _said(press: object) -> str:
    """Returns what a button does, without passwords in it."""
    words = readable(press)
    return words if isinstance(words, str) else ", ".join(map(str, words)) if isinstance(words, list) else str(words)


def _pulse(parts: Parts, name: str) -> bool:
    output = f"relay {name}"
    if output not in parts.store.state.outputs:
        return False
    parts.controller.put(Remote(parse(f"{output} pulse {PULSE:g}")))
    return True


def _press(parts: Parts, name: str) -> bool:
    parts.controller.put(Pressed(name))
    parts.controller.put(Released(name))
    return True
