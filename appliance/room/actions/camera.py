"""The camera: moving ours, and letting others move it."""

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

import msgspec

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import Verb, fixed_words

Direction = Literal["left", "right", "up", "down", "in", "out"]


class Camera(Action, frozen=True):
    """`camera left|right|up|down|in|out`: moves while the button is down."""

    at_once: ClassVar[bool] = True
    while_down: ClassVar[bool] = True
    direction: Direction


class CameraHome(Action, frozen=True):
    """`camera home`."""


class LendCamera(Action, frozen=True):
    """`camera allow`: who asks to move our camera may."""


class KeepCamera(Action, frozen=True):
    """`camera refuse`: who asks to move our camera may not."""


def _camera(text: str, rest: list[str]) -> Action:
    if len(rest) == 1 and rest[0] in _OTHERS:
        return _OTHERS[rest[0]]
    if len(rest) != 1 or rest[0] not in get_args(Direction):
        known = ", ".join((*get_args(Direction), *_OTHERS))
        raise ActionError(Text("mistake.camera_word", action=text, known=known))
    return Camera(msgspec.convert(rest[0], Direction))


def _words_of_camera(action: Camera) -> str:
    return f"camera {action.direction}"


_OTHERS: Mapping[str, Action] = {"home": CameraHome(), "allow": LendCamera(), "refuse": KeepCamera()}

VERBS = (
    Verb(
        "camera",
        ("camera left|right|up|down|in|out|home|allow|refuse",),
        _camera,
        {Camera: _words_of_camera, **fixed_words("camera", _OTHERS)},
    ),
)
