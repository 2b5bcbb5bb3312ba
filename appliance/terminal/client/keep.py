"""A client whose connection is made again whenever it ends, and that tells what happened in one order.

A `Link` holds the connection, as it does in the appliance: back-off between attempts (half a second to half a minute,
with jitter), the token instead of the PIN where there is one, and no fight over the account. Reports wait in one queue.
After each reconnect a `LinkUp` comes first, with everything read anew, because events were missed meanwhile. The same
happens to a program that is too slow for the queue: it gets a `LinkDown`, and a `LinkUp` that makes good for what was
dropped. So whoever follows the reports is never silently wrong.
"""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Self

import trio

from appliance.terminal.background import background
from appliance.terminal.client.client import Client
from appliance.terminal.config import Role, TerminalConfig
from appliance.terminal.discovery import WS_PORT
from appliance.terminal.errors import LinkLost
from appliance.terminal.link import Link
from appliance.terminal.loss import Cause
from appliance.terminal.messages import AnyEvent
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

LIMIT = 1000  # reports that may wait to be read


class KeptClient(Client):
    """A client that is connected again and again; `async for report in client` tells what happens, to one reader.

    Reports are `LinkUp` (with what was read), `LinkDown`, `LinkRefused` (wrong PIN: tried again every 30 s),
    `LinkEvicted`, and between them the terminal's events. Commands raise `LinkLost` while there is no connection, and
    listeners (`events`) end with it each time it goes.
    """

    def __init__(self, config: TerminalConfig, *, http_port: int | None = None, limit: int = LIMIT) -> None:
        """`limit`: how many reports may wait. Raises `ValueError` where the credentials cannot be read."""
        self._link = Link(config, self._take, hear=self.hear)
        super().__init__(config.host, self._link, http_port=http_port)
        self._limit = limit
        self._waiting: deque[Report] = deque()
        self._news = trio.Event()
        self._skipping = False  # the queue was full: events mean nothing before the next LinkUp

    @property
    def connected(self) -> bool:
        """Whether commands can be sent now."""
        return self._link.session is not None

    def reclaim(self) -> None:
        """Takes the terminal back for a person after a `LinkEvicted`, or tries again at once."""
        self._link.reclaim()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Report:
        while not self._waiting:
            self._news = trio.Event()
            await self._news.wait()
        return self._waiting.popleft()

    async def keep(self) -> None:
        """Holds the connection until cancelled; run by `keep_connected`."""
        await self._link.run()

    def _take(self, report: Report) -> None:
        if isinstance(report, LinkUp):
            self._authorised()
        elif isinstance(report, LinkDown | LinkRefused | LinkEvicted):
            self.end(_lost(report))
        else:
            self._take_event(report)
            return
        self._skipping = False
        if len(self._waiting) >= self._limit:
            self._waiting.clear()
        self._queue(report)

    def _authorised(self) -> None:
        reply = self._link.authorised
        if reply is not None:
            self.token = reply.token or self.token
            self._requests.privileges = reply.privileges

    def _take_event(self, event: AnyEvent) -> None:
        if self._skipping:
            return
        if len(self._waiting) < self._limit:
            self._queue(event)
            return
        self._skipping = True
        self._waiting.clear()
        if self._link.session is not None:
            why = f"more than {self._limit} reports waited to be read"
            self._link.session.end(LinkLost(why, Cause.TOO_MANY))

    def _queue(self, report: Report) -> None:
        self._waiting.append(report)
        self._news.set()


def _lost(report: LinkDown | LinkRefused | LinkEvicted) -> LinkLost:
    if isinstance(report, LinkDown):
        return LinkLost(report.reason, report.loss)
    return LinkLost("the terminal took the authorisation back, or refuses it", Cause.EVICTED)


@asynccontextmanager
async def keep_connected(
    host: str,
    *,
    pin: str | None = None,
    password: str | None = None,
    token: str | None = None,
    role: Role | None = None,
    web_port: int = 80,
    ws_port: int = WS_PORT,
    http_port: int | None = None,
    command_timeout: float = 5.0,
    on_takeover: Literal["yield", "reclaim"] = "yield",
    reclaim_after: float = 60.0,
    limit: int = LIMIT,
) -> AsyncIterator[KeptClient]:
    """Opens a client of the terminal at `host` that connects, and connects again, for as long as the context lasts.

    The arguments are those of `connect`; it returns at once, connected or not. Where another controller takes the
    account over, it waits for `reclaim` (`on_takeover="yield"`) or takes the terminal back by itself after
    `reclaim_after` seconds, at most three times an hour. At most `limit` reports may wait to be read.
    Raises `ValueError` for wrong arguments.
    """
    config = TerminalConfig(
        host=host,
        web_port=web_port,
        ws_port=ws_port,
        pin=pin,
        password=password,
        token=token,
        role=role,
        command_timeout=command_timeout,
        on_takeover=on_takeover,
        reclaim_after=reclaim_after,
    )
    client = KeptClient(config, http_port=http_port, limit=limit)
    async with background() as nursery:
        nursery.start_soon(client.keep)
        yield client
