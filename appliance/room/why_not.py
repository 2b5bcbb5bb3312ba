"""Why a press means nothing now, in words for who pressed; a press without any effect is pressed again.

Only what a person does with a finger is explained. A hook goes down by itself after a call, and reactions act without
anybody: those mean nothing quietly.
"""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.language.text import NOTHING, Text
from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.action_of import action_of
from appliance.room.bindings.bindings import Bindings
from appliance.room.decide.occupied import SETTING_UP
from appliance.room.inputs import Hook, Input, Unattended
from appliance.room.intents.shown import Explain
from appliance.room.parts.link import LinkPhase
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.room.texts import (
    CALL_BEING_SET_UP,
    IN_CONTROL,
    NO_CALL,
    NO_CALL_TO_HOLD,
    NO_TONES,
    NOBODY_CALLS,
    NOBODY_WANTS_CAMERA,
    NOT_ON_HOLD,
    NOTHING_ASKED,
    NOTHING_TYPED,
    ONE_CALL_ALREADY,
    ONLY_IN_CALL,
    ONLY_PASSWORDS,
    not_ready,
)


def why_not(given: Input, state: RoomState, bindings: Bindings) -> tuple[Explain, ...]:
    """Returns what to say to a press from which nothing follows in this state; nothing where the display says it."""
    if isinstance(given, Hook | Unattended) or state.link.phase is not LinkPhase.UP:
        return ()
    action = action_of(given, state, bindings)
    reason = REASONS.get(type(action)) if action else None
    text = reason(action, state) if reason else NOTHING
    return (Explain(text),) if text else ()


def _calling(_action: Action, state: RoomState) -> Text:
    if _answer_is_on_its_way(state):
        return NOTHING
    if state.phase in GOING_ON:
        return ONE_CALL_ALREADY
    return CALL_BEING_SET_UP if state.phase in SETTING_UP else NOTHING  # one that was asked has a page


def _answering(_action: Action, state: RoomState) -> Text:
    return not_ready(state.phase) or NOBODY_CALLS


def _answer_is_on_its_way(state: RoomState) -> bool:
    """Returns whether the page says that the answer to a request is on its way."""
    return any(request.answer is not None for request in state.requests)


def _deciding(_action: Action, state: RoomState) -> Text:
    if _answer_is_on_its_way(state):
        return NOTHING
    return not_ready(state.phase) or NOTHING_ASKED


def _hanging_up(_action: Action, state: RoomState) -> Text:
    return not_ready(state.phase) if state.phase is Phase.CLOSING else NO_CALL


def _holding(_action: Action, state: RoomState) -> Text:
    return NOT_ON_HOLD if state.phase is Phase.IN_CALL else NO_CALL_TO_HOLD


def _clearing(_action: Action, state: RoomState) -> Text:
    return NOTHING if _answer_is_on_its_way(state) else NOTHING_TYPED


def _always(text: Text) -> Callable[[Action, RoomState], Text]:
    return lambda _action, _state: text


REASONS: Mapping[type[Action], Callable[[Any, RoomState], Text]] = {
    actions.HookOff: _calling,
    actions.CallPeer: _calling,
    actions.Join: _calling,
    actions.Redial: _calling,
    actions.SpeedDial: _calling,
    actions.CallBack: _calling,
    actions.CallConference: _calling,
    actions.JoinNext: _calling,
    actions.Answer: _answering,
    actions.Accept: _deciding,
    actions.Decline: _deciding,
    actions.HangUp: _hanging_up,
    actions.Hold: _holding,
    actions.Dial: _always(NO_TONES),
    actions.Letter: _always(ONLY_PASSWORDS),
    actions.Backspace: _always(NOTHING_TYPED),
    actions.Clear: _clearing,
    actions.LendCamera: _always(NOBODY_WANTS_CAMERA),
    actions.KeepCamera: _always(NOBODY_WANTS_CAMERA),
    actions.Content: _always(ONLY_IN_CALL),
    actions.Layout: _always(ONLY_IN_CALL),
    actions.Reclaim: _always(IN_CONTROL),
}
"""By action; the others explain themselves where they mean nothing, or always mean something."""
