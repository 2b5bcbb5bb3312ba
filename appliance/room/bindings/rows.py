"""Actions as intents: single ones, several in a row, and those that want to be confirmed.

A row does its first action at once. The rest is not a task that sleeps: the state remembers which row it is and which
step comes next (`RoomState.rows`), and `room.reactions.presses` gives `NextStep` when its time has come. Each step
means what it means in the room as it is then. Hanging up ends all rows, pressing the same button again the one that it
has begun, and a lost link ends them, too: nothing of what was asked in one session is done in another.
"""

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.actions import Action, Confirmed, Row, Wait
from appliance.room.bindings.action_of import Bound, by_gesture
from appliance.room.bindings.bindings import Bindings
from appliance.room.decide.decide import decide
from appliance.room.inputs import Held, Input
from appliance.room.intents.base import Intent
from appliance.room.intents.inputs import AskToConfirm, ConfirmationOver, GoOn, StopRows
from appliance.room.intents.shown import Explain
from appliance.room.state import RoomState
from appliance.room.texts import ROW_STOPPED, to_confirm


def carried_out(given: Input, bound: Bound, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns the intents of what an input stands for."""
    if bound.button in state.rows:
        return _again(given, bound, state, bindings)
    return _begun(given, bound, state, bindings)


def _begun(given: Input, bound: Bound, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    if isinstance(bound.action, Confirmed):
        return _confirmed(given, bound, bound.action, state, bindings)
    if isinstance(bound.action, Row):
        return _step(bound, bound.action, 0, state, bindings)
    return _single(bound.action, state, bindings)


def next_step(button: str, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Returns the intents of the step of a row that is due; nothing where there is no such row."""
    running = state.rows.get(button)
    if running is None or button not in bindings.buttons:
        return ()
    action = by_gesture(bindings.buttons[button], running.gesture, running.nth, running.situation)
    row = action.action if isinstance(action, Confirmed) else action
    if not isinstance(row, Row) or running.step >= len(row.steps):
        return ()
    bound = Bound(row, button, running.gesture, running.nth, running.situation)
    return _step(bound, row, running.step, state, bindings)


def _step(bound: Bound, row: Row, step: int, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    action = row.steps[step]
    done = decide(action, state, bindings)
    if step + 1 == len(row.steps):
        return done
    seconds = action.seconds if isinstance(action, Wait) else 0.0
    return *done, GoOn(bound.button, bound.gesture, bound.nth, bound.situation, step + 1, seconds)


def _again(given: Input, bound: Bound, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    """Ends the row that a button has begun; what the press does by itself is done if it is no row."""
    wanted = bound.action.action if isinstance(bound.action, Confirmed) else bound.action
    if isinstance(wanted, Row):
        return StopRows(bound.button), Explain(ROW_STOPPED)
    return *_begun(given, bound, state, bindings), StopRows(bound.button)


def _single(action: Action, state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    done = decide(action, state, bindings)
    if not isinstance(action, actions.HangUp) or not state.rows:
        return done
    return (*done, StopRows()) if done else (StopRows(), Explain(ROW_STOPPED))


def _confirmed(
    given: Input, bound: Bound, wanted: Confirmed, state: RoomState, bindings: Bindings
) -> tuple[Intent, ...]:
    inner = bound._replace(action=wanted.action)
    asked = state.confirming is not None and state.confirming.button == bound.button
    if isinstance(given, Held) if wanted.how == "hold" else asked:
        return *_begun(given, inner, state, bindings), ConfirmationOver()
    return (AskToConfirm(bound.button, to_confirm(wanted.how, _words(wanted.action))),)


def _words(action: Action) -> Text:
    """Returns what is to be confirmed, as people say it: of a row, what it leads to."""
    last = action.steps[-1] if isinstance(action, Row) else action
    key = _SAID.get(type(last))
    return Text(key) if key else Text("verbatim", words=actions.words_of(last))


_SAID = {
    actions.HangUp: "confirm.hang_up",
    actions.Decline: "confirm.decline",
    actions.HookOff: "confirm.call",
    actions.Redial: "confirm.redial",
    actions.Reclaim: "confirm.reclaim",
}
