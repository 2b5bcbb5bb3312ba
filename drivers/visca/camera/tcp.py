"""The camera role over TCP: VISCA frames on a stream (usual port 5678)."""

import math
from collections.abc import Callable
from functools import partial

import structlog
import trio

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain
from drivers.visca.camera.role import LOOK_AGAIN, NetworkCamera
from drivers.visca.config import endpoint
from drivers.visca.line.keepalive import keep_alive
from drivers.visca.model.actions import Action

log = structlog.get_logger()

MAX_CONNECTIONS = 5
"""Connections at a time; one more replaces the one that has been silent for longest, and is not moving the camera."""
SEND_WITHIN = 0.2
"""Seconds for replies to be taken; a controller that reads more slowly is disconnected."""
_AT_ONCE = 1024


class _Connection:
    """One controller's connection."""

    def __init__(self, camera: Camera | Chain) -> None:
        self.camera = camera
        self.scope = trio.CancelScope()
        self.heard_at = trio.current_time()


class TcpCamera(NetworkCamera):
    """The camera that controllers on the network see; `run` reports their actions. Run it once at a time.

    What a controller set moving stops when its connection ends, or is found dead.
    """

    _connections: list[_Connection]  # of the current `run`

    async def run(
        self, emit: Callable[[Action], None], *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Calls `emit`, in the event loop, for everything that controllers ask of the camera, until cancelled.

        `emit` must not block; what it raises ends `run`. It is called before the controller is answered.
        DeviceMissing: nothing can listen there.
        """
        self._connections = []
        listeners = await self._listen()
        log.info("visca_ready", transport="tcp", listen=listeners[0].socket.getsockname()[:2])
        async with trio.open_nursery() as nursery:
            task_status.started()
            await trio.serve_listeners(partial(self._connected, emit), listeners, handler_nursery=nursery)

    async def _listen(self) -> list[trio.SocketListener]:
        address, port = endpoint(self._config.listen)
        try:
            return await trio.open_tcp_listeners(port, host=str(address), backlog=128)
        except OSError as error:
            raise self._not_listening(error) from error

    async def _connected(self, emit: Callable[[Action], None], stream: trio.SocketStream) -> None:
        async with stream:
            try:
                if self._welcome(stream):
                    await self._attend(stream, emit)
            except (OSError, trio.BrokenResourceError) as error:
                log.info("controller_lost", listen=self._config.listen, reason=str(error.__cause__ or error))

    def _welcome(self, stream: trio.SocketStream) -> bool:
        host = str(stream.socket.getpeername()[0])
        if not self._allows(host):
            return False
        keep_alive(stream)
        return True

    async def _attend(self, stream: trio.SocketStream, emit: Callable[[Action], None]) -> None:
        connection = _Connection(self._camera())
        self._make_room()
        self._connections.append(connection)
        try:
            with connection.scope:
                await self._serve(connection, stream, emit)
        finally:
            self._connections.remove(connection)
            for action in connection.camera.leave():
                emit(action)

    def _make_room(self) -> None:
        staying = [connection for connection in self._connections if not connection.scope.cancel_called]
        if len(staying) >= MAX_CONNECTIONS:
            min(staying, key=lambda connection: (connection.camera.is_driven, connection.heard_at)).scope.cancel()

    async def _serve(self, connection: _Connection, stream: trio.SocketStream, emit: Callable[[Action], None]) -> None:
        camera = connection.camera
        while (data := await self._receive(camera, stream)) != b"":
            replies = b""
            if data:
                connection.heard_at = trio.current_time()
                replies, actions = camera.feed(data)
                for action in actions:
                    emit(action)
            replies += camera.check() if camera.under_way else b""
            if replies and not await _sent(stream, replies):
                log.warning("controller_reads_no_replies", listen=self._config.listen)
                return

    async def _receive(self, camera: Camera | Chain, stream: trio.SocketStream) -> bytes | None:
        """Returns received bytes, b"" at the end of the stream, None when it is time to check a move."""
        with trio.move_on_at(trio.current_time() + LOOK_AGAIN if camera.under_way else math.inf):
            return bytes(await stream.receive_some(_AT_ONCE))
        return None


async def _sent(stream: trio.SocketStream, replies: bytes) -> bool:
    with trio.move_on_after(SEND_WITHIN):
        await stream.send_all(replies)
        return True
    return False
