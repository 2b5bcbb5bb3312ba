"""What the appliance itself switches: relays, and displays by their serial line."""

from typing import ClassVar

import msgspec

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.verb import SWITCH_WORDS, SWITCHES, Verb

RELAY, SCREEN = OUTPUTS = ("relay", "screen")
"""What may be switched; a table of the configuration is called so, with an "s"."""

SHORTEST, LONGEST = 0.1, 3600.0
"""Seconds of a pulse: a relay needs some milliseconds to move, and what is longer than an hour is no pulse."""


class Switch(Action, frozen=True):
    """`relay NAME [on|off|pulse SECONDS]`, `screen NAME [on|off]`; `on` None: to the other of what it is.

    `seconds`: of a pulse, after which it is off again; 0: none.
    """

    without_link: ClassVar[bool] = True
    kind: str
    name: str
    on: bool | None = None
    seconds: float = 0

    @property
    def output(self) -> str:
        """What is switched, as the room's state calls it: "relay lights"."""
        return f"{self.kind} {self.name}"


def _relay(text: str, rest: list[str]) -> Action:
    if len(rest) == 3 and rest[1] == "pulse":
        return Switch(RELAY, rest[0], on=True, seconds=_seconds(text, rest[2]))
    return _switch(RELAY, _RELAY_FORM, text, rest)


def _screen(text: str, rest: list[str]) -> Action:
    return _switch(SCREEN, _SCREEN_FORM, text, rest)


def _switch(kind: str, form: str, text: str, rest: list[str]) -> Action:
    on = SWITCHES.get(tuple(rest[1:]), ...) if rest else ...
    if on is ...:
        raise ActionError(Text("mistake.expected_form", action=text, form=form))
    return Switch(kind, rest[0], on)


def _seconds(text: str, word: str) -> float:
    try:
        seconds = msgspec.convert(word, float, strict=False)
    except msgspec.ValidationError:
        seconds = 0.0
    if not SHORTEST <= seconds <= LONGEST:
        raise ActionError(Text("mistake.pulse", action=text, least=f"{SHORTEST:g}", most=f"{LONGEST:g}"))
    return seconds


def _words(action: Switch) -> str:
    how = ("pulse", f"{action.seconds:g}") if action.seconds else SWITCH_WORDS[action.on]
    return " ".join((action.output, *how))


_RELAY_FORM = "relay NAME [on|off|pulse SECONDS]"
_SCREEN_FORM = "screen NAME [on|off]"

VERBS = (
    Verb(RELAY, (_RELAY_FORM,), _relay, {Switch: _words}),
    Verb(SCREEN, (_SCREEN_FORM,), _screen, {Switch: _words}),
)
