"""What each input does in each state of the room, found by asking the room itself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from appliance.cli.check.played import Played
from appliance.cli.check.states import LIKE, STATES
from appliance.cli.options import table
from appliance.language.text import Text
from appliance.room import actions
from appliance.room.bindings.bindings import CODE, Binding, Bindings
from appliance.room.inputs import Held, Input, Pressed, Released, Scanned, Turned
from appliance.room.intents.base import Intent
from appliance.room.intents.box import SwitchOutput
from appliance.room.intents.camera import Move
from appliance.room.intents.inputs import AskToConfirm
from appliance.room.intents.shown import Explain
from appliance.room.parts.requests import Request
from appliance.room.secret import Secret

_SPEAK_FOR_THEMSELVES = {"peer_id", "symbol", "number", "level", "camera"}
_CODE = "12345"  # stands for one that `codes` does not name

Play = Callable[[Played], None]
Inputs = Sequence[Input]


def lines(bindings: Bindings, hold_times: Mapping[str, tuple[float, ...]]) -> Iterator[str]:
    """Yields a table: inputs down, states across; `hold_times` by the names of buttons."""
    return table(rows(bindings, hold_times))


def rows(bindings: Bindings, hold_times: Mapping[str, tuple[float, ...]]) -> list[tuple[str, ...]]:
    """Returns the table's cells, its heading first; without states in which nothing is different from another."""
    found = [
        (label, {name: _cell(play, name, bindings) for name in STATES}) for label, play in _inputs(bindings, hold_times)
    ]
    shown = [name for name in STATES if any(cells[name] != cells[LIKE.get(name, name)] for _, cells in found)]
    shown = [name for name in STATES if name not in LIKE or name in shown]
    return [("input", *shown), *((label, *(cells[name] for name in shown)) for label, cells in found)]


def _inputs(bindings: Bindings, hold_times: Mapping[str, tuple[float, ...]]) -> Iterator[tuple[str, Play]]:
    for name, binding in bindings.buttons.items():
        label = name if name.startswith(("keypads.", "chords.", "panel.")) else f"buttons.{name}"
        for gesture, play in _gestures(name, binding, bindings, hold_times.get(name, ())):
            yield ", ".join(filter(None, (label, gesture))), play
    for name in bindings.encoders:
        yield f"encoders.{name}, clockwise", _one(Turned(name, clockwise=True))
        yield f"encoders.{name}, counterclockwise", _one(Turned(name, clockwise=False))
    for name, codes in bindings.readers.items():
        yield from ((f"readers.{name}, code {code}", _one(Scanned(name, code))) for code in codes.actions)
        yield f"readers.{name}, another code", _one(Scanned(name, _CODE))


def _gestures(
    name: str, binding: Binding, bindings: Bindings, hold_times: tuple[float, ...]
) -> Iterator[tuple[str, Play]]:
    chord = bindings.chords.get(name)
    down = [Pressed(part) for part in (sorted(chord.buttons) if chord else [name])]
    up = [Released(given.button) for given in down]
    moves = any(first.while_down for first in actions.leading(binding.press))
    yield "", _all(down, [] if moves or binding.release is not None else up)
    confirmed = _confirmed(binding.press)
    if confirmed is not None:
        yield "confirmed", _confirming(down, [Held(name)] if confirmed.how == "hold" else [*up, *down])
    for nth, seconds in enumerate(hold_times[: len(binding.holds)]):
        label = "held" if len(binding.holds) == 1 else f"held {seconds:g} s"
        yield label, _after(down, [*(Held(name, each) for each in range(nth + 1)), *up])
    if binding.double is not None:
        yield "twice", _after([*down, *up], down)
    if binding.release is not None:
        yield "released", _after(down, up)


def _outputs(bindings: Bindings) -> set[str]:
    """Returns what the inputs of the room switch."""
    bound = [each for binding in bindings.buttons.values() for each in binding.actions]
    bound += [each for codes in bindings.readers.values() for each in codes.actions.values()]
    bound += [each for knob in bindings.encoders.values() for each in (knob.clockwise, knob.counterclockwise)]
    steps = (step for action in bound for step in actions.every(action))
    return {step.output for step in steps if isinstance(step, actions.Switch)}


def _confirmed(action: actions.Action) -> actions.Confirmed | None:
    """Returns what of a press is to be confirmed, in whatever state."""
    choices = [each for _, each in action.choices] if isinstance(action, actions.ByState) else [action]
    return next((each for each in choices if isinstance(each, actions.Confirmed)), None)


def _one(given: Input) -> Play:
    return _all([given], [])


def _all(*steps: Inputs) -> Play:
    def play(room: Played) -> None:
        for inputs in steps:
            room.give(*inputs)
        room.rest()

    return play


def _after(before: Inputs, inputs: Inputs) -> Play:
    """Returns what plays some inputs after others, of which nothing is noted."""

    def play(room: Played) -> None:
        room.give(*before)
        room.forget()
        room.give(*inputs)

    return play


def _confirming(before: list[Pressed], inputs: Inputs) -> Play:
    """Returns what plays the answer to a question, where there is one."""

    def play(room: Played) -> None:
        room.give(*before)
        asked = room.asks
        room.forget()
        if asked:
            room.give(*inputs)

    return play


def _cell(play: Play, state: str, bindings: Bindings) -> str:
    room = Played(msgspec.structs.replace(STATES[state], outputs=dict.fromkeys(_outputs(bindings), False)), bindings)
    play(room)
    return ", then ".join((*map(_words, room.did), *room.then)) or "-"


def _words(intent: Intent) -> str:
    """An intent as words, such as `call anna@example.com`, `mute mic on`; what is only said, in quotes."""
    if isinstance(intent, Explain | AskToConfirm):
        return f'"{intent.text}"'
    if intent == Move():
        return "stop camera"
    if isinstance(intent, SwitchOutput):
        lasts = f" for {intent.seconds:g} s" if intent.seconds else ""
        return f"{intent.output} {'on' if intent.on else 'off'}{lasts}"
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(intent).__name__).lower()
    return " ".join((name, *_values(intent))).replace(_CODE, CODE)


def _values(intent: Intent) -> Iterator[str]:
    for field in msgspec.structs.fields(type(intent)):
        value = getattr(intent, field.name)
        if isinstance(value, bool):
            yield ("off", "on")[value]
        elif isinstance(value, Request):
            yield value.wish
        elif isinstance(value, Secret | Text | frozenset) or value is None or value == field.default:
            continue
        else:
            yield str(value) if field.name in _SPEAK_FOR_THEMSELVES else f"{field.name} {value}"
