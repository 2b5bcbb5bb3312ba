"""What the configuration says of one gesture, as an action: words, a row of them, or a table by the state of the room.

    press = "call"
    press = ["mute on", "wait 2", "call 10@example.com"]
    press = { ringing = "answer", in_call = "hang_up", otherwise = "call" }

Everything that could never work is refused here, with what would.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from appliance.language.text import NOTHING, Text
from appliance.room import actions
from appliance.room.actions import MOST_STEPS, Action, ActionError, ByState, Confirmed, Row, Wait
from appliance.room.situation import Situation

Words = str | list[str]
"""An action, or several in a row."""

Said = Words | Mapping[str, Words]
"""The same, or by the state of the room."""

Holds = Words | Mapping[str, Words | Mapping[str, Words]]
"""The same after one hold time, or by hold times, such as `1s`."""

How = Literal["twice", "hold"]

SHORTEST_HOLD, LONGEST_HOLD = 0.1, 30.0
"""Seconds; as for `hold`."""

_SECONDS = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)s?")
_BUSY = frozenset(
    {Situation.RINGING, Situation.CALLING, Situation.WAITING_ROOM, Situation.IN_CONFERENCE, Situation.IN_CALL}
)
_FREE = frozenset({Situation.IDLE, Situation.MEETING_SOON})
_CALLS = (
    *(actions.CallPeer, actions.CallConference, actions.CallBack, actions.Join, actions.Redial),
    actions.SpeedDial,
)
_NEVER_IN: Mapping[type[Action], frozenset[Situation]] = {
    **dict.fromkeys(_CALLS, _BUSY),
    **dict.fromkeys((actions.Answer, actions.Accept, actions.Decline), _FREE | {Situation.CALLING}),
    actions.Hold: _FREE | {Situation.RINGING, Situation.CALLING},
    **dict.fromkeys(
        (actions.AskForPodium, actions.LeavePodium, actions.MakeRemark, actions.LendCamera, actions.KeepCamera),
        _FREE | {Situation.RINGING, Situation.CALLING},
    ),
}
"""States in which an action does nothing, whatever else is so."""


def meaning(said: Said) -> Action:
    """Returns the action. Raises `ActionError`."""
    if isinstance(said, Mapping):
        return _by_state(said)
    return _single(said) if isinstance(said, str) else _row(said)


def holds(said: Holds, hold: float) -> tuple[tuple[float, Action], ...]:
    """Returns hold times in ascending order, each with its action; one after `hold` seconds where none is said."""
    if not isinstance(said, Mapping) or not any(map(_SECONDS.fullmatch, said)):
        return ((hold, _unmoved(meaning(said))),)  # type: ignore[arg-type]  # no table of tables: those have hold times
    found = sorted((_seconds(key), key) for key in said)
    for (shorter, _), (longer, key) in pairwise(found):
        if shorter == longer:
            raise ActionError(Text("mistake.hold_twice", hold=key))
    return tuple((seconds, _unmoved(meaning(said[key]))) for seconds, key in found)


def by_hold_times(said: Holds | None) -> bool:
    """Returns whether it says after which times."""
    return isinstance(said, Mapping) and any(map(_SECONDS.fullmatch, said))


def confirmed(action: Action, confirm: How | Mapping[str, How]) -> Action:
    """Returns the action that wants to be confirmed, in all states or in these. Raises `ActionError`."""
    if any(first.while_down for first in actions.leading(action)):
        raise ActionError(Text("mistake.camera_confirmed", action=_first_words(action)))
    if isinstance(confirm, str):
        if isinstance(action, ByState):
            return ByState(tuple((each, Confirmed(inner, confirm)) for each, inner in action.choices))
        return Confirmed(action, confirm)
    choices = dict(action.choices) if isinstance(action, ByState) else {Situation.OTHERWISE: action}
    wanted = {_situation(name): how for name, how in confirm.items()}
    for situation, how in wanted.items():
        inner = choices.get(situation) or choices.get(Situation.OTHERWISE)
        if inner is None:
            raise ActionError(Text("mistake.confirms_nothing", state=situation))
        choices[situation] = Confirmed(inner, how)
    return ByState(tuple(choices.items()))


def unmoved(said: Said, why: str) -> Action:
    """Returns the action, which must not last for as long as something is down: `why` is what to say then."""
    return _unmoved(meaning(said), why)


def detent(said: Said) -> Action:
    """Returns what each detent of a knob does, which is one action at a time."""
    action = unmoved(said, "mistake.camera_detent")
    choices = [each for _, each in action.choices] if isinstance(action, ByState) else [action]
    if any(isinstance(each, Row) for each in choices):
        raise ActionError(Text("mistake.row_detent"))
    return action


def _unmoved(action: Action, why: str = "mistake.camera_held") -> Action:
    if any(first.while_down for first in actions.leading(action)):
        raise ActionError(Text(why, action=_first_words(action)))
    return action


def _first_words(action: Action) -> str:
    return next(actions.words_of(first) for first in actions.leading(action) if first.while_down)


def _single(words: str) -> Action:
    action = actions.parse(words)
    if isinstance(action, Wait):
        raise ActionError(Text("mistake.wait_alone", action=words))
    return action


def _row(words: Iterable[str]) -> Action:
    steps = tuple(map(actions.parse, words))
    if not steps:
        raise ActionError(Text("mistake.row_empty"))
    if len(steps) > MOST_STEPS:
        raise ActionError(Text("mistake.row_long", most=str(MOST_STEPS)))
    for step in steps:
        if step.while_down:
            raise ActionError(Text("mistake.camera_row", action=actions.words_of(step)))
    if isinstance(steps[-1], Wait):
        raise ActionError(Text("mistake.wait_last", action=actions.words_of(steps[-1])))
    for step, then in pairwise(steps):
        if why := _unreached(step, then):
            raise ActionError(why)
    return Row(steps) if len(steps) > 1 else steps[0]


def _unreached(step: Action, then: Action) -> Text:
    """Returns why the second of two steps never does anything; nothing where it may."""
    words = {"first": actions.words_of(step), "then": actions.words_of(then)}
    if step.ends_link:
        return Text("mistake.row_without_link", **words)
    begins = isinstance(then, (actions.HookOff, *_CALLS))
    return Text("mistake.row_too_soon", **words) if isinstance(step, actions.HangUp) and begins else NOTHING


def _by_state(said: Mapping[str, Words]) -> Action:
    if not said:
        raise ActionError(Text("mistake.no_state", known=_known_states()))
    choices = []
    for name, words in said.items():
        situation = _situation(name)
        try:
            action = meaning(words)
        except ActionError as error:
            raise ActionError(Text("mistake.in_state", state=name, why=error.text)) from error
        _check_reached(situation, action)
        choices.append((situation, action))
    return ByState(tuple(choices))


def _check_reached(situation: Situation, action: Action) -> None:
    first = actions.leading(action)[0]
    if situation is Situation.NO_LINK and not (first.without_link or isinstance(first, actions.Reclaim)):
        raise ActionError(Text("mistake.needs_link", action=actions.words_of(first)))
    if situation in _NEVER_IN.get(type(first), ()):
        raise ActionError(Text("mistake.never_in_state", action=actions.words_of(first), state=situation))


def _situation(name: str) -> Situation:
    try:
        return Situation(name)
    except ValueError:
        close = difflib.get_close_matches(name, list(Situation), n=1, cutoff=0.5)
        if close:
            raise ActionError(Text("mistake.unknown_state_like", state=name, close=close[0])) from None
        raise ActionError(Text("mistake.unknown_state", state=name, known=_known_states())) from None


def _known_states() -> str:
    return ", ".join(Situation)


def _seconds(key: str) -> float:
    found = _SECONDS.fullmatch(key)
    seconds = float(found[1]) if found else 0.0
    if not SHORTEST_HOLD <= seconds <= LONGEST_HOLD:
        raise ActionError(Text("mistake.hold_time", hold=key, least=f"{SHORTEST_HOLD:g}", most=f"{LONGEST_HOLD:g}"))
    return seconds
