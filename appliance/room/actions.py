"""What a button of the configuration can do: its words and their meaning as a value.

The words are `call`, `call PEER`, `mute on`, `volume 40` and so on; see `GRAMMAR`.
"""

from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec

from appliance.language.text import Text, Unusable
from appliance.room.decide.dialpad import SYMBOLS
from appliance.room.secret import Secret

Device = Literal["mic", "audio", "video"]
Direction = Literal["left", "right", "up", "down", "in", "out"]


class ActionError(Unusable):
    """Words that are no action; says what was expected."""


class Action(msgspec.Struct, frozen=True):
    """Base of every action."""


class HookOff(Action, frozen=True):
    """`call`: answers, calls the number typed, or calls the configured contact."""


class CallPeer(Action, frozen=True):
    """`call PEER`."""

    peer_id: str


class Join(Action, frozen=True):
    """`join PEER PIN`: calls a conference that wants a password."""

    peer_id: str
    pin: Secret


class Answer(Action, frozen=True):
    """`answer`."""


class Accept(Action, frozen=True):
    """`accept`: takes the call that comes in, else accepts what the room is asked."""


class HangUp(Action, frozen=True):
    """`hang_up`: ends or declines; clears the number typed when there is no call."""


class Decline(Action, frozen=True):
    """`decline`: declines the call that comes in, else what the room is asked."""


class Mute(Action, frozen=True):
    """`mute [audio|video] [on|off]`; `on` None: the opposite of what the terminal confirmed."""

    device: Device = "mic"
    on: bool | None = None


class Hold(Action, frozen=True):
    """`hold [on|off]`: the call rests or goes on; while somebody else calls, answers them instead."""

    on: bool | None = None


class Dial(Action, frozen=True):
    """`dial SYMBOLS`: tones in a call, digits of a number (or of the password that is wanted) outside."""

    symbols: str


class Letter(Action, frozen=True):
    """A letter that no telephone has: only passwords have it. It has no words of its own, only keys say it."""

    symbol: str


class Volume(Action, frozen=True):
    """`volume 0..100`."""

    percent: int


class VolumeStep(Action, frozen=True):
    """`volume up|down`: so many steps louder, negative quieter."""

    steps: int


class Camera(Action, frozen=True):
    """`camera left|right|up|down|in|out`: moves while the button is down."""

    direction: Direction


class CameraHome(Action, frozen=True):
    """`camera home`."""


class LendCamera(Action, frozen=True):
    """`camera allow`: who asks to move our camera may."""


class KeepCamera(Action, frozen=True):
    """`camera refuse`: who asks to move our camera may not."""


class AskForPodium(Action, frozen=True):
    """`podium ask`: goes to the podium, or asks for it."""


class LeavePodium(Action, frozen=True):
    """`podium leave`: leaves the podium, or ends a remark."""


class MakeRemark(Action, frozen=True):
    """`podium remark`: speaks from the room's place for a while."""


class Redial(Action, frozen=True):
    """`redial`: calls whom the room called last."""


class Backspace(Action, frozen=True):
    """`backspace`: takes the last digit typed."""


class Clear(Action, frozen=True):
    """`clear`: drops what was typed."""


class Reclaim(Action, frozen=True):
    """`reclaim`: takes the terminal back from another controller."""


class Nothing(Action, frozen=True):
    """`none`."""


LEFT_OUT = "…"
"""What stands for a password where people read an action."""

GRAMMAR = (
    "call",
    "call PEER",
    "join PEER PIN",
    "answer",
    "accept",
    "hang_up",
    "decline",
    "mute [audio|video] [on|off]",
    "hold [on|off]",
    "dial SYMBOLS",
    "volume up|down|0..100",
    "camera left|right|up|down|in|out|home|allow|refuse",
    "podium ask|leave|remark",
    "redial",
    "backspace",
    "clear",
    "reclaim",
    "none",
)


def parse(text: str) -> Action:
    """Returns the action that `text` names. Raises `ActionError` saying what was wrong and what was expected."""
    words = text.split()
    if not words:
        raise ActionError(Text("mistake.no_action", known=", ".join(GRAMMAR)))
    parser = _PARSERS.get(words[0])
    if parser is None:
        raise ActionError(Text("mistake.unknown_action", word=words[0], known=", ".join(GRAMMAR)))
    return parser(text.strip(), words[1:])


def words_of(action: Action) -> str:
    """Returns the words that `parse` makes this action of; a password in them is left out."""
    match action:
        case Join(peer_id=peer_id):
            return f"join {peer_id} {LEFT_OUT}"
        case CallPeer(peer_id=rest) | Dial(symbols=rest) | Camera(direction=rest):
            return f"{_NAMES[type(action)]} {rest}"
        case Mute(device=device, on=on):
            return " ".join(("mute", *_DEVICE_WORDS[device], *_SWITCH_WORDS[on]))
        case Hold(on=on):
            return " ".join(("hold", *_SWITCH_WORDS[on]))
        case Volume(percent=percent):
            return f"volume {percent}"
        case VolumeStep(steps=steps):
            return "volume up" if steps > 0 else "volume down"
        case _:
            return _NAMES[type(action)]


