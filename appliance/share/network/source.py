"""The terminal's HTTP server: where it is, and a token for it. Programs hear of neither."""

import math
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import msgspec
import trio

from appliance.terminal.messages import ProtocolError, Reply, ReplyFrame, Untyped, reply_as
from appliance.terminal.messages.calls import AppStateReply, GetAppState
from appliance.terminal.messages.security import GetHttpToken, HttpTokenReply
from appliance.terminal.pictures import RENEW_BEFORE, TOKEN_LIFE

_R = TypeVar("_R", bound=Reply)

Ask = Callable[[Untyped], Awaitable[ReplyFrame | None]]
"""Sends the terminal a command, and returns its reply; None where none comes."""

GOOD_FOR: Final = TOKEN_LIFE - RENEW_BEFORE  # seconds


class NoSource(Exception):
    """The terminal's HTTP server cannot be used now; the message says why, and names no address."""


class Place(msgspec.Struct, frozen=True):
    """Where the server is, and a token; `repr` shows neither."""

    host: str
    port: int
    token: str

    def __repr__(self) -> str:
        return "Place()"


class Source:
    """Asks for both at the first request, and again when they may be good no longer."""

    def __init__(self, host: str, ask: Ask) -> None:
        """`host`: the terminal's."""
        self._host = host
        self._ask = ask
        self._known: Place | None = None
        self._ends = -math.inf  # trio's clock
        self._asking = trio.Lock()

    async def place(self) -> Place:
        """Returns both. Raises `NoSource`."""
        async with self._asking:
            if self._known is None or trio.current_time() >= self._ends:
                port, token = await self._port(), await self._token()
                self._known = Place(self._host, port, token)
                self._ends = trio.current_time() + GOOD_FOR
            return self._known

    def forget(self, place: Place) -> None:
        """Has both asked for again: what was said to be there did not do."""
        if self._known is place:
            self._known = None

    async def _port(self) -> int:
        port = (await self._asked(GetAppState.method, AppStateReply)).embedded_http_port
        if not port:
            raise NoSource("the terminal's HTTP server does not run")
        return port

    async def _token(self) -> str:
        return (await self._asked(GetHttpToken.method, HttpTokenReply)).token

    async def _asked(self, method: str, kind: type[_R]) -> _R:
        reply = await self._ask(Untyped(method))
        if reply is None:
            raise NoSource("the terminal does not answer")
        try:
            return reply_as(kind, reply)
        except ProtocolError:
            raise NoSource("the terminal gives no token for its pictures and files") from None
