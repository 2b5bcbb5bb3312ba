"""trio-websocket's connection, with the shortest way in and out.

trio-websocket sends through a lock and a task that may have to wait, and hands received messages to another task
through a channel. Each of these passes of the scheduler costs more than everything else that happens to a press or an
event. Here a frame goes to the socket in the call that made it (`send_now`) as long as the socket takes it, and a
message is taken in the reader's own task (`hand_over`). What the socket does not take is kept, goes first, and holds
back everything after it. There is no lock for that: two tasks that hand one to each other would both find it taken,
for ever.

This is the one module that uses private attributes of trio-websocket: `pyproject.toml` names the versions that it was
written for, and importing it fails where one of the attributes is gone.
"""

import inspect
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Never

import trio
from trio.socket import SocketType
from trio_websocket import ConnectionClosed, WebSocketConnection, WebSocketRequest
from wsproto import ConnectionType, WSConnection
from wsproto.events import BytesMessage, Event, Ping, Pong, TextMessage

Take = Callable[[str | bytes], Awaitable[None]]
"""Takes a message in the reader's task: what it does delays the next message."""

TURN: Final = 0.001
"""Seconds for which messages are taken without a turn for everybody else."""

USED: Final = frozenset(
    {
        "_close_reason",
        "_max_message_size",
        "_message_parts",
        "_message_size",
        "_open_handshake",
        "_recv_channel",
        "_send_channel",
        "_stream",
        "_wsproto",
    }
)
"""Attributes of a connection that are used here."""

METHODS: Final = (
    *(
        "_abort_web_socket",
        "_get_request",
        "_handle_message_event",
        "_handle_ping_event",
        "_handle_pong_event",
        "_reader_task",
        "_send",
    ),
)
"""Methods that are called or replaced here."""


def _refuse_other_versions() -> None:
    """Raises ImportError where trio-websocket is not built as this module expects."""
    set_there = WebSocketConnection.__init__.__code__.co_names
    missing = [name for name in sorted(USED) if name not in set_there]
    missing += [name for name in METHODS if not inspect.iscoroutinefunction(getattr(WebSocketConnection, name, None))]
    if missing:
        raise ImportError(f"trio-websocket lacks {', '.join(missing)}: expected one of the versions in pyproject.toml")


_refuse_other_versions()


