"""What the terminal's own HTTP server has: fetched with a token that the link asks for, bounded in time and size."""

import math

import trio

from appliance.terminal import http
from appliance.terminal.http import HttpError
from appliance.terminal.link import Link
from appliance.terminal.messages.calls import AppStateReply, GetAppState
from appliance.terminal.messages.security import GetHttpToken, HttpTokenReply
from appliance.terminal.pictures import RENEW_BEFORE, TOKEN_LIFE, Kind, target

GOOD_FOR = TOKEN_LIFE - RENEW_BEFORE  # seconds for which a token is used


class Served:
    """Fetches from the terminal at `host`; where its server is, and a token, are asked for when they are needed."""

    def __init__(self, host: str, link: Link) -> None:
        self._host = host
        self._link = link
        self._asking = trio.Lock()
        self._place: tuple[int, str] | None = None  # port and token
        self._good_until = -math.inf
        self._by_query: bool | None = None  # which form of address the terminal takes; None: not known yet

    async def fetch(self, kind: Kind, name: str, *, within: float, largest: int) -> bytes:
        """Returns what is there, of at most `largest` bytes. Raises `HttpError`, `TerminalError`."""
        port, token = await self._where()
        status = 0
        for by_query in (False, True) if self._by_query is None else (self._by_query,):
            address = target(kind, name, token, by_query=by_query)
            response = await http.get(self._host, port, address, within=within, largest_body=largest)
            if response.status == 200:
                self._by_query = by_query
                return response.body
            status = response.status
        self._place = None if status in {401, 403} else self._place
        raise HttpError(f"the terminal has nothing there: HTTP {status}")

    async def _where(self) -> tuple[int, str]:
        async with self._asking:
            if self._place is None or trio.current_time() >= self._good_until:
                state, token = await self._link.request(GetAppState()), await self._link.request(GetHttpToken())
                if not isinstance(state, AppStateReply) or not isinstance(token, HttpTokenReply):
                    raise HttpError("the terminal left out where its files are")
                if not state.embedded_http_port:
                    raise HttpError("the terminal runs without its HTTP server")
                self._place = state.embedded_http_port, token.token
                self._good_until = trio.current_time() + GOOD_FOR
            return self._place
