"""Programs that follow a room, over real sockets."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import h11
import msgspec
import trio

from appliance.api.about import ROOT
from tests.runtime.web.client import Address


class Told(msgspec.Struct, frozen=True):
    """An item; a sign of life has neither kind nor id."""

    kind: str = ""
    id: str = ""
    data: Any = None


class Follower:
    """Reads server-sent events."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self.stream = stream
        self.status = 0
        self.headers: dict[str, str] = {}
        self._h11 = h11.Connection(h11.CLIENT)
        self._text = ""

    async def ask(self, address: Address, headers: Mapping[str, str], query: str = "") -> None:
        every = [("Host", f"127.0.0.1:{address[1]}"), *headers.items()]
        request = h11.Request(method="GET", target=f"{ROOT}/events{query}", headers=every)
        await self.stream.send_all((self._h11.send(request) or b"") + (self._h11.send(h11.EndOfMessage()) or b""))
        head = await self._event()
        assert isinstance(head, h11.Response)
        self.status = head.status_code
        self.headers = {name.decode(): value.decode() for name, value in head.headers}

    async def told(self) -> Told:
        """The next item, or sign of life."""
        while "\n\n" not in self._text:
            part = await self._event()
            assert isinstance(part, h11.Data)
            self._text += bytes(part.data).decode()
        block, _, self._text = self._text.partition("\n\n")
        if block == ":":
            return Told()
        if block.startswith("retry: "):
            return await self.told()
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        return Told(fields["event"], fields["id"], json.loads(fields["data"]))

    async def ends(self) -> bool:
        """Whether the answer is over, and well."""
        return isinstance(await self._event(), h11.EndOfMessage)

    async def _event(self) -> object:
        while (event := self._h11.next_event()) is h11.NEED_DATA:
            self._h11.receive_data(bytes(await self.stream.receive_some()))
        return event


@asynccontextmanager
async def follower(
    address: Address, headers: Mapping[str, str] | None = None, query: str = ""
) -> AsyncIterator[Follower]:
    """A program that follows."""
    async with await trio.open_tcp_stream(*address) as stream:
        follows = Follower(stream)
        await follows.ask(address, headers or {}, query)
        yield follows
