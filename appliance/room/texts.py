"""What the room says: keys of the catalogue and their values. `who` is the other side's name."""

from collections.abc import Mapping
from typing import Literal

from appliance.language.text import NOTHING, Text, Value
from appliance.room.parts.call import CallEnd, Ending, Muted
from appliance.room.parts.requests import Wish
from appliance.room.state import Phase
from appliance.terminal.messages.client_enums import RoleEventResult
from appliance.terminal.messages.enums import (
    CameraRequestEnd,
    CameraRequestRefusal,
    EvictionCause,
    LoginResult,
    LogoutCause,
    RejectCause,
)

NO_PODIUM = Text("notice.no_podium")
ON_PODIUM = Text("notice.on_podium")
NOT_ON_PODIUM = Text("notice.not_on_podium")
PODIUM_ASKED = Text("notice.podium_asked")
NOT_OURS = Text("notice.not_ours")
NOT_HERE = Text("notice.not_here")
ALREADY_HERE = Text("notice.already_here")
ALL_ARE_MUTED = Text("notice.all_are_muted")
NO_LINK = Text("notice.no_link")
UNKNOWN_CODE = Text("notice.unknown_code")
MISREAD = Text("notice.misread")
NO_CONTACT = Text("notice.no_contact")
TWO_MASTERS = Text("notice.two_masters")
HISTORY_UNKNOWN = Text("notice.history_unknown")
NO_OUTGOING_CALL = Text("notice.no_outgoing_call")
NUMBER_FULL = Text("notice.number_full")
PASSWORD_FULL = Text("notice.password_full")
PASSWORD_EMPTY = Text("notice.password_empty")
MIC_UNKNOWN = Text("notice.mic_unknown")
MUTE_LOCKED = Text("notice.mute_locked")
AUDIO_UNKNOWN = Text("notice.audio_unknown")
VIDEO_UNKNOWN = Text("notice.video_unknown")
VOLUME_UNKNOWN = Text("notice.volume_unknown")
CAMERA_UNKNOWN = Text("notice.camera_unknown")
NO_FAR_CAMERA = Text("notice.no_far_camera")
OVERLOADED = Text("notice.overloaded")
ROW_STOPPED = Text("notice.row_stopped")
NO_ANSWER = Text("notice.no_answer")
UNCONFIRMED = Text("notice.unconfirmed")
ONE_CALL_ALREADY = Text("notice.one_call_already")
CALL_BEING_SET_UP = Text("notice.call_being_set_up")
NOBODY_CALLS = Text("notice.nobody_calls")
NOTHING_ASKED = Text("notice.nothing_asked")
NO_CALL = Text("notice.no_call")
NO_CALL_TO_HOLD = Text("notice.no_call_to_hold")
NOT_ON_HOLD = Text("notice.not_on_hold")
ONLY_IN_CALL = Text("notice.only_in_call")
NO_TONES = Text("notice.no_tones")
ONLY_PASSWORDS = Text("notice.only_passwords")
NOTHING_TYPED = Text("notice.nothing_typed")
NOBODY_WANTS_CAMERA = Text("notice.nobody_wants_camera")
IN_CONTROL = Text("notice.in_control")
PIN_WILL_CHANGE = Text("notice.pin_will_change")
NO_FAR_HOME = Text("notice.no_far_home")
NO_PRESETS = Text("notice.no_presets")
ALONE = Text("notice.alone")
BUSY_KEY = "rejected.busy"
"""The key of what is said of somebody who is busy."""

NOBODY_CALLED = Text("notice.nobody_called")
NO_MEETING = Text("notice.no_meeting")
NO_RECORDING_ASKED = Text("notice.no_recording_asked")
LOCKED = Text("notice.locked")
UNLOCKED = Text("notice.unlocked")
WRONG_LOCK_PIN = Text("notice.wrong_lock_pin")
LOCK_PAUSED = Text("notice.lock_paused")
NO_LOCK_PIN = Text("notice.no_lock_pin")
MAY_BE_DISTURBED = Text("notice.may_be_disturbed")

_NO_AXIS: Mapping[str, Text] = {
    "pan": Text("notice.no_pan"),
    "tilt": Text("notice.no_tilt"),
    "zoom": Text("notice.no_zoom"),
}

