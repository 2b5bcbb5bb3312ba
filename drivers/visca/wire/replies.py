"""Replies to commands: acknowledgement, completion, error."""

from enum import IntEnum
from typing import ClassVar

from drivers.visca.wire.layout import Catalogue, Message, Nibble

NO_SOCKET = 0
"""Socket number in replies to messages that occupy no socket: inquiries, IF_Clear, syntax errors."""

NETWORK_CHANGE = b"\x38"
"""Message of a camera that has been switched on, or of a chain that cameras were added to or removed from."""


class Ack(Message, frozen=True):
    """Acknowledgement: the command was accepted and occupies this socket until its completion."""

    layout: ClassVar = "4{socket}"
    socket: Nibble


class Completion(Message, frozen=True):
    """Completion: the command in this socket has been executed."""

    layout: ClassVar = "5{socket}"
    socket: Nibble


class Reason(IntEnum):
    """Why a message failed."""

    MESSAGE_LENGTH = 0x01
    SYNTAX = 0x02
    BUFFER_FULL = 0x03
    CANCELLED = 0x04
    NO_SUCH_SOCKET = 0x05
    NOT_EXECUTABLE = 0x41


class Error(Message, frozen=True):
    """Error: the message was refused, or the command in this socket failed."""

    layout: ClassVar = "6{socket} {reason}"
    socket: Nibble
    reason: Reason


REPLIES = Catalogue((Ack, Completion, Error))
