"""A program's WebSocket connection, over any stream."""

import math
from contextlib import suppress
from typing import Final, Never
from urllib.parse import parse_qs, urlsplit

import structlog
import trio
import trio_websocket
from wsproto.utilities import LocalProtocolError

from appliance.share.program import Program
from appliance.share.sharing import Sharing

log = structlog.get_logger()

HANDSHAKE: Final = 10.0  # seconds
AUTHORISING: Final = 30.0  # seconds; who is not authorised then is disconnected
CLOSING: Final = 2.0  # seconds for the closing handshake, and as long for what waits before it
LONGEST: Final = 2**20  # bytes of a command
GOING_AWAY: Final = 1001  # the status of a connection that we end (RFC 6455, section 7.4.1)
LONGEST_REASON: Final = 120  # bytes
STAY: Final = "stay"  # in the query of the address: 1 to stay connected over a lost link

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


async def _accept(
    nursery: trio.Nursery, stream: trio.abc.Stream, program: Program, sharing: Sharing
) -> trio_websocket.WebSocketConnection | None:
    with trio.fail_after(HANDSHAKE) as handshake:
        request = await trio_websocket.wrap_server_stream(
            nursery, stream, max_message_size=LONGEST, message_queue_size=1
        )
        handshake.deadline = math.inf
        if not sharing.up:
            await request.reject(503)
            return None
        program.stays = _asks_to_stay(request.path)
        return await request.accept()


def _asks_to_stay(target: str) -> bool:
    """Returns whether the address that a program connects to says so: by that any WebSocket client can say it."""
    try:
        return parse_qs(urlsplit(target).query, max_num_fields=16).get(STAY) == ["1"]
    except ValueError:
        return False


async def _talk(
    nursery: trio.Nursery, websocket: trio_websocket.WebSocketConnection, program: Program, sharing: Sharing
) -> None:
    sharing.join(program)
    try:
        nursery.start_soon(_read, websocket, program, sharing)
        nursery.start_soon(_watch, nursery.cancel_scope, program)
        await _write(websocket, program)
    finally:
        why = program.ends or "it has closed the connection"
        sharing.leave(program)
        log.info("program_gone", program=str(program), where=program.where, reason=why)


async def _read(websocket: trio_websocket.WebSocketConnection, program: Program, sharing: Sharing) -> None:
    try:
        while program.ends is None:
            await sharing.take(program, await websocket.get_message())
    except _GONE:
        program.end("it has closed the connection")


async def _write(websocket: trio_websocket.WebSocketConnection, program: Program) -> None:
    while (frame := await program.next()) is not None:
        await websocket.send_message(frame.decode())
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
