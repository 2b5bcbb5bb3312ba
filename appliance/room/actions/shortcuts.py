"""Whom to call without typing their id: a slot, who called last, a conference by its number."""

from appliance.language.text import Text
from appliance.room.actions.action import Action, ActionError
from appliance.room.actions.readable import LEFT_OUT
from appliance.room.actions.verb import Verb, alone
from appliance.room.secret import NO_SECRET, Secret

SLOTS = 99
"""As many as anybody has keys for; `[room] speed_dial` may have fewer."""


class SpeedDial(Action, frozen=True):
    """`speed_dial N`: calls whom the configuration names at this place, counted from 1."""

    slot: int


class CallBack(Action, frozen=True):
    """`call_back`: calls who called last, whether somebody answered or not."""


class CallConference(Action, frozen=True):
    """`conference ID [PIN]`: calls a conference by its id."""

    conference: str
    pin: Secret = NO_SECRET


def _speed_dial(text: str, rest: list[str]) -> Action:
    digits = rest[0] if len(rest) == 1 and rest[0].isascii() and rest[0].isdigit() else ""
    if not digits or len(digits) > len(str(SLOTS)) or not 1 <= int(digits) <= SLOTS:
        raise ActionError(Text("mistake.expected_form", action=text, form=f"speed_dial 1..{SLOTS}"))
    return SpeedDial(int(digits))


def _conference(text: str, rest: list[str]) -> Action:
    match rest:
        case [conference]:
            return CallConference(conference)
        case [conference, pin]:
            return CallConference(conference, Secret(pin))
        case _:
            shown = text if len(rest) < 2 else f"conference {LEFT_OUT}"
            raise ActionError(Text("mistake.expected_form", action=shown, form="conference ID [PIN]"))


def _words_of_speed_dial(action: SpeedDial) -> str:
    return f"speed_dial {action.slot}"


def _words_of_conference(action: CallConference) -> str:
    return " ".join(("conference", action.conference, *([LEFT_OUT] if action.pin else [])))


VERBS = (
    Verb("speed_dial", (f"speed_dial 1..{SLOTS}",), _speed_dial, {SpeedDial: _words_of_speed_dial}),
    alone("call_back", CallBack()),
    Verb("conference", ("conference ID [PIN]",), _conference, {CallConference: _words_of_conference}),
)
