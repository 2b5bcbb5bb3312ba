"""What others see beside the camera, and how the terminal lays out whom it shows."""

from collections.abc import Mapping

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import Verb
from appliance.terminal.messages.newer.values import NewerMatrixType

HIGHEST = 99
"""Of the screens and windows that can be shown by their number."""


class Content(Action, frozen=True):
    """`content on [N]` shows the others a screen or window, the first or that of this number; `content off` ends it."""

    on: bool
    source: int = 1


class Layout(Action, frozen=True):
    """`layout NAME`: the terminal lays the pictures of a call out in this way, whatever it did before."""

    kind: NewerMatrixType


LAYOUTS: Mapping[str, NewerMatrixType] = {
    "one": NewerMatrixType.ONE,
    "equal": NewerMatrixType.EQUAL,
    "top_left": NewerMatrixType.LARGE_AT_TOP_LEFT,
    "top": NewerMatrixType.LARGE_AT_TOP,
    "left": NewerMatrixType.LARGE_AT_LEFT,
}
"""By their words; all but the first two say where the large picture is."""

_CONTENT = f"content on [1..{HIGHEST}]|off"
_LAYOUT = f"layout {'|'.join(LAYOUTS)}"
_NAMES: Mapping[NewerMatrixType, str] = {kind: name for name, kind in LAYOUTS.items()}


def _content(text: str, rest: list[str]) -> Action:
    if rest in (["on"], ["off"]):
        return Content(on=rest == ["on"])
    digits = rest[1] if len(rest) == 2 and rest[0] == "on" and rest[1].isascii() and rest[1].isdigit() else ""
    if not digits or len(digits) > len(str(HIGHEST)) or not int(digits):
        raise ActionError(Text("mistake.expected_form", action=text, form=_CONTENT))
    return Content(on=True, source=int(digits))


def _layout(text: str, rest: list[str]) -> Action:
    if len(rest) != 1 or rest[0] not in LAYOUTS:
        raise ActionError(Text("mistake.expected_form", action=text, form=_LAYOUT))
    return Layout(LAYOUTS[rest[0]])


def _words_of_content(action: Content) -> str:
    if not action.on:
        return "content off"
    return "content on" if action.source == 1 else f"content on {action.source}"


def _words_of_layout(action: Layout) -> str:
    return f"layout {_NAMES[action.kind]}"


VERBS = (
    Verb("content", (_CONTENT,), _content, {Content: _words_of_content}),
    Verb("layout", (_LAYOUT,), _layout, {Layout: _words_of_layout}),
)
