"""One client's WebSocket connection."""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
import trio
import trio_websocket

from appliance.simulator.accounts import Session
from appliance.simulator.faults import Faults, FaultyStream

log = structlog.get_logger()

HANDSHAKE_TIME = 10.0  # seconds
BACKLOG = 10_000  # frames that may wait for a slow client before the connection is given up

_encode = msgspec.json.Encoder().encode


class Connection:
    """Reads frames to `heard`, in order; writes what `send` is given. The client may disappear at any time."""

    def __init__(self, faults: Faults) -> None:
        self.session = Session()
        self._faults = faults
        self._outgoing, self._to_send = trio.open_memory_channel[str | bytes](BACKLOG)
        self._scope = trio.CancelScope()

    def send(self, message: dict[str, Any]) -> None:
        """Queues a JSON object as a text frame."""
        self.send_raw(_encode(message).decode())

    def reply(self, message: dict[str, Any]) -> None:
        """Queues a reply, as often as the faults say."""
        for _ in range(self._faults.copies):
            self.send(message)

    def send_raw(self, frame: str | bytes) -> None:
        """Queues a frame as it is; a client that reads nothing for too long loses its connection."""
        try:
            self._outgoing.send_nowait(frame)
        except trio.WouldBlock:
            log.warning("simulator_client_too_slow", waiting=BACKLOG)
            self.drop()

    def drop(self) -> None:
        """The connection is gone, without a close frame."""
        self._scope.cancel()

    async def serve(self, stream: trio.abc.Stream, heard: "Callable[[Connection, str | bytes], None]") -> None:
        """Talks to the client until either side is gone."""
        try:
            with self._scope:
                await self._talk(FaultyStream(stream, self._faults), heard)
        finally:
            await trio.aclose_forcefully(stream)

    async def _talk(self, stream: trio.abc.Stream, heard: "Callable[[Connection, str | bytes], None]") -> None:
        async with trio.open_nursery() as nursery:
            try:
                websocket = await _accept(nursery, stream)
                nursery.start_soon(self._write, websocket)
                while True:
                    heard(self, await websocket.get_message())
            except (trio_websocket.ConnectionClosed, trio.TooSlowError):
                nursery.cancel_scope.cancel()

    async def _write(self, websocket: trio_websocket.WebSocketConnection) -> None:
        async for frame in self._to_send:
            try:
                await websocket.send_message(frame)
            except trio_websocket.ConnectionClosed:
                return


async def _accept(nursery: trio.Nursery, stream: trio.abc.Stream) -> trio_websocket.WebSocketConnection:
    with trio.CancelScope() as handshake:
        handshake.deadline = trio.current_time() + HANDSHAKE_TIME
        request = await trio_websocket.wrap_server_stream(nursery, stream)
        handshake.deadline = math.inf
        return await request.accept()
    raise trio.TooSlowError
