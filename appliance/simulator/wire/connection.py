"""One client's WebSocket connection."""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
import trio
import trio_websocket
from wsproto.events import TextMessage

from appliance.simulator.model.common.session import Session
from appliance.simulator.wire.faults import Faults, FaultyStream

log = structlog.get_logger()

HANDSHAKE_TIME = 10.0  # seconds
FRAGMENT = 16  # characters of a fragment
REORDER_TIME = 0.05  # seconds in which replies gather that change places
BACKLOG = 10_000  # frames that may wait for a slow client before the connection is given up

_encode = msgspec.json.Encoder().encode


class Connection:
    """Reads frames to `heard`, in order; writes what `send` is given. The client may disappear at any time."""

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
        for _ in range(self._faults.copies):
            self.send_raw(_encode(message).decode(), is_reply=True)

    def send_raw(self, frame: str | bytes, *, is_reply: bool = False) -> None:
        """Queues a frame as it is; a client that reads nothing for too long loses its connection."""
        try:
            self._outgoing.send_nowait((frame, is_reply))
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
        async for first in self._to_send:
            frames = [first[0]]
            if self._faults.reordering:
                await trio.sleep(REORDER_TIME)
                frames = _last_reply_first([first, *self._waiting()])
            try:
                for frame in frames:
                    await self._send(websocket, frame)
            except trio_websocket.ConnectionClosed:
                return

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
    """Replies change places among themselves; events stay where they are."""
    replies = [frame for frame, is_reply in frames if is_reply]
    return [replies.pop() if is_reply else frame for frame, is_reply in frames]


async def _accept(nursery: trio.Nursery, stream: trio.abc.Stream) -> trio_websocket.WebSocketConnection:
    with trio.CancelScope() as handshake:
        handshake.deadline = trio.current_time() + HANDSHAKE_TIME
        request = await trio_websocket.wrap_server_stream(nursery, stream)
        handshake.deadline = math.inf
        return await request.accept()
    raise trio.TooSlowError
