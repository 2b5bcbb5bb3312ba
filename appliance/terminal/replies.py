"""Which reply belongs to which request: by `requestId`, or by method in order where the terminal does not echo it.

A request that timed out may still be answered. Where ids are echoed such a reply is known by its id; where they are
not, the abandoned request takes the next reply of its method, so that a later request does not get it.

A message may take long to arrive, an address book over a slow line, and no reply can come before its end. The time of
such a message does not count for the requests that are open, whether anybody waits for their replies yet or not; and
while its parts come, no reply is overdue.
"""

import itertools
from collections.abc import Callable
from enum import StrEnum

import trio

from appliance.terminal.connection import Hearing
from appliance.terminal.errors import Busy, LinkLost
from appliance.terminal.messages import ReplyFrame

LIMIT = 64  # requests that may wait at once
RESERVED = 16  # more of them where hanging up or stopping is what is asked
ABSORB = 30.0  # seconds for which a request still takes a late reply, abandoned or not waited for yet
NOTICED = 0.05  # seconds; a message that takes less puts nothing off
MOST_WAITED = 120.0
"""Seconds for a reply at most, however much arrives meanwhile: an address book of 5 MiB at half a megabit a second."""

# requests whose reply may name another method, as the manual prints them; in lower case
ANSWERED_AS = {
    "acceptinvitationtopodium": "acceptinvintationtopodium",
    "acceptinvintationtopodium": "acceptinvitationtopodium",
    "renamegroup": "removegroup",
    "sendgroupmessage": "sendmessage",
}


class Oddity(StrEnum):
    """A reply that nobody waits for."""

    LATE = "late_reply"  # its request timed out before
    SECOND = "second_reply"  # its request was answered before
    STRAY = "stray_reply"  # there was no such request


class Awaited:
    """A request that was sent; `arrived` is set when `frame` or `lost` is.

    `taken`: is called with the reply as it arrives, before anything that comes after it.
    """

    __slots__ = (
        "arrived",
        "deadline",
        "frame",
        "given_up",
        "id",
        "lost",
        "method",
        "overtaken",
        "sent",
        "taken",
        "timeout",
    )

    def __init__(self, request_id: str, method: str, sent: float, timeout: float) -> None:
        self.id = request_id
        self.method = method
        self.sent = sent
        self.timeout = timeout
        self.deadline = sent + timeout
        self.arrived = trio.Event()
        self.frame: ReplyFrame | None = None
        self.lost: LinkLost | None = None
        self.given_up = False
        self.overtaken = False  # a reply to its method came and was taken for a late one
        self.taken: Callable[[ReplyFrame], None] | None = None


class Replies:
    """The requests of one connection that have no reply yet, oldest first. Times are trio's (seconds)."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._open: dict[str, Awaited] = {}
        self._ids = itertools.count(1)
        self._last = 0
        self.took: Callable[[float], None] | None = None  # hears how long each reply took (seconds)

    def expect(self, method: str, *, now: float, timeout: float, urgent: bool = False) -> Awaited:
        """Registers a request that is about to be sent, with `timeout` in seconds; raises `Busy` when too many wait.

        A few places are left for what is `urgent`: a terminal that answers nothing can still be told to hang up.
        """
        self._drop_expired(now)
        if (
            sum(not awaited.given_up and now <= self.overdue(awaited) for awaited in self._open.values())
            >= LIMIT + RESERVED * urgent
        ):
            raise Busy(f"{LIMIT} requests wait for their reply; {method} was not sent")
        self._last = next(self._ids)
        awaited = Awaited(str(self._last), method.lower(), now, timeout)
        self._open[awaited.id] = awaited
        return awaited

    def overdue(self, awaited: Awaited) -> float:
        """Returns when a reply is overdue, as far as is known now."""
        if not self._hearing.in_a_message:
            return awaited.deadline
        return max(awaited.deadline, min(self._hearing.any + awaited.timeout, awaited.sent + MOST_WAITED))

    def held_up(self, began: float, ended: float) -> None:
        """Puts off all deadlines by the time that a message took, if that was long."""
        if ended - began < NOTICED:
            return
        for awaited in self._open.values():
            later = min(awaited.deadline + ended - max(began, awaited.sent), awaited.sent + MOST_WAITED)
            awaited.deadline = max(awaited.deadline, later)

    def arrive(self, frame: ReplyFrame, now: float) -> Oddity | None:
        """Hands a reply to its request; returns the oddity when nobody waits for it."""
        self._drop_expired(now)
        awaited = self._open.get(frame.request_id) if frame.request_id else self._oldest(frame.method.lower())
        if awaited is None:
            return Oddity.SECOND if self._was_used(frame.request_id) else Oddity.STRAY
        del self._open[awaited.id]
        if awaited.given_up:
            self._mark_overtaken(frame)
            return Oddity.LATE
        awaited.frame = frame
        awaited.arrived.set()
        if self.took is not None:
            self.took(now - awaited.sent)
        if awaited.taken is not None:
            awaited.taken(frame)
        return None

    def give_up(self, awaited: Awaited, now: float) -> None:
        """Abandons a request that nobody waits for any more; it stays a while for its late reply.

        It does not stay when a reply was taken for an older one's in the meantime: that may have been its own, and
        it would take the next request's for good.
        """
        if awaited.overtaken:
            self.forget(awaited)
        awaited.given_up = True
        awaited.deadline = now + ABSORB

    def forget(self, awaited: Awaited) -> None:
        """Removes a request that was not sent."""
        self._open.pop(awaited.id, None)

    def lose(self, why: LinkLost) -> None:
        """Ends all waits: no reply will come any more."""
        for awaited in self._open.values():
            awaited.lost = why
            awaited.arrived.set()
        self._open.clear()

    def _oldest(self, method: str) -> Awaited | None:
        same = (awaited for awaited in self._open.values() if awaited.method == method)
        other = (awaited for awaited in self._open.values() if ANSWERED_AS.get(awaited.method) == method)
        return next(same, None) or next(other, None)

    def _was_used(self, request_id: str) -> bool:
        return request_id.isdecimal() and len(request_id) < 20 and 0 < int(request_id) <= self._last

    def _mark_overtaken(self, frame: ReplyFrame) -> None:
        if not frame.request_id and (waiting := self._oldest(frame.method.lower())):
            waiting.overtaken = True

    def _drop_expired(self, now: float) -> None:
        for awaited in list(self._open.values()):
            late = now - self.overdue(awaited)
            if late > (0.0 if awaited.given_up else ABSORB):  # else posted, and nobody came for the reply
                self.forget(awaited)
