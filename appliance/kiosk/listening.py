"""The kiosk's side of the conversation with the box: the latest word of it, None while it is down."""

import random
from typing import Never

import msgspec
import structlog
import trio
import trio_websocket

from appliance.kiosk.told import PATH, SILENCE, Told
from appliance.runtime.backoff import Backoff
from appliance.runtime.followed import Followed

HANDSHAKE = 5.0  # seconds
LONGEST = 16 * 2**10  # bytes of a message

log = structlog.get_logger()


async def listen(box: str, told: Followed[Told | None], rng: random.Random) -> Never:
    """Keeps `told` at what the box (HOST:PORT) says, for ever; None as soon as it says nothing."""
    backoff = Backoff(first=0.3, longest=3.0)  # it is one machine, and somebody waits for a picture
    host, _, port = box.rpartition(":")
    while True:
        try:
            async with await trio.open_tcp_stream(host, int(port)) as stream, trio.open_nursery() as nursery:
                await _hear(nursery, stream, box, told, backoff)
                nursery.cancel_scope.cancel()
        except OSError as error:
            log.debug("box_unreachable", reason=str(error))
        if told.value is not None:
            log.warning("box_silent")
            told.value = None
        await trio.sleep(backoff.next(rng))


async def _hear(
    nursery: trio.Nursery, stream: trio.SocketStream, box: str, told: Followed[Told | None], backoff: Backoff
) -> None:
    """Returns once the box has nothing to say any more, or makes no sense."""
    try:
        with trio.fail_after(HANDSHAKE):
            connection = await trio_websocket.wrap_client_stream(
                nursery, stream, box, PATH, message_queue_size=2, max_message_size=LONGEST
            )
        while True:
            with trio.fail_after(SILENCE):
                told.value = msgspec.json.decode(await connection.get_message(), type=Told)
            backoff.reset()
    except (trio.TooSlowError, trio_websocket.HandshakeError, trio_websocket.ConnectionClosed, msgspec.MsgspecError):
        return
