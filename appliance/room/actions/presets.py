"""Places of the terminal's camera, by the numbers under which VISCA controllers know them as well."""

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import Verb

HIGHEST = 99


class Preset(Action, frozen=True):
    """`preset N`: the terminal's camera goes to the place that is stored under this number."""

    number: int


class StorePreset(Action, frozen=True):
    """`preset store N`: stores under this number where the terminal's camera looks."""

    number: int


def _preset(text: str, rest: list[str]) -> Action:
    store = rest[:1] == ["store"]
    digits = rest[-1] if len(rest) == 1 + store and rest[-1].isascii() and rest[-1].isdigit() else ""
    if not digits or len(digits) > len(str(HIGHEST)):
        raise ActionError(Text("mistake.expected_form", action=text, form=f"preset [store] 0..{HIGHEST}"))
    return StorePreset(int(digits)) if store else Preset(int(digits))


def _words_of_preset(action: Preset) -> str:
    return f"preset {action.number}"


def _words_of_store(action: StorePreset) -> str:
    return f"preset store {action.number}"


VERBS = (
    Verb(
        "preset", (f"preset [store] 0..{HIGHEST}",), _preset, {Preset: _words_of_preset, StorePreset: _words_of_store}
    ),
)
