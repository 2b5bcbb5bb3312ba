"""What inputs mean in a locked room: next to nothing, and the digits of the PIN that unlocks it.

What an input would mean is worked out first, and of that only those intents are left that make the room safer: ending
and declining calls, muting, letting go of a camera, and answering who rings. So nothing else can reach the terminal,
whatever a button is bound to. Digits type the PIN wherever they come from, also during a call. The PIN is compared as
soon as there are as many digits as it has.

What no person does is not concerned: automations, the rest of a row that was begun before, a device that is gone.
"""

import hmac

from appliance.room import actions
from appliance.room.actions import Action, Confirmed
from appliance.room.bindings.action_of import Bound, bound_of
from appliance.room.bindings.bindings import Bindings
from appliance.room.decide.decide import decide
from appliance.room.inputs import Hook, Input, NextStep, Released, SourceGone, Unattended
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Decline, HangUp
from appliance.room.intents.camera import Move, MoveLocalCamera
from appliance.room.intents.closed import EditLockPin, RefuseLockPin, SetLocked
from appliance.room.intents.inputs import AskToConfirm, ConfirmationOver, GoOn, StopRows
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo
from appliance.room.intents.shown import Explain
from appliance.room.parts.closed import Locked
from appliance.room.secret import NO_SECRET, Secret
from appliance.room.state import Phase, RoomState
from appliance.room.texts import LOCK_PAUSED, LOCKED

_NOBODY = (Unattended, NextStep, SourceGone)


def while_locked(
    given: Input, meant: tuple[Intent, ...], lock: Locked, state: RoomState, bindings: Bindings
) -> tuple[Intent, ...]:
    """Returns what is left of what an input would mean, or what it types; says that the room is locked otherwise."""
    if isinstance(given, _NOBODY):
        return meant
    bound = bound_of(given, state, bindings)
    typed = None if bound is None else _typed(bound.action, lock, bindings.lock_pin)
    if typed is not None:
        return typed
    if left := _left(bound, meant, state, bindings):
        return left
    silent = isinstance(given, Released) or given == Hook(off=False)  # it goes down by itself after a call
    return (Explain(LOCKED),) if not silent and (meant or bound is not None) else ()


def _typed(action: Action, lock: Locked, pin: Secret) -> tuple[Intent, ...] | None:
    """Returns what this action makes of the PIN; None for one that types nothing."""
    match action:
        case actions.Dial(symbols=symbols) if symbols.isascii() and symbols.isdigit():
            return _more(symbols, lock, pin)
        case actions.Backspace() if lock.entered:
            return (EditLockPin(Secret(lock.entered.text[:-1])),)
        case actions.Clear() if lock.entered:
            return (EditLockPin(NO_SECRET),)
        case _:
            return None


def _more(digits: str, lock: Locked, pin: Secret) -> tuple[Intent, ...]:
    if lock.paused:
        return (Explain(LOCK_PAUSED),)
    entered = Secret(lock.entered.text + digits)
    if len(entered) < len(pin):
        return (EditLockPin(entered),)
    right = hmac.compare_digest(entered.text.encode(), pin.text.encode())
    return (SetLocked(on=False),) if right else (RefuseLockPin(),)


def _left(bound: Bound | None, meant: tuple[Intent, ...], state: RoomState, bindings: Bindings) -> tuple[Intent, ...]:
    if any(isinstance(each, AskToConfirm) for each in meant):
        return meant if bound is not None and _may_be_confirmed(bound.action, state, bindings) else ()
    if state.phase is Phase.RINGING and any(isinstance(each, Answer) for each in meant):
        return tuple(each for each in meant if not isinstance(each, GoOn))
    left = tuple(each for each in meant if _is_safe(each, state))
    return (*left, *(each for each in meant if isinstance(each, ConfirmationOver | StopRows))) if left else ()


def _may_be_confirmed(action: Action, state: RoomState, bindings: Bindings) -> bool:
    first = actions.leading(action.action if isinstance(action, Confirmed) else action)[0]
    return any(_is_safe(each, state) for each in decide(first, state, bindings))


def _is_safe(intent: Intent, state: RoomState) -> bool:
    match intent:
        case HangUp() | MuteMic(on=True) | MuteAudio(on=True) | MuteVideo(on=True):
            return True
        case Answer():
            return state.phase is Phase.RINGING
        case Decline():
            return state.phase in {Phase.RINGING, Phase.WAITING}
        case Move() | MoveLocalCamera():
            return not (intent.pan or intent.tilt or intent.zoom)
        case _:
            return False