class DirectConnection(WebSocketConnection):
    """A connection over a stream, of a client or of a server. It is read by trio-websocket's own reader task."""

    def __init__(
        self,
        stream: trio.abc.Stream,
        socket: SocketType | None,
        *,
        host: str | None,
        largest: int,
        receive_buffer_size: int,
    ) -> None:
        """`socket` is the stream's; without one, `until_writable` sends everything. `largest`: bytes of a message.

        `host`: whom a client connects to; None for a server.
        """
        super().__init__(
            stream,
            WSConnection(ConnectionType.SERVER if host is None else ConnectionType.CLIENT),
            host=host,
            path=None if host is None else "/",
            max_message_size=largest,
            receive_buffer_size=receive_buffer_size,
        )
        self._socket = socket
        self._rest = bytearray()  # of frames, of which the first may have been sent in part
        self._senders = 0  # tasks in `until_writable`
        self._writing = False  # one of them does
        self._turns = trio.lowlevel.ParkingLot()  # of the others
        self._take: Take | None = None
        self._failure: Exception | None = None
        self._turn = 0.0
        self.between = _nothing
        """Called when something arrived that is no part of a message: a ping, or a pong."""

    async def read(self) -> None:
        """Shakes hands, and reads until the connection ends."""
        await self._reader_task()

    async def asked(self) -> WebSocketRequest:
        """Returns what a client asks a server for, which accepts or rejects it."""
        return await self._get_request()

    async def opened(self) -> None:
        """Waits until hands have been shaken. Where they are not, `read` raises."""
        await self._open_handshake.wait()

    @property
    def writable(self) -> bool:
        """Whether `send_now` may be called: nothing is left over."""
        return not self._rest

    @property
    def is_cut_off(self) -> bool:
        """Whether a frame has been sent in part, and nobody is there who sends the rest."""
        return bool(self._rest) and not self._senders

    def send_now(self, text: str) -> None:
        """Sends a message, of which a part may be left over for `until_writable`; to be called only while `writable`.

        Another one may follow in the same step of the loop all the same: it waits behind what is left over.

        ConnectionClosed: the connection is closed, or being closed. OSError: it broke.
        """
        if self._close_reason:
            raise ConnectionClosed(self._close_reason)
        self._rest += self._wsproto.send(TextMessage(data=text))
        if self._socket is not None and not self._senders:
            with suppress(BlockingIOError):
                del self._rest[: os.write(self._socket.fileno(), self._rest)]

    async def until_writable(self) -> None:
        """Sends what is left over, or waits until others have. ConnectionClosed: the connection broke.

        One of those who wait writes; when it is cancelled, another goes on where it was.
        """
        self._senders += 1
        try:
            while self._rest:
                await (self._turns.park() if self._writing else self._write())
        finally:
            self._senders -= 1

    async def hand_over(self, take: Take) -> Never:
        """Has each message taken in the reader's task, until the connection ends; raises `ConnectionClosed` then.

        What `take` raises is raised here, and ends the connection's messages.
        """
        while (waiting := self._waiting()) is not None:
            await take(waiting)
        self._take = take
        try:
            await self.get_message()
        except ConnectionClosed:
            if self._failure is None:
                raise
        raise self._failure or ConnectionClosed(self._close_reason)

    def _waiting(self) -> str | bytes | None:
        try:
            return self._recv_channel.receive_nowait()
        except trio.WouldBlock:
            return None
        except (trio.ClosedResourceError, trio.EndOfChannel):
            raise ConnectionClosed(self._close_reason) from None

    async def _send(self, event: Event) -> None:
        """Sends an event as trio-websocket does, after what is left over."""
        self._rest += self._wsproto.send(event)
        await self.until_writable()

    async def _write(self) -> None:
        """Writes what is left over, and what is added meanwhile."""
        self._writing = True
        try:
            while self._rest:
                del self._rest[: await self._written()]
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError):
            await self._abort_web_socket()
            raise ConnectionClosed(self._close_reason) from None
        finally:
            self._writing = False
            self._turns.unpark_all()

    async def _written(self) -> int:
        """Writes some of what is left over; returns how many bytes.

        Where there is a socket not with the stream's `send_all`: cancelled, that does not tell how much of a frame it
        has sent.
        """
        if self._socket is not None:
            return await self._socket.send(self._rest)
        data = bytes(self._rest)
        await self._stream.send_all(data)
        return len(data)

    async def _handle_message_event(self, event: BytesMessage | TextMessage) -> None:
        """Takes a message that is whole; parts of one, and one that is too long, are trio-websocket's business."""
        too_long = self._message_size + len(event.data) > self._max_message_size
        if self._take is None or self._failure or too_long or not event.message_finished:
            await super()._handle_message_event(event)
            return
        parts, self._message_parts, self._message_size = [*self._message_parts, event.data], [], 0
        try:
            await self._take(_joined(parts))
        except Exception as error:  # raised again by `hand_over`
            self._failure = error
            await self._send_channel.aclose()
        await self._give_others_a_turn()

    async def _handle_ping_event(self, event: Ping) -> None:
        self._note_control()
        await super()._handle_ping_event(event)

    async def _handle_pong_event(self, event: Pong) -> None:
        self._note_control()
        await super()._handle_pong_event(event)

    def _note_control(self) -> None:
        if not self._message_parts:
            self.between()

    async def _give_others_a_turn(self) -> None:
        """Many messages may have arrived at once, and those who press buttons are not to wait for all of them."""
        if trio.current_time() >= self._turn:
            await trio.lowlevel.checkpoint()
            self._turn = trio.current_time() + TURN


def _nothing() -> None:
    """Does nothing."""


def _joined(parts: list[str | bytes | bytearray]) -> str | bytes:
    """Returns a message out of its parts, which are all texts or all bytes."""
    if isinstance(parts[0], str):
        return "".join(part for part in parts if isinstance(part, str))
    return b"".join(part for part in parts if not isinstance(part, str))
