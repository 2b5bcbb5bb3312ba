"""The way of programs' commands to the terminal: behind what the room itself sends, and never too many at once.

A program's frame is not read before its command has a place: whoever sends faster than the terminal answers is slowed
down by its own socket, and programs take turns. Half of the requests that may be under way are left to the room.

Replies are handed back where they arrive. The task that tells who waits in vain does not wait for each of them, which
would cost a command more than all the rest here: it sleeps until the oldest is overdue, and then looks.
"""

from collections.abc import Callable
from typing import Final, Protocol

import trio

from appliance.terminal.errors import LinkLost, TerminalError
from appliance.terminal.loss import Cause
from appliance.terminal.messages import ReplyFrame, Untyped
from appliance.terminal.pending_reply import PendingReply

PLACES: Final = 32
"""Commands of programs that may be under way at once."""

NO_LINK: Final = "no link to the terminal"
"""What a program hears while there is none."""


class Carrier(Protocol):
    """What sends commands: the appliance's `Link`."""

    @property
    def writable(self) -> bool:
        """Whether `post_now` may be called."""
        ...

    async def until_writable(self, *, behind: bool = False) -> None:
        """Waits until `post_now` may be called; `behind` everybody else who waits for that."""
        ...

    def post_now(
        self, command: Untyped, *, urgent: bool = False, taken: Callable[[ReplyFrame], None] | None = None
    ) -> PendingReply:
        """Sends a command; `taken` is called when its reply arrives, before what comes after it."""
        ...


class Upstream:
    """Sends programs' commands over a carrier, and hands back the replies in the order in which they arrive."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._places = trio.Semaphore(PLACES)
        self._under_way: dict[_Call, PendingReply] = {}  # the oldest first
        self._any = trio.Event()
        self._losses = 0  # of the link

    def link_lost(self) -> None:
        """Refuses what is under way and what waits to be sent: it was meant for the session that has ended."""
        self._losses += 1
        for call in list(self._under_way):
            call.fail(_lost())

    async def send(
        self, command: Untyped, answered: Callable[[ReplyFrame], None], failed: Callable[[str], None]
    ) -> None:
        """Sends a command as soon as it is its turn; one of the two is called afterwards, once.

        It is never sent over another session than the one that there was when it came.
        """
        losses = self._losses
        await self._place()
        call = _Call(answered, failed, self._end)
        try:
            if not self._carrier.writable:
                await self._carrier.until_writable(behind=True)
            if losses != self._losses:
                call.fail(_lost())
                return
            self._under_way[call] = self._carrier.post_now(command, taken=call.answer)
        except TerminalError as error:
            call.fail(error)
        except BaseException:  # the program has gone while it waited
            self._places.release()
            raise
        self._any.set()

    async def _place(self) -> None:
        """Waits for a place; takes one that is free without letting others go first."""
        try:
            self._places.acquire_nowait()
        except trio.WouldBlock:
            await self._places.acquire()

    async def ask(self, command: Untyped) -> ReplyFrame | None:
        """Sends a command of our own and returns its reply; None where none comes."""
        replies: list[ReplyFrame] = []
        over = trio.Event()

        def answered(reply: ReplyFrame) -> None:
            replies.append(reply)
            over.set()

        await self.send(command, answered, lambda _why: over.set())
        await over.wait()
        return replies[0] if replies else None

    async def run(self) -> None:
        """Tells who waits for a reply that none comes, until cancelled; run once.

        It looks at the oldest command only: no other can be overdue before it.
        """
        while True:
            while self._under_way:
                call, pending = next(iter(self._under_way.items()))
                await trio.sleep_until(pending.due)
                if call in self._under_way:
                    await self._give_up(call, pending)
            self._any = trio.Event()
            await self._any.wait()

    async def _give_up(self, call: "_Call", pending: PendingReply) -> None:
        """Tells that there is no reply; waits for it where its time has been put off meanwhile."""
        try:
            await pending.frame()
        except TerminalError as error:
            call.fail(error)
        self._under_way.pop(call, None)

    def _end(self, call: "_Call") -> None:
        self._under_way.pop(call, None)
        self._places.release()


class _Call:
    """One command under way."""

    def __init__(
        self,
        answered: Callable[[ReplyFrame], None],
        failed: Callable[[str], None],
        end: Callable[["_Call"], None],
    ) -> None:
        self._answered = answered
        self._failed = failed
        self._end = end
        self._over = False

    def answer(self, reply: ReplyFrame) -> None:
        if not self._over:
            self._over = True
            self._end(self)
            self._answered(reply)

    def fail(self, error: TerminalError) -> None:
        if not self._over:
            self._over = True
            self._end(self)
            self._failed(NO_LINK if isinstance(error, LinkLost) else str(error))


def _lost() -> LinkLost:
    return LinkLost(NO_LINK, Cause.ENDED)
