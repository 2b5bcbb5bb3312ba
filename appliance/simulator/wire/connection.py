"""One client's WebSocket connection.

Two tasks serve it: one reads frames and hands them over in their order, one writes what has been queued. The queue is
bounded: a client that reads nothing for so long that it is full loses its connection. Faults are applied where
replies and frames leave.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
import trio
import trio_websocket
from wsproto.events import TextMessage
from wsproto.utilities import LocalProtocolError

from appliance.simulator.model.common.session import Session
from appliance.simulator.wire.faults import Faults, FaultyStream

log = structlog.get_logger()

HANDSHAKE_TIME = 10.0  # seconds until a client that only connects is given up
FRAGMENT = 16  # characters of a fragment
REORDER_TIME = 0.05  # seconds for replies to gather before they change places
BACKLOG = 10_000  # frames that may wait for a slow client before the connection is given up

_encode = msgspec.json.Encoder().encode


class Connection:
    """One connection and its session. The client may disappear at any time."""

    def __init__(self, faults: Faults) -> None:
        self.session = Session()
        self._faults = faults
        self._outgoing, self._to_send = trio.open_memory_channel[tuple[str | bytes, bool]](BACKLOG)
        self._scope = trio.CancelScope()

    def send(self, message: dict[str, Any]) -> None:
        """Queues a JSON object as a text frame."""
        self.send_raw(_encode(message).decode())

    def reply(self, message: dict[str, Any]) -> None:
        """Queues a reply, as often as the faults say."""
        for _ in range(self._faults.copies(str(message.get("method", "")))):
            self.send_raw(_encode(message).decode(), is_reply=True)

    def send_raw(self, frame: str | bytes, *, is_reply: bool = False) -> None:
        """Queues a frame as it is; drops the connection if the queue is full."""
        try:
            self._outgoing.send_nowait((frame, is_reply))
        except trio.WouldBlock:
            log.warning("simulator_client_too_slow", waiting=BACKLOG)
            self.drop()

    def drop(self) -> None:
        """Drops the connection, without a close frame."""
        self._scope.cancel()

    async def serve(self, stream: trio.abc.Stream, heard: "Callable[[Connection, str | bytes], None]") -> None:
        """Serves the client until either side is gone; `heard` is called with every frame."""
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
        async for first in self._to_send:
            frames = [first[0]]
            if self._faults.reordering:
                await trio.sleep(REORDER_TIME)
                frames = _last_reply_first([first, *self._waiting()])
            try:
                for frame in frames:
                    await self._send(websocket, frame)
            except (trio_websocket.ConnectionClosed, LocalProtocolError):
                return  # the latter where the client has closed the connection between two fragments

    async def _send(self, websocket: trio_websocket.WebSocketConnection, frame: str | bytes) -> None:
        if not (self._faults.fragmenting and isinstance(frame, str)):
            await websocket.send_message(frame)
            return
        for start in range(0, len(frame), FRAGMENT):
            last = start + FRAGMENT >= len(frame)
            piece = TextMessage(frame[start : start + FRAGMENT], message_finished=last)
            await websocket._send(piece)  # noqa: SLF001  # the public API sends whole messages only

    def _waiting(self) -> list[tuple[str | bytes, bool]]:
        waiting = []
        while True:
            try:
                waiting.append(self._to_send.receive_nowait())
            except trio.WouldBlock:
                return waiting


def _last_reply_first(frames: list[tuple[str | bytes, bool]]) -> list[str | bytes]:
    """Returns the frames with the replies among them in reverse order; events keep their places."""
    replies = [frame for frame, is_reply in frames if is_reply]
    return [replies.pop() if is_reply else frame for frame, is_reply in frames]


async def _accept(nursery: trio.Nursery, stream: trio.abc.Stream) -> trio_websocket.WebSocketConnection:
    with trio.CancelScope() as handshake:
        handshake.deadline = trio.current_time() + HANDSHAKE_TIME
        request = await trio_websocket.wrap_server_stream(nursery, stream)
        handshake.deadline = math.inf
        return await request.accept()
    raise trio.TooSlowError
