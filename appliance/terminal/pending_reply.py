"""The reply to a command that has been sent."""

import math
from collections.abc import Callable
from typing import TypeVar

import trio

from appliance.terminal.errors import Refused, Timeout, UnexpectedReply
from appliance.terminal.messages import Command, ProtocolError, Reply, ReplyFrame, Untyped, reply_as
from appliance.terminal.messages.leniency import Note
from appliance.terminal.replies import Awaited, Replies

R = TypeVar("R", bound=Reply)


class PendingReply:
    """The reply to a command that has been sent; its time limit counts from then, see `Replies.overdue`."""

    __slots__ = ("_awaited", "_command", "_note", "_overdue", "_replies")

    def __init__(
        self,
        command: Command | Untyped,
        awaited: Awaited,
        replies: Replies,
        overdue: Callable[[Timeout, float], None],
        note: Note,
    ) -> None:
        """`overdue` is called when no reply came, with when the command was sent (monotonic seconds).

        `note` hears of each value in the reply that cannot be read.
        """
        self._note = note
        self._overdue = overdue
        self._command = command
        self._awaited = awaited
        self._replies = replies

    @property
    def arrived(self) -> bool:
        """Whether waiting would return at once."""
        return self._awaited.arrived.is_set()

    @property
    def due(self) -> float:
        """When it is overdue, as far as is known now (monotonic seconds)."""
        return self._replies.overdue(self._awaited)

    async def frame(self) -> ReplyFrame:
        """Waits for the reply and returns it as it came, refused or not; raises `Timeout` or `LinkLost`."""
        await self._arrive()
        if self._awaited.frame is not None:
            return self._awaited.frame
        if self._awaited.lost is not None:
            raise self._awaited.lost.again()
        self._replies.give_up(self._awaited, trio.current_time())
        missing = Timeout(self._command.method, self._awaited.timeout)
        self._overdue(missing, self._awaited.sent)
        raise missing

    async def _arrive(self) -> None:
        """Waits for the reply, until it is overdue."""
        until = -math.inf
        while (overdue := self._replies.overdue(self._awaited)) > until:
            until = overdue
            with trio.CancelScope(deadline=until):
                await self._awaited.arrived.wait()
                return

    async def wait(self) -> Reply:
        """Returns the reply, of the command's `reply` type; raises as `frame` does, `Refused` or `UnexpectedReply`."""
        return await self.wait_as(self._command.reply)

    async def wait_as(self, kind: type[R]) -> R:
        """Returns the reply as `kind`; see `wait`."""
        frame = await self.frame()
        if not frame.result:
            raise Refused(self._command.method, frame.error)
        try:
            return reply_as(kind, frame, self._note)
        except ProtocolError as error:
            raise UnexpectedReply(f"reply to {self._command.method}: {error}") from error
