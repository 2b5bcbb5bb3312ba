"""Enumerations of the interface that the appliance needs. A number we do not know survives as a member `UNKNOWN_n`."""

from enum import IntEnum
from typing import Self


class OpenEnum(IntEnum):
    """An integer enumeration that newer terminals may extend."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


class AppState(OpenEnum):
    """`appState`: what the terminal is doing (getAppState, appStateChanged)."""

    OFFLINE = 0  # not connected to a server, nothing under way
    CONNECTING = 1
    LOGIN_NEEDED = 2
    READY = 3  # connected and logged in
    WAITING = 4  # calling somebody, or somebody calls
    IN_CONFERENCE = 5
    CLOSING = 6  # a conference is being ended


class ConferenceType(OpenEnum):
    """`confType` of getConferences and conferenceCreated, `type` of inviteReceived."""

    POINT_TO_POINT = 0
    SYMMETRIC = 1
    ASYMMETRIC = 2
    ROLE_BASED = 3


class Privileges(OpenEnum):
    """`previleges` (so spelt) of the reply to `auth`."""

    USER = 1
    ADMINISTRATOR = 2


class AuthResult(OpenEnum):
    """`resultCode` of a refused `auth`."""

    SUCCESS = 0
    INTERNAL_ERROR = 1
    WRONG_CREDENTIALS = 3


class EvictionCause(OpenEnum):
    """`cause` of authorizationNeeded."""

    TAKEN_OVER = 1  # somebody else authorised for the same account
    USER_RESET_BY_UNSECURED_ADMIN = 2
    ADMIN_CHANGED_BY_ADMIN = 3
    USER_CHANGED_BY_ADMIN = 4
    USER_CHANGED_BY_USER = 5
    ACCOUNT_NOT_LICENSED = 6
    PIN_CHANGED_AFTER_CALL = 7
    TOKEN_EXPIRED = 8


class RejectCause(OpenEnum):
    """`cause` of rejectReceived and rejectSent; the wire also uses 20 for an unreachable server, and 21 and 22."""

    REJECTED = 0
    CONFERENCE_FULL = 1
    BUSY = 2
    NOT_AVAILABLE = 3
    INVALID_CONFERENCE = 4
    NOT_FOUND = 5
    JOIN_OK = 6
    INSUFFICIENT_FUNDS = 7
    ACCESS_DENIED = 8
    LOGGED_OUT = 9
    CANNOT_COMPLETE = 10
    LOCAL_LIMIT = 11
    PASSWORD_NEEDED = 12
    WRONG_PASSWORD = 13
    REJECTED_BY_USER = 14
    BAD_RATING = 15
    NO_ANSWER = 16
    NOT_ACTIVE_YET = 17
    CONFERENCE_OVER = 18
    CONFERENCE_NOT_FOUND = 19
    TYPE_NOT_SUPPORTED = 20
    FEDERATION_NOT_ALLOWED = 21
    FEDERATION_REFUSED = 22


class LoginResult(OpenEnum):
    """`result` of the login event; 9 to 11 and 65213 were seen on the wire only."""

    SUCCESS = 0
    ALREADY_LOGGED_IN = 1
    NO_SUCH_USER = 2
    WRONG_PASSWORD = 3
    DECLINED = 4
    SERVER_FULL = 5
    NOT_ACTIVATED = 6
    SERVER_BUSY = 7
    WRONG_APPLICATION_TYPE = 8
    MAIL_CONFIRMATION_PENDING = 9
    LOCKED = 10
    BLACKLISTED = 11
    PASSWORD_EXPIRED = 65213


class LogoutCause(OpenEnum):
    """`cause` of the logout event."""

    ON_REQUEST = 0
    LOGGED_IN_ELSEWHERE = 1


class LogoutResult(OpenEnum):
    """`result` of the logout event."""

    SUCCESS = 0
    ALREADY_LOGGED_OUT = 1


class PeerStatus(OpenEnum):
    """`status` of an address-book entry."""

    INVALID = -1
    OFFLINE = 0
    AVAILABLE = 1
    BUSY = 2
    OWNS_CONFERENCE = 5  # in a group conference of their own, which one may ask to join


class CallDirection(OpenEnum):
    """`type` of a call-history entry."""

    INCOMING = 0
    OUTGOING = 1
    MISSED = 2


class ConferenceState(OpenEnum):
    """`confState` of getConferences."""

    INVITATION = 0  # an incoming or outgoing invitation
    GOING_ON = 1
    NONE = 2


class Side(OpenEnum):
    """`side` of stopCalling: who gave up. Newer terminals: 0 the terminal, 1 the other side, so that 1 says nothing."""

    TERMINAL = 1
    PEER = 2


class ServerState(OpenEnum):
    """`state` of getConnected."""

    DISCONNECTED = 0
    CONNECTING = 1
    CONNECTED = 2


class DeviceState(OpenEnum):
    """`mic` and `video` of a participant."""

    ABSENT = 0
    MUTED = 1
    ON = 2


class ConferenceRole(OpenEnum):
    """`role` of a participant of a role-based conference.

    Lists of participants use 4 for somebody on the podium, with newer terminals for somebody who is invited to it.
    """

    EQUAL = 0
    COMMON = 1
    LEADER = 2
    PODIUM = 3
    REPORTER = 4
    REMARK = 5


class LeaderType(OpenEnum):
    """`leaderType` of a participant."""

    ORDINARY = 0
    CREATOR = 1
    OPERATOR = 2
    MODERATOR = 3


class ExtraVideo(OpenEnum):
    """`extraVideo`: what a participant sends."""

    CAMERA = 0
    CONTENT = 1
    CAMERA_ONLY = 2  # a camera that cannot be switched over to content


class MeetingType(OpenEnum):
    """`type` of a scheduled conference (there is no 2)."""

    SYMMETRIC = 0
    ASYMMETRIC = 1
    ROLE_BASED = 3


class AutoInvite(OpenEnum):
    """`auto_invite` of a scheduled conference: when the invited are called."""

    NEVER = 0
    WHEN_ANYBODY_JOINS = 1
    WHEN_AN_INVITED_JOINS = 2


class MeetingRecording(OpenEnum):
    """`recording` of a scheduled conference."""

    RUNNING = 0
    OFF = 1


class CameraRequestRefusal(OpenEnum):
    """`reason` of outgoingRequestCameraControlRejected: why we may not move somebody's camera."""

    REJECTED = 0
    NO_ANSWER = 1
    NOT_AVAILABLE = 2
    NOT_SUPPORTED = 3
    CONFERENCE_OVER = 4
    PARTICIPANT_LEFT = 5


class CameraRequestEnd(OpenEnum):
    """`reason` of incomingRequestCameraControlRejected: why somebody may not move our camera."""

    REJECTED = 0
    TIMED_OUT = 1
    CONFERENCE_OVER = 2
    PARTICIPANT_LEFT = 3
