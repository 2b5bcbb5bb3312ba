"""What shares a session on the network, and plain clients that come over TCP."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import trio
import trio_websocket

from appliance.config.share import ShareClient, ShareConfig
from appliance.runtime.web.connection import Stream
from appliance.services.programs.network_sharing import NetworkSharingService
from appliance.services.programs.sharing import SharingService
from tests.simulator.client import LARGEST, UNREAD, Client

HOST = "127.0.0.1"
SECRETS = {"admin": "mind the gap", "user": "471100", "read": "1b7f0c5d2e9a4c63"}
CLIENTS = {
    "crestron": ShareClient(role="admin", power=True, password=SECRETS["admin"]),
    "table": ShareClient(role="user", pin=SECRETS["user"], stay=True),
    "board": ShareClient(role="read", token=SECRETS["read"]),
}


class Shares(Protocol):
    """What shares a session."""

    service: SharingService


class OnNetwork:
    """Where programs find the session."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.scope = trio.CancelScope()  # of the service

    @property
    def port(self) -> int:
        return self.ports["listen"]

    @asynccontextmanager
    async def program(self, role: str = "admin", **more: Any) -> AsyncIterator[Client]:
        """A plain client that has authorised."""
        async with self.stranger(**more) as client:
            await client.do("auth", type="secured", credentials=SECRETS[role])
            yield client

    @asynccontextmanager
    async def stranger(self, tls: ssl.SSLContext | None = None, name: str = HOST) -> AsyncIterator[Client]:
        """A plain client. Raises `HandshakeError` where it is refused."""
        url = f"{'wss' if tls else 'ws'}://{HOST}:{self.ports['listen_tls' if tls else 'listen']}/"
        below = await trio.open_tcp_stream(HOST, self.ports["listen_tls" if tls else "listen"])
        stream: Stream = trio.SSLStream(below, tls, server_hostname=name) if tls else below
        refused: list[BaseException] = []
        try:
            async with trio.open_nursery() as nursery:
                yield Client(
                    await trio_websocket.wrap_client_stream(
                        nursery, stream, url, "/", message_queue_size=UNREAD, max_message_size=LARGEST
                    )
                )
                nursery.cancel_scope.cancel()
        except* trio_websocket.HandshakeError as group:
            refused.extend(group.exceptions)
        finally:
            await trio.aclose_forcefully(stream)
        if refused:
            raise refused[0]


async def on_network(box: Shares, nursery: trio.Nursery, **changes: Any) -> OnNetwork:
    """Serves the session on loopback; `changes` of the configuration."""
    network = OnNetwork()
    fields = {"listen": f"{HOST}:0", "allow": ("127.0.0.0/8",), "clients": CLIENTS} | changes
    service = NetworkSharingService(ShareConfig(**fields), box.service, HOST, network.ports.__setitem__)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with network.scope:
            await service.run(task_status=task_status)

    await nursery.start(run)
    return network
