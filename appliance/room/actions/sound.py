"""Muting and the volume."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import msgspec

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import SWITCH_WORDS, SWITCHES, Verb

Device = Literal["mic", "audio", "video"]


class Mute(Action, frozen=True):
    """`mute [audio|video] [on|off]`; `on` None: the opposite of what the terminal confirmed."""

    at_once: ClassVar[bool] = True
    device: Device = "mic"
    on: bool | None = None


class Volume(Action, frozen=True):
    """`volume 0..100`."""

    percent: int


class VolumeStep(Action, frozen=True):
    """`volume up|down`: so many steps louder, negative quieter."""

    steps: int


def _mute(text: str, rest: list[str]) -> Action:
    device, switch = (rest[0], rest[1:]) if rest and rest[0] in {"audio", "video"} else ("mic", rest)
    on = SWITCHES.get(tuple(switch), ...)
    if on is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form="mute [audio|video] [on|off]"))
    return Mute(msgspec.convert(device, Device), on)


def _volume(text: str, rest: list[str]) -> Action:
    if rest in (["up"], ["down"]):
        return VolumeStep(1 if rest == ["up"] else -1)
    digits = rest[0] if len(rest) == 1 and rest[0].isascii() and rest[0].isdigit() else ""
    if not digits or len(digits) > len("100") or int(digits) > 100:
        raise ActionError(Text("mistake.volume", action=text))
    return Volume(int(digits))


def _words_of_mute(action: Mute) -> str:
    return " ".join(("mute", *_DEVICE_WORDS[action.device], *SWITCH_WORDS[action.on]))


def _words_of_volume(action: Volume) -> str:
    return f"volume {action.percent}"


def _words_of_step(action: VolumeStep) -> str:
    return "volume up" if action.steps > 0 else "volume down"


_DEVICE_WORDS: Mapping[Device, tuple[str, ...]] = {"mic": (), "audio": ("audio",), "video": ("video",)}

VERBS = (
    Verb("mute", ("mute [audio|video] [on|off]",), _mute, {Mute: _words_of_mute}),
    Verb("volume", ("volume up|down|0..100",), _volume, {Volume: _words_of_volume, VolumeStep: _words_of_step}),
)
