"""A whole box on the network: status page, panel, log-in, maintenance and the interface for programs, over HTTPS."""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Final

import h11
import trio
import trio_websocket

from appliance.access.roles import Role
from appliance.access.tokens import All, with_token
from appliance.panel.certificate import Pair
from appliance.run.process import panel
from appliance.run.tables.every import ROOM as TABLES
from appliance.runtime.web.connection import Stream
from appliance.services.pages.access import AccessService
from tests.e2e.world import ROOM, World, a_room
from tests.lan.network import BOX
from tests.runtime.web.client import Answer, read_answer

PATIENCE: Final = 150.0  # seconds, of a clock that tests let jump by a minute
PORT: Final = 8443
HOST: Final = f"{BOX}:{PORT}"
NONE: Final[Mapping[str, str]] = MappingProxyType({})
JSON: Final = {"Content-Type": "application/json"}
BROWSER: Final = {"Accept": "text/html,*/*;q=0.8"}
TOKENS: Final = {role: with_token(All(), role.word, role, None) for role in Role}
ON_THE_LAN: Final = """
listen = "{host}"
{pair}
[access]
view = "{view}"
[api]
[relays.light]
pin = 26
"""


class Lan:
    """The box, and whoever asks it for something from an address of the network."""

    def __init__(self, world: World, tls: ssl.SSLContext | None) -> None:
        self.world = world
        self.tls = tls

    @property
    def access(self) -> AccessService:
        return self.world.appliance.parts.access

    async def password(self) -> str:
        return await self.access.login.renew()

    async def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] = NONE,
        guest: str | None = None,
    ) -> Answer:
        """One exchange. `guest`: the address that it comes from."""
        every = {"Host": HOST, "Content-Length": str(len(body)), "Connection": "close", **headers}
        events = [h11.Request(method=method, target=path, headers=[*every.items()]), h11.Data(data=body)]
        connection = h11.Connection(h11.CLIENT)
        sent = b"".join(connection.send(event) or b"" for event in (*events, h11.EndOfMessage()))
        async with self.open(guest) as stream:
            await stream.send_all(sent)
            return await read_answer(connection, stream)

    async def says(self, said: bytes, guest: str | None = None) -> bytes:
        """Everything that the box answers to these bytes, until it closes."""
        async with self.open(guest) as stream:
            heard = bytearray()
            try:
                await stream.send_all(said)
                while part := await stream.receive_some():
                    heard += part
            except trio.BrokenResourceError:  # it was closed with bytes under way, which is an answer too
                pass
            return bytes(heard)

    async def log_in(self, password: str, guest: str | None = None) -> Answer:
        return await self.ask("/login", "POST", b'{"password": "%s"}' % password.encode(), JSON, guest)

    async def session(self, password: str, guest: str | None = None) -> dict[str, str]:
        """The header of somebody who has logged in."""
        given = await self.log_in(password, guest)
        assert given.status == 200
        return {"Cookie": given.headers["set-cookie"].partition(";")[0]}

    @asynccontextmanager
    async def open(self, guest: str | None = None) -> AsyncIterator[Stream]:
        """A connection, in TLS where the box speaks that; nothing of it is left."""
        with trio.fail_after(PATIENCE):
            stream: Stream = await trio.open_tcp_stream(BOX, PORT, local_address=guest)
            if self.tls is not None:
                assert isinstance(stream, trio.SocketStream)
                stream = trio.SSLStream(stream, self.tls, server_hostname=BOX, https_compatible=True)
            try:
                yield stream
            finally:
                await trio.aclose_forcefully(stream)

    @asynccontextmanager
    async def websocket(
        self, path: str, headers: Mapping[str, str]
    ) -> AsyncIterator[trio_websocket.WebSocketConnection]:
        extra = [(name.encode(), value.encode()) for name, value in headers.items()]
        async with self.open() as stream, trio.open_nursery() as nursery:
            yield await trio_websocket.wrap_client_stream(nursery, stream, HOST, path, extra_headers=extra)
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def a_box(pair: Pair | None, view: str = "login") -> AsyncIterator[Lan]:
    """A box that is linked and idle; with `pair` over HTTPS, without in plain."""
    named = "" if pair is None else f'certificate = "{pair.certificate}"\nkey = "{pair.key}"'
    lines = ON_THE_LAN.format(host=HOST, view=view, pair=named)
    template = ROOM.replace('listen = "127.0.0.1:0"\n', lines)
    async with a_room(template=template, tables=(*TABLES, panel)) as world:
        tokens = tuple(each.tokens[0] for each, _ in TOKENS.values())
        world.appliance.parts.access.tokens.take(tokens)
        yield Lan(world, None if pair is None else trusting(pair))


def trusting(pair: Pair) -> ssl.SSLContext:
    """A client that trusts this certificate alone, whatever name it has: the box is asked for by its address."""
    context = ssl.create_default_context(cafile=str(pair.certificate))
    context.check_hostname = False
    return context


def bearer(role: Role | None) -> dict[str, str]:
    """The header of a program with a role; none for nobody."""
    return {} if role is None else {"Authorization": f"Bearer {TOKENS[role][1]}"}