_REJECTIONS: Mapping[RejectCause, str] = {
    RejectCause.REJECTED: "rejected.rejected",
    RejectCause.CONFERENCE_FULL: "rejected.conference_full",
    RejectCause.BUSY: "rejected.busy",
    RejectCause.NOT_AVAILABLE: "rejected.not_available",
    RejectCause.INVALID_CONFERENCE: "rejected.invalid_conference",
    RejectCause.NOT_FOUND: "rejected.not_found",
    RejectCause.JOIN_OK: "rejected.join_ok",
    RejectCause.INSUFFICIENT_FUNDS: "rejected.insufficient_funds",
    RejectCause.ACCESS_DENIED: "rejected.access_denied",
    RejectCause.LOGGED_OUT: "rejected.logged_out",
    RejectCause.CANNOT_COMPLETE: "rejected.cannot_complete",
    RejectCause.LOCAL_LIMIT: "rejected.local_limit",
    RejectCause.PASSWORD_NEEDED: "rejected.password_needed",
    RejectCause.WRONG_PASSWORD: "rejected.wrong_password",
    RejectCause.REJECTED_BY_USER: "rejected.rejected_by_user",
    RejectCause.BAD_RATING: "rejected.bad_rating",
    RejectCause.NO_ANSWER: "rejected.no_answer",
    RejectCause.NOT_ACTIVE_YET: "rejected.not_active_yet",
    RejectCause.CONFERENCE_OVER: "rejected.conference_over",
    RejectCause.CONFERENCE_NOT_FOUND: "rejected.conference_not_found",
    RejectCause.TYPE_NOT_SUPPORTED: "rejected.type_not_supported",
    RejectCause.FEDERATION_NOT_ALLOWED: "rejected.federation_not_allowed",
    RejectCause.FEDERATION_REFUSED: "rejected.federation_refused",
}

_BY_HAND = frozenset({RejectCause.REJECTED, RejectCause.REJECTED_BY_USER})

_DECLINED: Mapping[RejectCause, Text] = {
    RejectCause.CONFERENCE_FULL: Text("declined.conference_full"),
    RejectCause.BUSY: Text("declined.busy"),
    RejectCause.NOT_AVAILABLE: Text("declined.not_available"),
    RejectCause.INVALID_CONFERENCE: Text("declined.invalid_conference"),
    RejectCause.NOT_FOUND: Text("declined.not_found"),
    RejectCause.JOIN_OK: Text("declined.join_ok"),
    RejectCause.INSUFFICIENT_FUNDS: Text("declined.insufficient_funds"),
    RejectCause.ACCESS_DENIED: Text("declined.access_denied"),
    RejectCause.LOGGED_OUT: Text("declined.logged_out"),
    RejectCause.CANNOT_COMPLETE: Text("declined.cannot_complete"),
    RejectCause.LOCAL_LIMIT: Text("declined.local_limit"),
    RejectCause.PASSWORD_NEEDED: Text("declined.password_needed"),
    RejectCause.WRONG_PASSWORD: Text("declined.wrong_password"),
    RejectCause.BAD_RATING: Text("declined.bad_rating"),
    RejectCause.NO_ANSWER: Text("declined.no_answer"),
    RejectCause.NOT_ACTIVE_YET: Text("declined.not_active_yet"),
    RejectCause.CONFERENCE_OVER: Text("declined.conference_over"),
    RejectCause.CONFERENCE_NOT_FOUND: Text("declined.conference_not_found"),
    RejectCause.TYPE_NOT_SUPPORTED: Text("declined.type_not_supported"),
    RejectCause.FEDERATION_NOT_ALLOWED: Text("declined.federation_not_allowed"),
    RejectCause.FEDERATION_REFUSED: Text("declined.federation_refused"),
}

_ENDINGS: Mapping[Ending, str] = {
    Ending.UNKNOWN: "ended.unknown",
    Ending.HERE: "ended.here",
    Ending.PEER_LEFT: "ended.peer_left",
    Ending.OWNER_LEFT: "ended.owner_left",
    Ending.OUT: "ended.out",
    Ending.SERVER_LOST: "ended.server_lost",
    Ending.LOGGED_OUT: "ended.logged_out",
    Ending.ELSEWHERE: "ended.elsewhere",
    Ending.LINK_LOST: "ended.link_lost",
    Ending.MEANWHILE: "ended.meanwhile",
}

_CAMERA_REFUSALS: Mapping[CameraRequestRefusal, str] = {
    CameraRequestRefusal.REJECTED: "camera.refused",
    CameraRequestRefusal.NO_ANSWER: "camera.no_answer",
    CameraRequestRefusal.NOT_AVAILABLE: "camera.not_available",
    CameraRequestRefusal.NOT_SUPPORTED: "camera.not_supported",
    CameraRequestRefusal.CONFERENCE_OVER: "",  # nobody wants to move it any more
    CameraRequestRefusal.PARTICIPANT_LEFT: "camera.left",
}

