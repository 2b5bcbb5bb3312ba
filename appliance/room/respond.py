"""`respond`: an input all the way to the commands that it is worth, and what the room remembers of it."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.language.text import Text
from appliance.room import intents, prompts
from appliance.room.bindings.bindings import Bindings
from appliance.room.bindings.gestures import heard
from appliance.room.bindings.resolve import held_after, resolve
from appliance.room.change import NOTICE_SECONDS, changed
from appliance.room.inputs import Input, NextStep, Touched, Unattended
from appliance.room.intents import Intent
from appliance.room.local_events.awaited import VolumeAsked
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.call import (
    CallAsked,
    CallHeld,
    CallResumed,
    CallTaken,
    HungUp,
    NumberEdited,
    PasswordClosed,
    PasswordEdited,
)
from appliance.room.local_events.camera import LocalMotionAsked, MotionAsked
from appliance.room.local_events.closed import (
    DisturbanceChanged,
    LockChanged,
    LockPinEdited,
    LockPinRefused,
    LockTimeOver,
)
from appliance.room.local_events.conference import PodiumPending, RequestAnswered
from appliance.room.local_events.inputs import (
    ConfirmationAsked,
    ConfirmationOver,
    InputsHeld,
    PressesAre,
    RowGoesOn,
    RowsOver,
)
from appliance.room.local_events.shown import AddressShown, NoticeShown, PromptShown
from appliance.room.orders import asked
from appliance.room.orders.commands import Plan, plan
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.podium import PodiumStep
from appliance.room.parts.presses import Confirming, Running
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState
from appliance.room.why_not import why_not

CALL_BEGINS = 5.0
"""Seconds in which a terminal says something of a call that was asked of it, as long as it has for a reply by default.
Until then the room is calling as far as people are concerned: the next press hangs up, and none calls a second time."""

CONFIRMED = 5.0
"""Seconds in which a terminal confirms the answer to a request, or what was asked about the podium; as for a reply."""

CONFIRM_WITHIN = 5.0
"""Seconds in which a press is confirmed: long enough to read what the display says, too short to forget it."""

VOLUME_CONFIRMED = 5.0
"""Seconds in which a terminal confirms a volume, as long as it has for a reply by default. Steps in quick succession do
not wait for that; they go on from what was asked."""


ADDRESS_SHOWN = 60.0
"""Seconds: as long as somebody needs to walk to a browser with it, and as long as after a start."""


class Order(msgspec.Struct, frozen=True):
    """One intent and the plan that carries it out. The plan of `Reclaim` is empty: that is for the link to do."""

    intent: Intent
    plan: Plan


def respond(given: Input, state: RoomState, bindings: Bindings, now: float) -> tuple[RoomState, tuple[Order, ...]]:
    """Returns the room after an input, and the orders for the terminal in sequence; `now` in monotonic seconds."""
    state = _without_what_is_over(state, now)
    meant, presses = heard(given, state, bindings, now)
    orders: list[Order] = []
    for each in meant:
        state, more = _responded(each, state, bindings, now)
        orders += more
    if presses is not state.presses:
        state = reduce(state, PressesAre(presses), now)
    return state, tuple(orders)


def _without_what_is_over(state: RoomState, now: float) -> RoomState:
    """Returns the room without what was asked or wanted for a time that is over, should a reaction be late."""
    if state.volume_asked and now >= state.volume_asked.until:
        state = changed(state, volume_asked=None)
    if state.call_asked and now >= state.call_asked.until:
        state = changed(state, call_asked=None)
    if state.confirming and now >= state.confirming.until:
        state = changed(state, confirming=None)
    return reduce(state, LockTimeOver(), now)


def _responded(given: Input, state: RoomState, bindings: Bindings, now: float) -> tuple[RoomState, list[Order]]:
    orders: list[Order] = []
    before = state = prompts.followed(state, now)
    meant = resolve(given, state, bindings) or why_not(given, state, bindings)
    if isinstance(given, NextStep):
        state = reduce(state, RowsOver(given.button), now)
    for intent in meant if isinstance(given, Unattended | Touched) else prompts.only_seen(meant, state, now):
        orders.append(Order(intent, plan(intent, state)))
        state = settle(intent, state, now)
    sent = tuple(order.intent for order in orders if order.plan.commands)
    state = asked.remembered(before, state, given, sent, now)
    return reduce(state, InputsHeld(held_after(given, before, bindings)), now), orders


def settle(intent: Intent, state: RoomState, now: float) -> RoomState:
    """Returns the room with what it remembers of an intent; what the terminal does with it, the terminal tells."""
    handler = _MEMORIES.get(type(intent))
    return state if handler is None else reduce(state, handler(intent, now), now)


def _call_asked(intent: intents.Call, now: float) -> LocalEvent:
    return CallAsked(intent.peer_id, now + CALL_BEGINS)


def _hung_up(_intent: intents.HangUp, _now: float) -> LocalEvent:
    return HungUp()


def _number_edited(intent: intents.EditNumber, _now: float) -> LocalEvent:
    return NumberEdited(intent.number)


def _password_edited(intent: intents.EditPassword, _now: float) -> LocalEvent:
    return PasswordEdited(intent.entered, intent.readable)


def _password_closed(_intent: intents.ClosePassword, _now: float) -> LocalEvent:
    return PasswordClosed()


def _taken(_intent: intents.Answer, _now: float) -> LocalEvent:
    return CallTaken()


def _put_on_hold(intent: intents.PutOnHold, _now: float) -> LocalEvent:
    return CallHeld(intent.muted)


def _resumed(_intent: intents.Resume, _now: float) -> LocalEvent:
    return CallResumed()


def _volume_set(intent: intents.SetVolume, now: float) -> LocalEvent:
    return VolumeAsked(intent.level, now + VOLUME_CONFIRMED)


def _moved(intent: intents.Move, _now: float) -> LocalEvent:
    return MotionAsked(intent.pan, intent.tilt, intent.zoom)


def _stopped(_intent: intents.HomeCamera, _now: float) -> LocalEvent:
    return MotionAsked(0, 0, 0)


def _moved_local_camera(intent: intents.MoveLocalCamera, _now: float) -> LocalEvent:
    return LocalMotionAsked(intent.camera, intent.pan, intent.tilt, intent.zoom)


def _stopped_local_camera(intent: intents.HomeLocalCamera, _now: float) -> LocalEvent:
    return LocalMotionAsked(intent.camera, 0, 0, 0)


def _accepted(intent: intents.AcceptRequest, now: float) -> LocalEvent:
    return RequestAnswered(intent.request, accept=True, until=now + CONFIRMED)


def _declined(intent: intents.DeclineRequest, now: float) -> LocalEvent:
    return RequestAnswered(intent.request, accept=False, until=now + CONFIRMED)


def _podium_pending(step: PodiumStep) -> Callable[[Intent, float], LocalEvent]:
    return lambda _intent, now: PodiumPending(step, now + CONFIRMED)


def _prompt_shown(_intent: intents.ShowPrompt, _now: float) -> LocalEvent:
    return PromptShown()


def _undisturbed(intent: intents.SetDoNotDisturb, now: float) -> LocalEvent:
    if not intent.on:
        return DisturbanceChanged(None)
    return DisturbanceChanged(Undisturbed(intent.minutes and now + intent.minutes * 60))


def _lock_changed(intent: intents.SetLocked, _now: float) -> LocalEvent:
    return LockChanged(intent.on)


def _lock_pin_edited(intent: intents.EditLockPin, _now: float) -> LocalEvent:
    return LockPinEdited(intent.entered)


def _lock_pin_refused(_intent: intents.RefuseLockPin, _now: float) -> LocalEvent:
    return LockPinRefused()


def _address_shown(_intent: intents.ShowAddress, now: float) -> LocalEvent:
    return AddressShown(now + ADDRESS_SHOWN)


def _confirmation_asked(intent: intents.AskToConfirm, now: float) -> LocalEvent:
    return ConfirmationAsked(Confirming(intent.button, intent.text, now + CONFIRM_WITHIN))


def _confirmation_over(_intent: intents.ConfirmationOver, _now: float) -> LocalEvent:
    return ConfirmationOver()


def _row_goes_on(intent: intents.GoOn, now: float) -> LocalEvent:
    running = Running(intent.gesture, intent.nth, intent.situation, intent.step, now + intent.seconds)
    return RowGoesOn(intent.button, running)


def _rows_stopped(intent: intents.StopRows, _now: float) -> LocalEvent:
    return RowsOver(intent.button)


def _update_asked(intent: intents.AskForUpdate, now: float) -> LocalEvent:
    return NoticeShown(Text("notice.update_asked", version=intent.version), now + NOTICE_SECONDS)


def _explained(intent: intents.Explain, now: float) -> LocalEvent:
    return NoticeShown(intent.text, now + NOTICE_SECONDS)


_MEMORIES: Mapping[type[Intent], Callable[[Any, float], LocalEvent]] = {
    intents.Call: _call_asked,
    intents.HangUp: _hung_up,
    intents.EditNumber: _number_edited,
    intents.EditPassword: _password_edited,
    intents.ClosePassword: _password_closed,
    intents.Answer: _taken,
    intents.PutOnHold: _put_on_hold,
    intents.Resume: _resumed,
    intents.SetVolume: _volume_set,
    intents.Move: _moved,
    intents.HomeCamera: _stopped,
    intents.MoveLocalCamera: _moved_local_camera,
    intents.HomeLocalCamera: _stopped_local_camera,
    intents.AcceptRequest: _accepted,
    intents.DeclineRequest: _declined,
    intents.ShowPrompt: _prompt_shown,
    intents.AskForPodium: _podium_pending(PodiumStep.ASK),
    intents.LeavePodium: _podium_pending(PodiumStep.LEAVE),
    intents.MakeRemark: _podium_pending(PodiumStep.REMARK),
    intents.SetDoNotDisturb: _undisturbed,
    intents.SetLocked: _lock_changed,
    intents.EditLockPin: _lock_pin_edited,
    intents.RefuseLockPin: _lock_pin_refused,
    intents.ShowAddress: _address_shown,
    intents.AskToConfirm: _confirmation_asked,
    intents.ConfirmationOver: _confirmation_over,
    intents.GoOn: _row_goes_on,
    intents.StopRows: _rows_stopped,
    intents.AskForUpdate: _update_asked,
    intents.Explain: _explained,
}
