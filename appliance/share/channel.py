"""A program's WebSocket connection, over any stream.

Frames for it go to the socket in the call that puts them, and its own are taken where they are read: to hand them from
task to task would take longer than all the rest. A task writes what a socket did not take at once.
"""

import math
from contextlib import suppress
from typing import Final, Never
from urllib.parse import parse_qs, urlsplit

import structlog
import trio
import trio_websocket
from wsproto.utilities import LocalProtocolError

from appliance.runtime.web.begun import Begun
from appliance.share.program import Program
from appliance.share.sharing import Sharing
from appliance.terminal.direct import DirectConnection

log = structlog.get_logger()

HANDSHAKE: Final = 10.0  # seconds
AUTHORISING: Final = 30.0  # seconds; who is not authorised then is disconnected
CLOSING: Final = 2.0  # seconds for the closing handshake, and as long for what waits before it
LONGEST: Final = 2**20  # bytes of a command
RECEIVE: Final = 16 * 2**10  # bytes read at once
GOING_AWAY: Final = 1001  # the status of a connection that we end (RFC 6455, section 7.4.1)
LONGEST_REASON: Final = 120  # bytes
STAY: Final = "stay"  # in the query of the address: 1 to stay connected over a lost link

CLOSED: Final = "it has closed the connection"

_GONE = (
    trio_websocket.ConnectionClosed,
    trio_websocket.HandshakeError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
    LocalProtocolError,
)


async def serve(stream: trio.abc.Stream, program: Program, sharing: Sharing) -> None:
    """Serves a program until either side is gone; refuses it where there is no link, as a terminal that is off."""
    try:
        with suppress(trio.TooSlowError, *_GONE):
            await _serve(stream, program, sharing)
    finally:
        await trio.aclose_forcefully(stream)


async def _serve(stream: trio.abc.Stream, program: Program, sharing: Sharing) -> None:
    raised: Exception | None = None
    async with trio.open_nursery() as nursery:
        try:
            websocket = await _accept(nursery, stream, program, sharing)
            if websocket is not None:
                await _talk(nursery, websocket, program, sharing)
        except Exception as error:
            raised = error  # raised again outside of the nursery, in no group
        nursery.cancel_scope.cancel()
    if raised is not None:
        raise raised


class _Outlet:
    """The way to a program over its connection."""

    def __init__(self, websocket: DirectConnection, program: Program) -> None:
        self._websocket = websocket
        self._program = program

    @property
    def free(self) -> bool:
        return self._websocket.writable

    def send(self, frame: bytes) -> None:
        try:
            self._websocket.send_now(frame.decode())
        except (OSError, *_GONE):
            self._program.drop(CLOSED)


async def _accept(
    nursery: trio.Nursery, stream: trio.abc.Stream, program: Program, sharing: Sharing
) -> DirectConnection | None:
    socket = stream.socket if isinstance(stream, trio.SocketStream | Begun) else None
    websocket = DirectConnection(stream, socket, host=None, largest=LONGEST, receive_buffer_size=RECEIVE)
    with trio.fail_after(HANDSHAKE) as handshake:
        nursery.start_soon(websocket.read)
        request = await websocket.asked()
        handshake.deadline = math.inf
        if not sharing.up:
            await request.reject(503)
            return None
        program.stays = _asks_to_stay(request.path)
        await request.accept()
        return websocket


def _asks_to_stay(target: str) -> bool:
    """Returns whether the address that a program connects to says so: by that any WebSocket client can say it."""
    try:
        return parse_qs(urlsplit(target).query, max_num_fields=16).get(STAY) == ["1"]
    except ValueError:
        return False


async def _talk(nursery: trio.Nursery, websocket: DirectConnection, program: Program, sharing: Sharing) -> None:
    program.outlet = _Outlet(websocket, program)
    sharing.join(program)
    try:
        nursery.start_soon(_read, websocket, program, sharing)
        nursery.start_soon(_watch, nursery.cancel_scope, program)
        await _write(websocket, program)
    finally:
        sharing.leave(program, program.ends or CLOSED)


async def _read(websocket: DirectConnection, program: Program, sharing: Sharing) -> None:
    async def take(frame: str | bytes) -> None:
        if program.ends is None:
            await sharing.take(program, frame)

    try:
        await websocket.hand_over(take)
    except _GONE:
        program.end(CLOSED)


async def _write(websocket: DirectConnection, program: Program) -> None:
    while await program.busy():
        await websocket.until_writable()
        program.go_on()
    with trio.move_on_after(CLOSING):
        await websocket.aclose(GOING_AWAY, (program.ends or "")[:LONGEST_REASON])


async def _watch(scope: trio.CancelScope, program: Program) -> Never:
    """Ends the connection of who does not authorise in time, or does not take in time what is left for it."""
    with trio.move_on_after(AUTHORISING):
        await program.over.wait()
    if program.grant is None and program.ends is None:
        program.drop("it has not authorised")
    await program.over.wait()
    with trio.move_on_after(2 * CLOSING):
        await program.cut.wait()
    scope.cancel()
    await trio.sleep_forever()
