"""The numbers with which the wire tells what happens on the podium."""

from enum import IntEnum


class Role(IntEnum):
    """`role` of a participant and of roleEventOccured."""

    COMMON = 1
    OWNER = 2
    PODIUM = 3  # only where somebody asks for it or is asked
    SPEAKER = 4
    REMARK = 5


class Step(IntEnum):
    """`type` of roleEventOccured."""

    INQUIRY = 0
    ANSWER = 1
    CONFIRM = 2
    NOTIFY = 3


class Answer(IntEnum):
    """`result` of roleEventOccured."""

    POSITIVE = 0
    COMMON = 1
    BY_PARTICIPANT = 3
    ABSENT = 5


class Removal(IntEnum):
    """`reason` of incomingPodiumInvitationRemoved."""

    ACCEPTED = 0
    REJECTED = 1
    TIMED_OUT = 2
    CONFERENCE_OVER = 3