def repr_of(bound: msgspec.Struct) -> str:
    """Returns the `repr` of something that has words of actions among its fields, with passwords left out of them."""
    fields = (f"{name}={_readable(getattr(bound, name))!r}" for name in bound.__struct_fields__)
    return f"{type(bound).__name__}({', '.join(fields)})"


def _readable(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _readable(each) for name, each in value.items()}
    words = value.split() if isinstance(value, str) else []
    return f"join {LEFT_OUT}" if words[:1] == ["join"] else value


def _alone(action: Action) -> Callable[[str, list[str]], Action]:
    def parser(text: str, rest: list[str]) -> Action:
        if rest:
            raise ActionError(Text("mistake.nothing_after", action=text, word=words_of(action)))
        return action

    return parser


def _call(text: str, rest: list[str]) -> Action:
    if len(rest) > 1:
        raise ActionError(Text("mistake.one_peer", action=text))
    return CallPeer(rest[0]) if rest else HookOff()


def _join(_text: str, rest: list[str]) -> Action:
    if len(rest) != 2:  # peer and password
        raise ActionError(Text("mistake.expected_form", action=f"join {LEFT_OUT}", form="join PEER PIN"))
    return Join(rest[0], Secret(rest[1]))


def _mute(text: str, rest: list[str]) -> Action:
    device, switch = (rest[0], rest[1:]) if rest and rest[0] in {"audio", "video"} else ("mic", rest)
    on = _SWITCHES.get(tuple(switch), ...)
    if on is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form="mute [audio|video] [on|off]"))
    return Mute(msgspec.convert(device, Device), on)


def _hold(text: str, rest: list[str]) -> Action:
    on = _SWITCHES.get(tuple(rest), ...)
    if on is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form="hold [on|off]"))
    return Hold(on)


def _dial(text: str, rest: list[str]) -> Action:
    symbols = rest[0].upper() if len(rest) == 1 else ""
    if not symbols or not SYMBOLS.issuperset(symbols):
        raise ActionError(Text("mistake.dial_symbols", action=text))
    return Dial(symbols)


def _volume(text: str, rest: list[str]) -> Action:
    if rest in (["up"], ["down"]):
        return VolumeStep(1 if rest == ["up"] else -1)
    digits = rest[0] if len(rest) == 1 and rest[0].isascii() and rest[0].isdigit() else ""
    if not digits or len(digits) > len("100") or int(digits) > 100:
        raise ActionError(Text("mistake.volume", action=text))
    return Volume(int(digits))


def _camera(text: str, rest: list[str]) -> Action:
    if len(rest) == 1 and rest[0] in _CAMERA_WORDS:
        return _CAMERA_WORDS[rest[0]]
    if len(rest) != 1 or rest[0] not in get_args(Direction):
        known = ", ".join((*get_args(Direction), *_CAMERA_WORDS))
        raise ActionError(Text("mistake.camera_word", action=text, known=known))
    return Camera(msgspec.convert(rest[0], Direction))


def _podium(text: str, rest: list[str]) -> Action:
    if len(rest) != 1 or rest[0] not in _PODIUM_WORDS:
        raise ActionError(Text("mistake.expected_form", action=text, form="podium ask|leave|remark"))
    return _PODIUM_WORDS[rest[0]]


_SWITCHES: Mapping[tuple[str, ...], bool | None] = {(): None, ("on",): True, ("off",): False}
_SWITCH_WORDS: Mapping[bool | None, tuple[str, ...]] = {on: words for words, on in _SWITCHES.items()}
_DEVICE_WORDS: Mapping[Device, tuple[str, ...]] = {"mic": (), "audio": ("audio",), "video": ("video",)}
_CAMERA_WORDS: Mapping[str, Action] = {"home": CameraHome(), "allow": LendCamera(), "refuse": KeepCamera()}
_PODIUM_WORDS: Mapping[str, Action] = {"ask": AskForPodium(), "leave": LeavePodium(), "remark": MakeRemark()}
_SINGLE: Mapping[str, Action] = {
    "answer": Answer(),
    "accept": Accept(),
    "hang_up": HangUp(),
    "decline": Decline(),
    "redial": Redial(),
    "backspace": Backspace(),
    "clear": Clear(),
    "reclaim": Reclaim(),
    "none": Nothing(),
}
_NAMES: Mapping[type[Action], str] = {
    HookOff: "call",
    CallPeer: "call",
    Dial: "dial",
    Camera: "camera",
    **{type(action): f"camera {name}" for name, action in _CAMERA_WORDS.items()},
    **{type(action): f"podium {name}" for name, action in _PODIUM_WORDS.items()},
    **{type(action): name for name, action in _SINGLE.items()},
}
_PARSERS: Mapping[str, Callable[[str, list[str]], Action]] = {
    "call": _call,
    "join": _join,
    "mute": _mute,
    "hold": _hold,
    "dial": _dial,
    "volume": _volume,
    "camera": _camera,
    "podium": _podium,
    **{name: _alone(action) for name, action in _SINGLE.items()},
}
