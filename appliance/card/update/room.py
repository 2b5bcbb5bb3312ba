"""What the firmware says of the room, at its socket: a line at each change, and the end when it ends."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Final

import msgspec
import trio

from appliance.card.update.verdict import Health

SOCKET: Final = Path("/run/offhook/health.sock")
LONGEST: Final = 64 * 1024  # bytes of a line
AGAIN: Final = 2.0  # seconds until the next attempt while the firmware does not run; nothing tells when it will


async def healths(socket: Path = SOCKET) -> AsyncGenerator[Health | None, None]:
    """Yields how the room is, now and at each change, for ever; None while the firmware does not run."""
    down = False
    while True:
        async with aclosing(_until_it_ends(socket)) as told:
            async for health in told:
                down = False
                yield health
        if not down:
            down = True
            yield None
        await trio.sleep(AGAIN)


async def _until_it_ends(socket: Path) -> AsyncGenerator[Health, None]:
    with suppress(OSError, trio.BrokenResourceError):
        async with await trio.open_unix_socket(str(socket)) as stream:
            text = b""
            while len(text) < LONGEST and (part := await stream.receive_some(LONGEST)):
                *lines, text = (text + bytes(part)).split(b"\n")
                if lines and (health := _read(lines[-1])) is not None:  # the latest is what counts
                    yield health


def _read(line: bytes) -> Health | None:
    try:
        return msgspec.json.decode(line, type=Health)
    except msgspec.MsgspecError:
        return None


async def nudge(socket: Path = SOCKET) -> None:
    """Has the firmware look at the file of the update service, where it runs."""
    with suppress(OSError, trio.BrokenResourceError), trio.move_on_after(AGAIN):
        async with await trio.open_unix_socket(str(socket)) as stream:
            await stream.receive_some(LONGEST)
            await stream.send_all(b"\n")
            await stream.send_eof()
            while await stream.receive_some(LONGEST):
                pass


async def now(socket: Path = SOCKET) -> Health | None:
    """Returns how the room is; None where the firmware does not run or does not answer."""
    with trio.move_on_after(AGAIN):
        async with aclosing(healths(socket)) as told:
            async for health in told:
                return health
    return None


async def until_quiet(within: float, socket: Path = SOCKET) -> bool:
    """Waits until nobody is in a call; a box whose firmware does not run has no call. False after `within` seconds."""
    with trio.move_on_after(within):
        async with aclosing(healths(socket)) as told:
            async for health in told:
                if health is None or not health.busy:
                    return True
    return False
