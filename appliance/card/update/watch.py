"""Watches the firmware until it has worked for long enough, or has been given long enough to."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Final

import trio

from appliance.card.update import room
from appliance.card.update.verdict import Health
from appliance.language.text import NOTHING, Text
from appliance.runtime.followed import Followed

PATIENCE: Final = 600.0  # seconds in which it has to begin to work: a link is tried again every half a minute
PROBE: Final = 30.0  # seconds until the next look at what nobody tells of, such as whether the terminal answers
CONNECT: Final = 5.0  # seconds that it may take to answer

Judge = Callable[[Health | None], Awaitable[Text]]
"""Says what is wrong with what the firmware says of itself; None: it does not run."""


async def judged(socket: Path, hold: float, judge: Judge) -> Text:
    """Returns nothing as soon as nothing has been wrong for `hold` seconds without a break.

    Else what is wrong once `PATIENCE` is over; whoever works then is given the time to go on doing so.
    """
    health: Followed[Health | None] = Followed(None)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_follow, socket, health)
        why = await _watched(health, hold, judge)
        nursery.cancel_scope.cancel()
    return why


async def _watched(health: Followed[Health | None], hold: float, judge: Judge) -> Text:
    over = trio.current_time() + PATIENCE
    since: float | None = None
    while True:
        seen = health.value
        why, now = await judge(seen), trio.current_time()
        since = None if why else now if since is None else since
        if since is not None and now >= since + hold:
            return NOTHING
        if since is None and now >= over:
            return why
        ends = over if since is None else since + hold
        with trio.move_on_at(min(ends, now + PROBE)):
            await health.newer_than(seen)


async def _follow(socket: Path, health: Followed[Health | None]) -> None:
    async with aclosing(room.healths(socket)) as told:
        async for each in told:
            health.value = each


async def listens(host: str, port: int) -> bool:
    """Returns whether something listens at an address."""
    with trio.move_on_after(CONNECT):
        try:
            await (await trio.open_tcp_stream(host, port)).aclose()
        except OSError:
            return False
        return True
    return False
