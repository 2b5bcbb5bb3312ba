"""Sending a typed command and reading its typed reply, over whatever holds the connection."""

from typing import Any, Protocol, TypeVar

import msgspec

from appliance.terminal.client import permissions
from appliance.terminal.errors import Refused
from appliance.terminal.messages import Command, Reply, ReplyFrame, Untyped, extra_fields, reply_as
from appliance.terminal.messages.account import AuthReply
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.pending_reply import PendingReply

R = TypeVar("R", bound=Reply)


class Carrier(Protocol):
    """What sends commands: a `Session`, or the appliance's `Link`."""

    async def post(self, command: Command | Untyped) -> PendingReply:
        """Sends a command; its reply comes later."""
        ...


class Answer(msgspec.Struct, frozen=True):
    """A reply as received, refused or not."""

    command: Command | Untyped
    frame: ReplyFrame

    @property
    def reply(self) -> Reply:
        """Returns the typed reply; raises `ProtocolError` when it cannot be read."""
        return reply_as(self.command.reply, self.frame)

    @property
    def extra(self) -> dict[str, Any]:
        """Returns the fields that the type of the reply does not know."""
        return extra_fields(self.command.reply, self.frame.raw)


class Requests:
    """Commands over one carrier, for one account; `privileges` None where the account is not known."""

    def __init__(self, carrier: Carrier, privileges: Privileges | None = None) -> None:
        self.privileges = privileges
        self._carrier = carrier

    async def ask(self, command: Command, kind: type[R]) -> R:
        """Sends a command and returns its reply as `kind`."""
        permissions.check(command, self.privileges)
        reply = await self._in_either_spelling(command, kind)
        if isinstance(reply, AuthReply) and reply.privileges is not None:
            self.privileges = reply.privileges
        return reply

    async def send(self, command: Command | Untyped) -> Answer:
        """Sends a command and returns its reply as it came."""
        permissions.check(command, self.privileges)
        return Answer(command, await (await self._carrier.post(command)).frame())

    async def _in_either_spelling(self, command: Command, kind: type[R]) -> R:
        try:
            return await (await self._carrier.post(command)).wait_as(kind)
        except Refused as refused:
            if not command.or_method:
                raise
            other = Untyped(command.or_method, msgspec.to_builtins(command))
            try:
                return await (await self._carrier.post(other)).wait_as(kind)
            except Refused:
                raise refused from None
