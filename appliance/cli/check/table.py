"""What each input does in each state of the room, found by asking the room itself."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from appliance.cli.options import table
from appliance.language.text import Text
from appliance.room.bindings.bindings import CODE, Bindings
from appliance.room.bindings.resolve import resolve
from appliance.room.inputs import Held, Input, Pressed, Released, Scanned, Turned
from appliance.room.intents import Explain, Intent
from appliance.room.secret import Secret
from appliance.room.state import Conversation, Link, LinkPhase, Person, Phase, Request, RoomState, Wish

_ROOM = RoomState(
    link=Link(LinkPhase.UP), phase=Phase.IDLE, mic_muted=False, audio_muted=False, video_muted=False, volume=0.5
)
_CALL = Conversation(peer=Person("caller"), conf_id="call", since=0.0)
_IN_A_CALL = msgspec.structs.replace(_ROOM, phase=Phase.IN_CALL, conversation=_CALL)
_GUEST = Person("guest")
_STATES: Mapping[str, RoomState] = {
    "idle": _ROOM,
    "somebody calls": msgspec.structs.replace(_ROOM, phase=Phase.RINGING, conversation=_CALL),
    "calling": msgspec.structs.replace(_ROOM, phase=Phase.CALLING, conversation=_CALL),
    "in a call": _IN_A_CALL,
    "another calls": msgspec.structs.replace(_IN_A_CALL, call_waiting=Conversation(peer=_GUEST, conf_id="another")),
    "somebody asks to join": msgspec.structs.replace(_IN_A_CALL, requests=(Request(Wish.JOIN, _GUEST),)),
    "no link": RoomState(link=Link(LinkPhase.DOWN)),
}
_CODE = "12345"  # stands for one that `codes` does not name


def lines(bindings: Bindings) -> Iterator[str]:
    """Yields a table: inputs down, states across."""
    rows = [
        (name, *(_cell(inputs, state, bindings) for state in _STATES.values())) for name, inputs in _inputs(bindings)
    ]
    return table([("input", *_STATES), *rows])


def _inputs(bindings: Bindings) -> Iterator[tuple[str, tuple[Input, ...]]]:
    for name, binding in bindings.buttons.items():
        label = name if name.startswith("keypads.") else f"buttons.{name}"
        yield label, (Pressed(name), Released(name)) if binding.waits_for_release else (Pressed(name),)
        if binding.holds:
            yield f"{label}, held", (Held(name),)
    for name in bindings.encoders:
        yield f"encoders.{name}, clockwise", (Turned(name, clockwise=True),)
        yield f"encoders.{name}, counterclockwise", (Turned(name, clockwise=False),)
    for name, codes in bindings.readers.items():
        yield from ((f"readers.{name}, code {code}", (Scanned(name, code),)) for code in codes.actions)
        yield f"readers.{name}, another code", (Scanned(name, _CODE),)


def _cell(inputs: tuple[Input, ...], state: RoomState, bindings: Bindings) -> str:
    held = frozenset(given.button for given in inputs if isinstance(given, Pressed))
    intents = [each for given in inputs for each in resolve(given, msgspec.structs.replace(state, held=held), bindings)]
    return ", then ".join(map(_words, intents)) or "-"


def _words(intent: Intent) -> str:
    """An intent as words, such as `call anna@example.com`, `mute mic on`; what is only said, in quotes."""
    if isinstance(intent, Explain):
        return f'"{intent.text}"'
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(intent).__name__).lower()
    return " ".join((name, *_values(intent))).replace(_CODE, CODE)


def _values(intent: Intent) -> Iterator[str]:
    for field in msgspec.structs.fields(type(intent)):
        value = getattr(intent, field.name)
        if isinstance(value, bool):
            yield ("off", "on")[value]
        elif isinstance(value, Request):
            yield value.wish
        elif isinstance(value, Secret | Text) or value is None or value == field.default:
            continue
        else:
            yield str(value) if field.name in {"peer_id", "symbol", "number", "level"} else f"{field.name} {value}"
