"""A camera on the loopback network, and what it was asked to do."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import trio

from drivers.visca.camera.tcp import TcpCamera
from drivers.visca.camera.udp import UdpCamera
from drivers.visca.config import NetworkConfig
from drivers.visca.model.actions import Action
from drivers.visca.model.profile import Position
from tests.virtual_time import real

HOST = "127.0.0.2"  # not 127.0.0.1: a controller may bind its own port on every address


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def deaf_port() -> Iterator[int]:
    """A UDP port on which nobody listens, and that nobody else gets: what comes there is refused at once.

    It is bound by a socket that is connected elsewhere, so the kernel has no receiver for what we send there.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as owner:
        owner.bind((HOST, 0))
        owner.connect((HOST, owner.getsockname()[1]))
        yield int(owner.getsockname()[1])


class Camera:
    def __init__(self, transport: str, allow: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.port = free_port(socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM)
        config = NetworkConfig(transport=transport, listen=f"{HOST}:{self.port}", allow=allow)  # type: ignore[arg-type]
        self.position = Position(0.5, 0.25, 0.0)
        make: Callable[..., TcpCamera | UdpCamera] = TcpCamera if transport == "tcp" else UdpCamera
        self.role = make(config, lambda: self.position)
        self._send, self._receive = trio.open_memory_channel[Action](1000)

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    async def action(self) -> Action:
        with trio.fail_after(real(5)):
            return await self._receive.receive()

    def no_action(self) -> bool:
        return self._receive.statistics().current_buffer_used == 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Camera"]:
        async with trio.open_nursery() as nursery:
            await nursery.start(self.role.run, self._send.send_nowait)
            yield self
            nursery.cancel_scope.cancel()
