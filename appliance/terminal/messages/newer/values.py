"""Enumerations of newer terminals. Where an older one numbers the same otherwise, the comment says how."""

from appliance.terminal.messages.enums import OpenEnum


class ExtStatus(OpenEnum):
    """`extStatus` of the terminal and of people: finer than `status`, and numbered otherwise."""

    INVALID = -1
    OFFLINE = 0
    RECENTLY_ACTIVE = 1  # offline since a short time
    AVAILABLE = 2
    AVAILABLE_BY_PHONE = 3
    AVAILABLE_AT_TERMINAL = 4
    DO_NOT_DISTURB = 5
    AWAY = 6
    BUSY = 7
    BUSY_ON_PHONE = 8
    BUSY_AT_TERMINAL = 9
    OWNS_CONFERENCE = 10  # in a group conference of their own, which one may ask to join


class Reaction(OpenEnum):
    """`reaction` of a participant (Room 5.0, version 2 of the interface)."""

    NONE = 0
    RAISED_HAND = 1
    YES = 2
    NO = 3
    LAUGH = 4
    APPLAUSE = 5
    NOT_AT_DESK = 6


class NewerMatrixType(OpenEnum):
    """`matrixType` of newer terminals: from 1 on one less than with older ones, which have 1 for a small corner."""

    ONE = 0
    EQUAL = 1
    LARGE_AT_TOP_LEFT = 2
    LARGE_AT_TOP = 3
    LARGE_AT_LEFT = 4
    LARGE_AT_TOP_OVERLAPPED = 5  # a guess


class SelfViewMode(OpenEnum):
    """`selfViewMode`: where the own picture is."""

    OVER_LAYOUT = 1
    IN_LAYOUT = 2


class FileRequestStatus(OpenEnum):
    """`status` of a file on its way; older terminals have 0 to 5, and 5 for waiting."""

    FAILED = 0
    WAITING = 1
    ACCEPTED = 2  # and under way
    DONE = 3


class FileRequestDirection(OpenEnum):
    """`directionType` of a file; one more with older terminals."""

    INCOMING = 0
    OUTGOING = 1


class PinOutcome(OpenEnum):
    """`eventCode` of userPinEventOccurred."""

    PINNED = 0
    UNPINNED = 1
    TOO_MANY = 2
    NOT_IN_CONFERENCE = 3


class NewerLicenceType(OpenEnum):
    """`value` of getLicenseType where it is a number; older terminals: text with 0 none, 1 basic, 2 full."""

    FREE = 0
    TRIAL = 1
    PREMIUM = 2


class NewerSide(OpenEnum):
    """`side` of stopCalling; older terminals: 1 and 2. Nothing can be decided by a 1 alone."""

    TERMINAL = 0
    PEER = 1


class NewerRole(OpenEnum):
    """`role` of a participant where it differs: 4 is on the podium with older terminals."""

    NO_CHANGE = 0
    ASKS_FOR_PODIUM = 3
    INVITED_TO_PODIUM = 4
