"""One file transfer, under way and finished."""

import math
import uuid
from enum import IntEnum

import msgspec

INCOMING, OUTGOING = 1, 2  # `directionType` and `type`


class Status(IntEnum):
    """`status` of a transfer."""

    BROKEN = 0
    NOT_STARTED = 1
    STARTED = 2
    DONE = 3
    FAILED = 4
    WAITING = 5  # for an answer, or for the connection


class Transfer:
    """One transfer; `peer_id` is empty if the room sends the file to everybody in a conference."""

    def __init__(
        self, number: int, direction: int, name: str, data: bytes, *, peer_id: str, conf_id: str, time: int
    ) -> None:
        """`time`: when it began, in Unix seconds; `conf_id` is empty outside of group conferences."""
        self.number = number
        self.request_id = str(uuid.uuid4())  # its name with newer terminals
        self.direction = direction
        self.name = name
        self.peer_id = peer_id
        self.conf_id = conf_id
        self.time = time
        self.status = Status.WAITING
        self.data = data
        self.size = len(data)
        self.file_id: int | None = None  # once it is stored here
        self.theirs: int | None = None  # its number in the room that offers it, if one does
        self.step_at = math.inf  # monotonic seconds


class Done(msgspec.Struct, frozen=True):
    """A finished transfer in the history; `time` in Unix seconds."""

    file_id: int
    name: str
    size: int
    time: int
    direction: int
    peer_id: str
    conf_id: str
