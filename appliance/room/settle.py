"""What the room remembers of an intent: a table from the type of what is wanted to what happens by it."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.language.text import Text
from appliance.room.change import NOTICE_SECONDS
from appliance.room.intents import inputs
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate
from appliance.room.intents.call import Answer, Call, ClosePassword, EditNumber, EditPassword, HangUp, PutOnHold, Resume
from appliance.room.intents.camera import HomeCamera, HomeLocalCamera, Move, MoveLocalCamera
from appliance.room.intents.closed import EditLockPin, RefuseLockPin, SetDoNotDisturb, SetLocked
from appliance.room.intents.conference import AcceptRequest, AskForPodium, DeclineRequest, LeavePodium, MakeRemark
from appliance.room.intents.media import SetVolume
from appliance.room.intents.shown import Explain, ShowAddress, ShowPrompt
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
from appliance.room.local_events.closed import DisturbanceChanged, LockChanged, LockPinEdited, LockPinRefused
from appliance.room.local_events.conference import PodiumPending, RequestAnswered
from appliance.room.local_events.inputs import ConfirmationAsked, ConfirmationOver, RowGoesOn, RowsOver
from appliance.room.local_events.shown import AddressShown, NoticeShown, PromptShown
from appliance.room.parts.closed import Undisturbed
from appliance.room.parts.podium import PodiumStep
from appliance.room.parts.presses import Confirming, Running
from appliance.room.reduce.reduce import reduce
from appliance.room.state import RoomState

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


def settle(intent: Intent, state: RoomState, now: float) -> RoomState:
    """Returns the room with what it remembers of an intent; what the terminal does with it, the terminal tells."""
    handler = _MEMORIES.get(type(intent))
    return state if handler is None else reduce(state, handler(intent, now), now)


def _call_asked(intent: Call, now: float) -> LocalEvent:
    return CallAsked(intent.peer_id, now + CALL_BEGINS)


def _hung_up(_intent: HangUp, _now: float) -> LocalEvent:
    return HungUp()


def _number_edited(intent: EditNumber, _now: float) -> LocalEvent:
    return NumberEdited(intent.number)


def _password_edited(intent: EditPassword, _now: float) -> LocalEvent:
    return PasswordEdited(intent.entered, intent.readable)


def _password_closed(_intent: ClosePassword, _now: float) -> LocalEvent:
    return PasswordClosed()


def _taken(_intent: Answer, _now: float) -> LocalEvent:
    return CallTaken()


def _put_on_hold(intent: PutOnHold, _now: float) -> LocalEvent:
    return CallHeld(intent.muted)


def _resumed(_intent: Resume, _now: float) -> LocalEvent:
    return CallResumed()


def _volume_set(intent: SetVolume, now: float) -> LocalEvent:
    return VolumeAsked(intent.level, now + VOLUME_CONFIRMED)


def _moved(intent: Move, _now: float) -> LocalEvent:
    return MotionAsked(intent.pan, intent.tilt, intent.zoom)


def _stopped(_intent: HomeCamera, _now: float) -> LocalEvent:
    return MotionAsked(0, 0, 0)


def _moved_local_camera(intent: MoveLocalCamera, _now: float) -> LocalEvent:
    return LocalMotionAsked(intent.camera, intent.pan, intent.tilt, intent.zoom)


def _stopped_local_camera(intent: HomeLocalCamera, _now: float) -> LocalEvent:
    return LocalMotionAsked(intent.camera, 0, 0, 0)


def _accepted(intent: AcceptRequest, now: float) -> LocalEvent:
    return RequestAnswered(intent.request, accept=True, until=now + CONFIRMED)


def _declined(intent: DeclineRequest, now: float) -> LocalEvent:
    return RequestAnswered(intent.request, accept=False, until=now + CONFIRMED)


def _podium_pending(step: PodiumStep) -> Callable[[Intent, float], LocalEvent]:
    return lambda _intent, now: PodiumPending(step, now + CONFIRMED)


def _prompt_shown(_intent: ShowPrompt, _now: float) -> LocalEvent:
    return PromptShown()


def _undisturbed(intent: SetDoNotDisturb, now: float) -> LocalEvent:
    if not intent.on:
        return DisturbanceChanged(None)
    return DisturbanceChanged(Undisturbed(intent.minutes and now + intent.minutes * 60))


def _lock_changed(intent: SetLocked, _now: float) -> LocalEvent:
    return LockChanged(intent.on)


def _lock_pin_edited(intent: EditLockPin, _now: float) -> LocalEvent:
    return LockPinEdited(intent.entered)


def _lock_pin_refused(_intent: RefuseLockPin, _now: float) -> LocalEvent:
    return LockPinRefused()


def _address_shown(_intent: ShowAddress, now: float) -> LocalEvent:
    return AddressShown(now + ADDRESS_SHOWN)


def _confirmation_asked(intent: inputs.AskToConfirm, now: float) -> LocalEvent:
    return ConfirmationAsked(Confirming(intent.button, intent.text, now + CONFIRM_WITHIN))


def _confirmation_over(_intent: inputs.ConfirmationOver, _now: float) -> LocalEvent:
    return ConfirmationOver()


def _row_goes_on(intent: inputs.GoOn, now: float) -> LocalEvent:
    running = Running(intent.gesture, intent.nth, intent.situation, intent.step, now + intent.seconds)
    return RowGoesOn(intent.button, running)


def _rows_stopped(intent: inputs.StopRows, _now: float) -> LocalEvent:
    return RowsOver(intent.button)


def _update_asked(intent: AskForUpdate, now: float) -> LocalEvent:
    return NoticeShown(Text("notice.update_asked", version=intent.version), now + NOTICE_SECONDS)


def _explained(intent: Explain, now: float) -> LocalEvent:
    return NoticeShown(intent.text, now + NOTICE_SECONDS)


_MEMORIES: Mapping[type[Intent], Callable[[Any, float], LocalEvent]] = {
    Call: _call_asked,
    HangUp: _hung_up,
    EditNumber: _number_edited,
    EditPassword: _password_edited,
    ClosePassword: _password_closed,
    Answer: _taken,
    PutOnHold: _put_on_hold,
    Resume: _resumed,
    SetVolume: _volume_set,
    Move: _moved,
    HomeCamera: _stopped,
    MoveLocalCamera: _moved_local_camera,
    HomeLocalCamera: _stopped_local_camera,
    AcceptRequest: _accepted,
    DeclineRequest: _declined,
    ShowPrompt: _prompt_shown,
    AskForPodium: _podium_pending(PodiumStep.ASK),
    LeavePodium: _podium_pending(PodiumStep.LEAVE),
    MakeRemark: _podium_pending(PodiumStep.REMARK),
    SetDoNotDisturb: _undisturbed,
    SetLocked: _lock_changed,
    EditLockPin: _lock_pin_edited,
    RefuseLockPin: _lock_pin_refused,
    ShowAddress: _address_shown,
    inputs.AskToConfirm: _confirmation_asked,
    inputs.ConfirmationOver: _confirmation_over,
    inputs.GoOn: _row_goes_on,
    inputs.StopRows: _rows_stopped,
    AskForUpdate: _update_asked,
    Explain: _explained,
}