_CAMERA_KEPT: Mapping[CameraRequestEnd, str] = {
    CameraRequestEnd.REJECTED: "camera.kept",
    CameraRequestEnd.TIMED_OUT: "camera.kept_unanswered",
    CameraRequestEnd.CONFERENCE_OVER: "",
    CameraRequestEnd.PARTICIPANT_LEFT: "",
}

_PODIUM_REFUSALS: Mapping[RoleEventResult, Text] = {
    RoleEventResult.ROLE_BUSY: Text("podium.full"),
    RoleEventResult.PARTICIPANT_BUSY: Text("podium.unanswered"),
    RoleEventResult.PARTICIPANT_ABSENT: Text("podium.unanswered"),
}

_WISHES: Mapping[Wish, str] = {
    Wish.PODIUM: "asked.podium",
    Wish.REMARK: "asked.remark",
    Wish.SPEAK: "asked.speak",
    Wish.JOIN: "asked.join",
    Wish.RECORD: "asked.record",
}

_CONFIRM: Mapping[str, str] = {"twice": "confirm.twice", "hold": "confirm.hold"}

_BY_OWNER: Mapping[tuple[Muted, bool], Text] = {
    (Muted.MIC, True): Text("notice.mic_muted_by_owner"),
    (Muted.MIC, False): Text("notice.mic_unmuted_by_owner"),
    (Muted.VIDEO, True): Text("notice.camera_muted_by_owner"),
    (Muted.VIDEO, False): Text("notice.camera_unmuted_by_owner"),
}

_LOGIN_FAILURES: Mapping[LoginResult, Text] = {
    LoginResult.ALREADY_LOGGED_IN: Text("login.already"),
    LoginResult.NO_SUCH_USER: Text("login.no_such_user"),
    LoginResult.WRONG_PASSWORD: Text("login.wrong_password"),
    LoginResult.DECLINED: Text("login.declined"),
    LoginResult.SERVER_FULL: Text("login.server_full"),
    LoginResult.NOT_ACTIVATED: Text("login.not_activated"),
    LoginResult.SERVER_BUSY: Text("login.server_busy"),
    LoginResult.WRONG_APPLICATION_TYPE: Text("login.wrong_application_type"),
    LoginResult.MAIL_CONFIRMATION_PENDING: Text("login.mail_confirmation_pending"),
    LoginResult.LOCKED: Text("login.locked"),
    LoginResult.BLACKLISTED: Text("login.blacklisted"),
    LoginResult.PASSWORD_EXPIRED: Text("login.password_expired"),
}

_LOGOUTS: Mapping[LogoutCause, Text] = {
    LogoutCause.ON_REQUEST: NOTHING,  # somebody wanted it: nothing to explain
    LogoutCause.LOGGED_IN_ELSEWHERE: Text("logout.elsewhere"),
}

_NOT_READY: Mapping[Phase, Text] = {
    Phase.UNKNOWN: Text("not_ready.unknown"),
    Phase.OFFLINE: Text("not_ready.offline"),
    Phase.CONNECTING: Text("not_ready.connecting"),
    Phase.LOGIN_NEEDED: Text("not_ready.login_needed"),
    Phase.CLOSING: Text("not_ready.closing"),
}

_EVICTIONS: Mapping[EvictionCause, Text] = {
    EvictionCause.TAKEN_OVER: Text("evicted.taken_over"),
    EvictionCause.USER_RESET_BY_UNSECURED_ADMIN: Text("evicted.user_reset_by_unsecured_admin"),
    EvictionCause.ADMIN_CHANGED_BY_ADMIN: Text("evicted.admin_changed_by_admin"),
    EvictionCause.USER_CHANGED_BY_ADMIN: Text("evicted.user_changed_by_admin"),
    EvictionCause.USER_CHANGED_BY_USER: Text("evicted.user_changed_by_user"),
    EvictionCause.ACCOUNT_NOT_LICENSED: Text("evicted.account_not_licensed"),
    EvictionCause.PIN_CHANGED_AFTER_CALL: Text("evicted.pin_changed_after_call"),
    EvictionCause.TOKEN_EXPIRED: Text("evicted.token_expired"),
}


def refusal(cause: RejectCause, who: str) -> Text:
    """Why the other side refused."""
    key = _REJECTIONS.get(cause)
    return Text("rejected.other", who=_first(who), cause=int(cause)) if key is None else Text(key, who=_first(who))


def call_over(end: CallEnd) -> Text:
    """How a call ended, or why there was none."""
    if end.ending is Ending.REFUSED:
        return end.refusal
    begins = end.ending is Ending.PEER_LEFT
    return Text(_ENDINGS[end.ending], who=_first(end.who) if begins else _within(end.who))


