"""Attributes replies to the messages that a controller has sent.

How it works. A camera answers in the order of the messages: a command with an acknowledgement (4y) that names the
socket, later a completion (5y) or an error (6y) for that socket; an inquiry with `50` and its values; both with an
error of socket 0. So the first reply belongs to the oldest unanswered message of its kind (command, inquiry or Cancel),
and after the acknowledgement the socket tells which command completes. Cameras that skip the acknowledgement, or answer
with socket 0, are covered by falling back to the oldest command.

Time. A message without a reply after ANSWER_WITHIN seconds has timed out: the controller goes on, and may send it
again. Until LATE seconds have passed a late reply is still attributed to it, lest it be taken for the reply to a newer
message: the late acknowledgement of a drive must not count as that of the stop after it. Some cameras acknowledge a
move to a position only when they have thought about it, or have arrived: such a command has MOVE_WITHIN seconds, in
which other movements may be sent, but nothing else. SILENT timeouts in a row, with no reply of any kind between them,
mean that the camera is one-way; any reply ends that.
"""

import math
from collections import deque
from enum import Enum, auto

import msgspec

from drivers.visca.controller.encoding import moved_by
from drivers.visca.wire.commands import AddressSet, Cancel
from drivers.visca.wire.inquiries import INQUIRIES
from drivers.visca.wire.layout import Message
from drivers.visca.wire.replies import Reason

ANSWER_WITHIN = 0.25
"""Seconds for the first reply; the manuals promise 20 ms, networks and cheap cameras take longer."""
LATE = 1.0
"""Seconds for which a late reply is still attributed to its own message rather than to a newer one."""
MOVE_WITHIN = 5.0
"""Seconds for the first reply to a move to a position; cameras of the field take more than three."""
SILENT = 3
"""Unanswered messages in a row after which a camera counts as one that never answers."""

_ACK, _COMPLETION, _ERROR = 0x4, 0x5, 0x6


class Outcome(Enum):
    """The result of a message."""

    TAKEN = auto()  # acknowledged
    DONE = auto()  # completed, acknowledged before or not
    ANSWERED = auto()  # an inquiry
    REFUSED = auto()  # an error


class Item(msgspec.Struct, eq=False):
    """A message to be sent, and how often it has been sent. `withdrawn`: whatever the reply, it is not sent again."""

    message: Message
    sent: int = 0
    withdrawn: bool = False


class Heard(msgspec.Struct, frozen=True):
    """A reply and the item it answers (None: nothing we sent); `body` is the reply without header and FF."""

    outcome: Outcome
    item: Item | None
    body: bytes

    @property
    def reason(self) -> int | None:
        """The reason of an error, one of `Reason` or another number; None without an error or a reason."""
        return self.body[1] if self.outcome is Outcome.REFUSED and len(self.body) > 1 else None


class _Sent(msgspec.Struct, eq=False):
    item: Item
    at: float
    patience: float
    timed_out: bool = False

    @property
    def due(self) -> float:
        """When it times out."""
        return self.at + self.patience


class Exchange:
    """The messages in flight, in the order sent, and the acknowledged commands by their sockets."""

    def __init__(self) -> None:
        self.one_way = False
        self._unanswered: deque[_Sent] = deque(maxlen=32)  # more than can be sent in LATE seconds
        self._sockets: dict[int, Item] = {}
        self._silent = 0

    def sent(self, item: Item, now: float) -> None:
        """Records that an item has been sent. No reply is awaited from a camera that never answers."""
        item.sent += 1
        patience = MOVE_WITHIN if moved_by(item.message) else ANSWER_WITHIN
        self._unanswered.append(_Sent(item, now, patience, timed_out=self.one_way))

    def awaited(self) -> list[Item]:
        """Returns the items that must be answered, or time out, before anything else is sent."""
        return [sent.item for sent in self._unanswered if not sent.timed_out]

    def in_flight(self) -> list[Item]:
        """Returns the items to which a reply may still be attributed, however late."""
        return [*(sent.item for sent in self._unanswered), *self._sockets.values()]

    def blocks_movements(self, now: float) -> bool:
        """Returns whether a reply has to come, or ANSWER_WITHIN seconds have to pass, before a movement is sent."""
        return any(now < sent.at + ANSWER_WITHIN for sent in self._unanswered if not sent.timed_out)

    def next_change(self, now: float) -> float:
        """Returns when the next item times out, or blocks movements no longer."""
        waits = [sent for sent in self._unanswered if not sent.timed_out]
        times = [time for sent in waits for time in (sent.at + ANSWER_WITHIN, sent.due)]
        return min((time for time in times if time > now), default=now if waits else math.inf)

    def time_out(self, now: float) -> list[Item]:
        """Returns the items that time out now."""
        kept = [sent for sent in self._unanswered if now < max(sent.at + LATE, sent.due) or not sent.timed_out]
        self._unanswered = deque(kept, maxlen=self._unanswered.maxlen)
        over = [sent for sent in self._unanswered if not sent.timed_out and sent.due <= now]
        for sent in over:
            sent.timed_out = True
        self._silent += len(over)
        self.one_way = self.one_way or self._silent >= SILENT
        return [sent.item for sent in over]

    def hear(self, body: bytes) -> Heard | None:
        """Returns the meaning of a reply, None for a message that is not a reply."""
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
        """Returns the result for a broadcast of ours that has been round the daisy chain."""
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
        """Removes and returns the first unanswered message of these kinds."""
        for sent in self._unanswered:
            if isinstance(sent.item.message, kinds) and not isinstance(sent.item.message, but):
                self._unanswered.remove(sent)
                return sent.item
        return None
