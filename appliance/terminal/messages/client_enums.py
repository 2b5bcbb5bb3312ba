"""Enumerations that only the client of the whole interface needs; the appliance does not load them. See `enums`."""

from enum import IntFlag, StrEnum
from typing import Self

from appliance.terminal.messages.enums import OpenEnum


class OpenText(StrEnum):
    """A text enumeration that newer terminals may extend; an unknown word survives as a member named after it."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = f"UNKNOWN_{value}"
        member._value_ = value
        return member


class Account(OpenText):
    """The two accounts of the control interface (`userType` of setAuthParams)."""

    ADMINISTRATOR = "admin"
    USER = "user"


class Protection(OpenText):
    """How an account is protected (setAuthParams, getAuthInfo)."""

    UNSECURED = "unsecured"
    PIN = "pin"
    PASSWORD = "password"  # noqa: S105  # a kind of protection, no password


class ConferenceKind(OpenText):
    """`confType` of createConference and getLastSelectedConference; elsewhere it is a number."""

    SYMMETRIC = "symmetric"
    ASYMMETRIC = "asymmetric"
    ROLE_BASED = "role"


class RoleEventKind(OpenEnum):
    """`type` of roleEventOccured."""

    INQUIRY = 0
    ANSWER = 1
    CONFIRMATION = 2
    NOTICE = 3


class RoleEventResult(OpenEnum):
    """`result` of roleEventOccured."""

    POSITIVE = 0
    COMMON = 1
    ROLE_BUSY = 2
    BY_PARTICIPANT = 3
    PARTICIPANT_BUSY = 4
    PARTICIPANT_ABSENT = 5


class PodiumInvitationEnd(OpenEnum):
    """`reason` of incomingPodiumInvitationRemoved."""

    ACCEPTED = 0
    REJECTED = 1
    TIMED_OUT = 2
    CONFERENCE_OVER = 3


class MatrixType(OpenEnum):
    """`matrixType`: how the video windows are laid out."""

    ONE = 0  # one window only, the first
    PICTURE_IN_PICTURE = 1  # the other side large, a small window in the corner
    EQUAL = 2
    LARGE_AT_TOP_LEFT = 3  # the others around it
    LARGE_AT_TOP = 4  # centred, the others below
    LARGE_AT_LEFT = 5  # the others to its right
    LARGE_AT_TOP_OVERLAPPED = 6  # as 4; the others may cover a part of it


class WindowState(OpenEnum):
    """`windowState` of the terminal's window."""

    MINIMISED = 1
    FULL_SCREEN = 2


class FileStatus(OpenEnum):
    """`status` of a file on its way."""

    INTERNAL_ERROR = 0
    START_FAILED = 1
    STARTED = 2
    DONE = 3
    FAILED = 4  # for a reason that the terminal does not tell
    WAITING_FOR_CONSENT = 5


class FileDirection(OpenEnum):
    """`directionType` of fileStatus, `type` of getFileTransferInfo."""

    INCOMING = 1
    OUTGOING = 2


class ChatDirection(OpenEnum):
    """`direction` of a chat message."""

    INCOMING = 0
    OUTGOING = 1


class VideoFormat(OpenEnum):
    """`format`: what the camera delivers."""

    YUYV = 0
    YUY2 = 1
    YVYU = 2
    MJPG = 3
    I420 = 4
    IYUV = 5
    UYVY = 6
    HDYC = 7
    YV12 = 8
    NV12 = 9
    NV16 = 10
    NV21 = 11
    RGB32 = 12
    RGB24 = 13
    ARGB = 14
    BGRA = 15
    YUV444 = 16
    H264 = 17
    H264_ES = 18
    H265 = 19
    VP80 = 20
    VP90 = 21
    STR0 = 22
    I420_STR0 = 23


class VideoCodec(OpenText):
    """`sendFormat` and `streamFormat`: how video is compressed."""

    VP8 = "VP8"
    VP9 = "VP9"
    H265 = "H.265"
    H264 = "H.264"
    H263_PLUS = "H.263+"
    H263 = "H.263"
    H261 = "H.261"
    NONE = "None"


class EchoTestState(OpenEnum):
    """`state` of the echo test (audio delay detector)."""

    READY = 1
    RUNNING = 2
    FAILED = 3
    DISABLED = 4


class HttpServerState(OpenEnum):
    """`state` of the terminal's HTTP server."""

    STOPPED = 1
    STARTING = 2
    RUNNING = 3
    STOPPING = 4


class LicenceType(OpenEnum):
    """`value` of getLicenseType."""

    NONE = 0
    BASIC = 1
    FULL = 2


class ActivationStatus(OpenText):
    """`status` of activateLicense."""

    VALID = "valid"
    INVALID = "invalid"
    OFFLINE = "offline"  # could not be done online; there is a file for doing it offline


class SaveMode(OpenText):
    """`flags` of saveData: what becomes of data that the container holds already."""

    REPLACE = "def"
    PREPEND = "beg"
    APPEND = "ate"


class Language(OpenText):
    """Setting `language`."""

    RUSSIAN = "ru"
    POLISH = "pl"
    ENGLISH = "en"
    SPANISH = "es"


class NamePlace(OpenEnum):
    """Setting `displayNameAlign`: where a video window shows the name."""

    TOP = 1
    BOTTOM = 2


class CameraAccess(OpenEnum):
    """Setting `cameraRemoteControlAccess`: what becomes of a request to move our camera."""

    ALLOW = 0
    ASK = 1
    FORBID = 2


class RecordingConsent(OpenEnum):
    """Setting `record`: who may record our video."""

    NOBODY = 0
    ON_REQUEST = 1
    CONTACTS = 2
    EVERYBODY = 3


class ReceivingMask(IntFlag):
    """Settings `audioReceivingMask` and `videoReceivingMask`: when to receive from participants."""

    ALWAYS = 1
    WHILE_SHOWN = 2  # while the participant is in the layout
    WHILE_NOT_MINIMISED = 4