def camera_refusal(reason: CameraRequestRefusal | None, who: str) -> Text:
    """Why the room may not move somebody's camera; nothing where that needs no words."""
    key = _CAMERA_REFUSALS.get(reason or CameraRequestRefusal.REJECTED)
    if key is None:
        return Text("camera.refused_other", who=_within(who), reason=str(reason))
    within = reason in {CameraRequestRefusal.NOT_AVAILABLE, CameraRequestRefusal.NOT_SUPPORTED}
    return Text(key, who=_within(who) if within else _first(who)) if key else NOTHING


def camera_asked(who: str) -> Text:
    """That the room asks somebody for their camera."""
    return Text("camera.asked", who=_within(who))


def camera_wanted(who: str) -> Text:
    """That somebody asks for the room's camera."""
    return Text("camera.wanted", who=_first(who))


def camera_lent(who: str) -> Text:
    """That somebody may move the room's camera."""
    return Text("camera.lent", who=_first(who))


def camera_kept(reason: CameraRequestEnd | None, who: str) -> Text:
    """That somebody may not move the room's camera; nothing where that needs no words."""
    key = _CAMERA_KEPT.get(reason or CameraRequestEnd.REJECTED, _CAMERA_KEPT[CameraRequestEnd.REJECTED])
    return Text(key, who=_first(who)) if key else NOTHING


def podium_refused(result: RoleEventResult) -> Text:
    """Why the room does not come to the podium that it asked for."""
    return _PODIUM_REFUSALS.get(result, Text("podium.refused"))


def wish(what: Wish, who: str) -> Text:
    """What somebody asks of the room."""
    return Text(_WISHES[what], who=_first(who))


def by_owner(device: Muted, *, mute: bool) -> Text:
    """That the owner of the conference muted something of the room, or unmuted it."""
    return _BY_OWNER.get((device, mute), NOTHING)


def declined(who: str, cause: RejectCause = RejectCause.REJECTED) -> Text:
    """That the terminal declined somebody's call, and why if nobody in the room did."""
    if cause in _BY_HAND:
        return Text("notice.declined", who=who) if who else Text("notice.declined_unknown")
    why = _DECLINED.get(cause) or Text("declined.other", cause=int(cause))
    return Text("notice.declined_because", who=_within(who), why=why)


def login_failure(result: LoginResult) -> Text:
    """Why the terminal could not log in."""
    return _LOGIN_FAILURES.get(result) or Text("login.other", result=int(result))


def logout(cause: LogoutCause) -> Text:
    """Why the terminal logged out, or nothing where that needs no words."""
    return _LOGOUTS.get(cause, Text("logout.other", cause=int(cause)))


def not_ready(phase: Phase) -> Text:
    """Why there can be no call now, or nothing where there can."""
    return _NOT_READY.get(phase, NOTHING)


def no_axis(axis: str) -> Text:
    """That the camera cannot do something: pan, tilt or zoom."""
    return _NO_AXIS[axis]


def no_speed_dial(slot: int) -> Text:
    """That nobody is configured for a slot."""
    return Text("notice.no_speed_dial", slot=slot)


def undisturbed(minutes: int | None) -> Text:
    """That the room is not to be disturbed, and for how long; None: until somebody ends it."""
    return Text("notice.undisturbed") if minutes is None else Text("notice.undisturbed_for", minutes=minutes)


def more_to_mute(count: int) -> Text:
    """How many microphones of others are still on after as many as one press mutes."""
    return Text("notice.more_to_mute", count=count)


def no_preset(number: int) -> Text:
    """That nothing is stored under a number."""
    return Text("notice.no_preset", preset=number)


def calls_again(who: str, seconds: int, count: int, times: int) -> Text:
    """That somebody is busy, and when they are called again, for which time of how many."""
    return Text("notice.calls_again", who=_first(who), seconds=seconds, number=count, times=times)


def meeting_ends(minutes: int) -> Text:
    """In how many minutes the meeting ends."""
    return Text("notice.meeting_ends", minutes=minutes)


def refused(words: str) -> Text:
    """That the terminal refused what somebody wanted, and what it said."""
    return Text("notice.refused", words=words) if words else Text("notice.refused_without_reason")


def eviction(cause: EvictionCause) -> Text:
    """Why the terminal took our permission back (manual: event authorizationNeeded)."""
    return _EVICTIONS.get(cause, Text("evicted.other", cause=int(cause)))


def _first(who: str) -> Value:
    """Who begins a sentence."""
    return who or Text("person.other_side")


def _within(who: str) -> Value:
    """Who stands inside one."""
    return who or Text("person.other_side_within")


def to_confirm(how: Literal["twice", "hold"], what: Text) -> Text:
    """Returns how to confirm what a button does."""
    return Text(_CONFIRM[how], what=what)
