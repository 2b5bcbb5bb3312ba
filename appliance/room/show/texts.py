"""What the room says in words, in one place. `{who}` is the other side's name."""

from collections.abc import Mapping

from appliance.room.state import Phase
from appliance.terminal.messages.choices import CameraRequestEnd, CameraRequestRefusal
from appliance.terminal.messages.enums import LoginResult, LogoutCause, RejectCause

NO_LINK = "No link to the terminal"
UNKNOWN_CODE = "Unknown badge or code"
NO_CONTACT = "No contact is configured for the call button"
NO_OUTGOING_CALL = "There is no outgoing call to repeat"
NUMBER_FULL = "The number is too long"
MIC_UNKNOWN = "The terminal has not told whether the microphone is muted"
MUTE_LOCKED = "The speakerphone keeps its microphone muted"
AUDIO_UNKNOWN = "The terminal has not told whether the loudspeaker is muted"
VIDEO_UNKNOWN = "The terminal has not told whether the camera is muted"
VOLUME_UNKNOWN = "The terminal has not told its volume"
CAMERA_UNKNOWN = "The terminal has not told what its camera can do"

NO_FAR_CAMERA = "There is no camera of another side to move"

_SOMEBODY = "The other side"

_REFUSALS: Mapping[RejectCause, str] = {
    RejectCause.REJECTED: "{who} declined the call",
    RejectCause.CONFERENCE_FULL: "The conference is full",
    RejectCause.BUSY: "{who} is busy",
    RejectCause.NOT_AVAILABLE: "{who} is not available",
    RejectCause.INVALID_CONFERENCE: "The conference is not valid",
    RejectCause.NOT_FOUND: "{who} was not found",
    RejectCause.JOIN_OK: "{who} lets us in",
    RejectCause.INSUFFICIENT_FUNDS: "The account has no funds for this call",
    RejectCause.ACCESS_DENIED: "Access denied",
    RejectCause.LOGGED_OUT: "{who} has logged out",
    RejectCause.CANNOT_COMPLETE: "The call cannot be completed",
    RejectCause.LOCAL_LIMIT: "The terminal has no room for another call",
    RejectCause.PASSWORD_NEEDED: "The conference needs a password",
    RejectCause.WRONG_PASSWORD: "The password of the conference is wrong",
    RejectCause.REJECTED_BY_USER: "{who} does not want to take the call",
    RejectCause.BAD_RATING: "Refused because of a bad rating",
    RejectCause.NO_ANSWER: "{who} does not answer",
    RejectCause.NOT_ACTIVE_YET: "The conference has not begun",
    RejectCause.CONFERENCE_OVER: "The conference is over",
    RejectCause.CONFERENCE_NOT_FOUND: "The conference was not found",
    RejectCause.TYPE_NOT_SUPPORTED: "This kind of conference is not supported, or its server cannot be reached",
    RejectCause.FEDERATION_NOT_ALLOWED: "Calls to that server are not allowed",
    RejectCause.FEDERATION_REFUSED: "That server refused the call",
}

_CAMERA_REFUSALS: Mapping[CameraRequestRefusal, str] = {
    CameraRequestRefusal.REJECTED: "{who} does not let us move their camera",
    CameraRequestRefusal.NO_ANSWER: "{who} did not say whether we may move their camera",
    CameraRequestRefusal.NOT_AVAILABLE: "The camera of {who} cannot be moved now",
    CameraRequestRefusal.NOT_SUPPORTED: "The camera of {who} cannot be moved",
    CameraRequestRefusal.CONFERENCE_OVER: "",  # nobody wants to move it any more
    CameraRequestRefusal.PARTICIPANT_LEFT: "{who} has left",
}

_CAMERA_KEPT: Mapping[CameraRequestEnd, str] = {
    CameraRequestEnd.REJECTED: "{who} may not move our camera",
    CameraRequestEnd.TIMED_OUT: "{who} may not move our camera: nobody answered",
    CameraRequestEnd.CONFERENCE_OVER: "",
    CameraRequestEnd.PARTICIPANT_LEFT: "",
}

