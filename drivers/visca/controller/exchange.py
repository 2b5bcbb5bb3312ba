"""What a controller has sent and not heard of yet, and which reply belongs to what."""

import math
from collections import deque
from enum import Enum, auto

import msgspec

from drivers.visca.wire.commands import AddressSet, Cancel
from drivers.visca.wire.inquiries import INQUIRIES
from drivers.visca.wire.layout import Message
from drivers.visca.wire.replies import Reason

ANSWER_WITHIN = 0.25
"""Seconds that a camera has for its first answer; the manuals promise 20 ms, networks and cheap cameras do not."""
LATE = 1.0
"""Seconds for which an answer may still come, and must not be taken for that to something else."""
SILENT = 3
"""Messages in a row without any answer after which a camera is taken for one that never answers."""

_ACK, _COMPLETION, _ERROR = 0x4, 0x5, 0x6


class Outcome(Enum):
    """What a camera says to a message."""

    TAKEN = auto()  # acknowledged
    DONE = auto()  # completed, acknowledged before or not
    ANSWERED = auto()  # an inquiry
    REFUSED = auto()  # an error


class Item(msgspec.Struct, eq=False):
    """A message, and how often it has been sent; the same message is the same item."""

    message: Message
    sent: int = 0


class Heard(msgspec.Struct, frozen=True):
    """A reply, and what it answers (None: nothing that we sent); `body` is the reply without header and FF."""

    outcome: Outcome
    item: Item | None
    body: bytes

    @property
    def reason(self) -> int | None:
        """The reason of an error, one of `Reason` or a camera's own; None for none, and for an error too short."""
        return self.body[1] if self.outcome is Outcome.REFUSED and len(self.body) > 1 else None


class _Sent(msgspec.Struct, eq=False):
    item: Item
    at: float
    timed_out: bool = False


class Exchange:
    """Replies come in the order of messages; what follows an acknowledgement is told apart by its socket."""

    def __init__(self) -> None:
        self.one_way = False
        self._unanswered: deque[_Sent] = deque(maxlen=32)  # more than can be sent in LATE seconds
        self._sockets: dict[int, Item] = {}
        self._silent = 0

    def sent(self, item: Item, now: float) -> None:
        """An item leaves. Nothing is waited for where nobody ever answers."""
        item.sent += 1
        self._unanswered.append(_Sent(item, now, timed_out=self.one_way))

    def awaited(self) -> list[Item]:
        """What must be answered, or given up, before anything else is sent."""
        return [sent.item for sent in self._unanswered if not sent.timed_out]

    @property
    def next_timeout(self) -> float:
        """When the next item is given up."""
        return min((sent.at + ANSWER_WITHIN for sent in self._unanswered if not sent.timed_out), default=math.inf)

    def time_out(self, now: float) -> list[Item]:
        """The items that are given up now."""
        while self._unanswered and self._unanswered[0].at + LATE <= now:
            self._unanswered.popleft()
        over = [sent for sent in self._unanswered if not sent.timed_out and sent.at + ANSWER_WITHIN <= now]
        for sent in over:
            sent.timed_out = True
        self._silent += len(over)
        self.one_way = self.one_way or self._silent >= SILENT
        return [sent.item for sent in over]

    def hear(self, body: bytes) -> Heard | None:
        """What a reply to us says; None for what is no reply."""
        kind, socket = body[0] >> 4, body[0] & 0xF
        if kind == _ACK:
            item = self._command()
            if item and socket:
                self._sockets[socket] = item
            return self._says(Outcome.TAKEN, item, body)
        if kind == _COMPLETION:
            if len(body) > 1:
                return self._says(Outcome.ANSWERED, self._inquiry(), body)
            return self._says(Outcome.DONE, self._sockets.pop(socket, None) or self._command(), body)
        return self._says(Outcome.REFUSED, self._failed(socket, body[1:2]), body) if kind == _ERROR else None

    def hear_broadcast(self, message: Message) -> Heard:
        """A broadcast of ours has been round the line."""
        return self._says(Outcome.DONE, self._first(type(message)), b"")

    def _failed(self, socket: int, reason: bytes) -> Item | None:
        if reason == bytes((Reason.CANCELLED,)):
            self._first(Cancel)
            return self._sockets.pop(socket, None)
        if reason == bytes((Reason.NO_SUCH_SOCKET,)):
            return self._first(Cancel)
        return self._sockets.pop(socket, None) or self._first(Message)

    def _says(self, outcome: Outcome, item: Item | None, body: bytes) -> Heard:
        self._silent = 0
        self.one_way = False
        return Heard(outcome, item, body)

    def _command(self) -> Item | None:
        return self._first(Message, but=(*INQUIRIES.kinds, Cancel, AddressSet))

    def _inquiry(self) -> Item | None:
        return self._first(*INQUIRIES.kinds)

    def _first(self, *kinds: type[Message], but: tuple[type[Message], ...] = ()) -> Item | None:
        """Take out the first unanswered message of these kinds."""
        for sent in self._unanswered:
            if isinstance(sent.item.message, kinds) and not isinstance(sent.item.message, but):
                self._unanswered.remove(sent)
                return sent.item
        return None