_LOGIN_FAILURES: Mapping[LoginResult, str] = {
    LoginResult.ALREADY_LOGGED_IN: "The terminal is logged in already",
    LoginResult.NO_SUCH_USER: "Login failed: no such user",
    LoginResult.WRONG_PASSWORD: "Login failed: wrong user name or password",
    LoginResult.DECLINED: "Login failed: the server declined it",
    LoginResult.SERVER_FULL: "Login failed: the server has no place for another user",
    LoginResult.NOT_ACTIVATED: "Login failed: the account is not activated",
    LoginResult.SERVER_BUSY: "Login failed: the server is busy or has a problem",
    LoginResult.WRONG_APPLICATION_TYPE: "Login failed: the account is not meant for this kind of terminal",
    LoginResult.MAIL_CONFIRMATION_PENDING: "Login failed: the account's mail address is not confirmed",
    LoginResult.LOCKED: "Login failed: the account is locked",
    LoginResult.BLACKLISTED: "Login failed: the account is on a black list",
    LoginResult.PASSWORD_EXPIRED: "Login failed: the password has expired",
}

_LOGOUTS: Mapping[LogoutCause, str] = {
    LogoutCause.ON_REQUEST: "",  # somebody wanted it: nothing to explain
    LogoutCause.LOGGED_IN_ELSEWHERE: "Logged out: the account is in use elsewhere",
}

_NOT_READY: Mapping[Phase, str] = {
    Phase.UNKNOWN: "The terminal has not told what it is doing",
    Phase.OFFLINE: "The terminal is not connected to its server",
    Phase.CONNECTING: "The terminal is connecting to its server",
    Phase.LOGIN_NEEDED: "The terminal is not logged in",
    Phase.CLOSING: "The last call is still ending",
}


def refusal(cause: RejectCause, who: str) -> str:
    """Why the other side refused."""
    text = _REFUSALS.get(cause)
    who = who or _SOMEBODY
    return f"{who} refused (cause {int(cause)})" if text is None else text.replace("{who}", who)


def camera_refusal(reason: CameraRequestRefusal | None, who: str) -> str:
    """Why the room may not move somebody's camera; nothing where that needs no words."""
    text = _CAMERA_REFUSALS.get(reason or CameraRequestRefusal.REJECTED)
    text = f"The camera of {{who}} is refused (reason {reason})" if text is None else text
    return text.replace("{who}", who or _SOMEBODY)


def camera_asked(who: str) -> str:
    """That the room asks somebody for their camera."""
    return f"Asking {who or _SOMEBODY} for their camera"


def camera_wanted(who: str) -> str:
    """That somebody asks for the room's camera."""
    return f"{who or _SOMEBODY} asks to move our camera"


def camera_lent(who: str) -> str:
    """That somebody may move the room's camera."""
    return f"{who or _SOMEBODY} may move our camera"


def camera_kept(reason: CameraRequestEnd | None, who: str) -> str:
    """That somebody may not move the room's camera; nothing where that needs no words."""
    text = _CAMERA_KEPT.get(reason or CameraRequestEnd.REJECTED, _CAMERA_KEPT[CameraRequestEnd.REJECTED])
    return text.replace("{who}", who or _SOMEBODY)


def declined(who: str) -> str:
    """That the terminal declined somebody's call."""
    return f"Call from {who} declined" if who else "Call declined"


def login_failure(result: LoginResult) -> str:
    """Why the terminal could not log in."""
    return _LOGIN_FAILURES.get(result) or f"Login failed (result {int(result)})"


def logout(cause: LogoutCause) -> str:
    """Why the terminal logged out, or nothing where that needs no words."""
    return _LOGOUTS.get(cause, f"Logged out (cause {int(cause)})")


def not_ready(phase: Phase) -> str:
    """Why there can be no call now, or nothing where there can."""
    return _NOT_READY.get(phase, "")


def no_axis(axis: str) -> str:
    """That the camera cannot do something."""
    return f"The camera has no {axis}"
