"""One webhook: tells a web server what happens in the room, one message after the other, over one connection.

How it works: an event that the hook wants goes into its queue (`hooks.waiting`), which costs a press nothing. One task
takes the events out in order and sends each until it is taken, refused, or stale; so what is sent later never overtakes
what happened before, and a receiver that hangs holds up nobody else. After `PATIENCE` seconds of failure the hook
counts as offline, with the reason, until a message is taken. A receiver that says that it is gone is left alone until
the service starts again.

No address is refused for being in the house: the receiver is written into `room.toml` by whoever maintains the box, and
is mostly there. What could be turned against the house is not done: redirects are not followed, and nothing of an
answer is shown to anybody but its status.
"""

import random
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Never

import msgspec
import structlog
import trio

from appliance.hooks.config import HookConfig
from appliance.hooks.message import CONTENT_TYPE, Sender, body
from appliance.hooks.plan import NO_CLOCK, WITHIN, Verdict, asked, backoff, verdict
from appliance.hooks.signature import Keys, headers
from appliance.hooks.standing import GONE, NO_TIME, Standing
from appliance.hooks.waiting import Entry, Waiting
from appliance.room.happened import Event
from appliance.runtime.fetch import FetchError
from appliance.runtime.kept_connection import KeptConnection, kept_connection
from appliance.runtime.proxy import way
from appliance.services.programs.happenings import Happenings
from appliance.terminal.config import place

log = structlog.get_logger()


class Here(NamedTuple):
    """What the service needs of this room: `events`, `clock` (the time of day, if known), who tells, and `report`.

    `report` is told why the hook does not work, and "" when it works again.
    """

    events: Happenings
    clock: Callable[[], datetime | None]
    sender: Sender
    report: Callable[[str], None]


class WebhookService:
    """Keeps one hook told."""

    def __init__(self, name: str, config: HookConfig, here: Here, rng: random.Random | None = None) -> None:
        """`name`: of the hook, for the log. `rng` is for the jitter of the waits."""
        self._config = config
        self._here = here
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._waiting = Waiting()
        self._news = trio.lowlevel.ParkingLot()
        self._backoff = backoff()
        self._standing = Standing(here.report, log.bind(hook=name))

    async def run(self, *, task_status: trio.TaskStatus[None]) -> Never:
        """Tells it until cancelled. Raises `CredentialsError`, `Unusable`, `Unreadable`, `FetchError` and `OSError`."""
        config = self._config
        keys, url = config.keys(), config.address()
        found = await trio.to_thread.run_sync(way)
        found = msgspec.structs.replace(found, authorities=None if config.ca is None else place(config.ca))
        self._standing.begin()
        async with kept_connection(url, found, plain=config.plain) as receiver:
            with self._here.events.told_to(self._put):
                task_status.started()
                while await self._deliver(receiver, keys, await self._next()):
                    pass
        self._standing.gone(GONE)
        await trio.sleep_forever()

    def _put(self, event: Event) -> None:
        if self._config.wants(event.kind, event.name):
            self._waiting.put(event, trio.current_time())
            self._news.unpark_all()

    async def _next(self) -> Entry:
        while (entry := self._waiting.next(trio.current_time())) is None:
            await self._news.park()
        return entry

    async def _deliver(self, receiver: KeptConnection, keys: Keys, entry: Entry) -> bool:
        """Sends an event until it is done with; returns whether the receiver may be told of others."""
        became = Verdict.AGAIN
        with trio.move_on_at(entry.until):
            while became is Verdict.AGAIN:
                became, wait = await self._try(receiver, keys, entry)
                await trio.sleep(wait)
        if became is not Verdict.TAKEN:
            self._waiting.given_up()
        return became is not Verdict.GONE

    async def _try(self, receiver: KeptConnection, keys: Keys, entry: Entry) -> tuple[Verdict, float]:
        """Sends it once; returns what became of it, and how many seconds to wait."""
        time, told = self._here.clock(), self._waiting.lost
        if time is None:
            self._standing.failed(NO_TIME, trio.current_time())
            return Verdict.AGAIN, NO_CLOCK
        content = body(entry, told, self._here.sender)
        signed = headers(keys, entry.event.id, int(time.timestamp()), content)
        try:
            answer = await receiver.post(content, {"Content-Type": CONTENT_TYPE, **signed}, within=WITHIN)
        except FetchError as error:
            return self._failed(str(error), 0.0)
        became = verdict(answer.status)
        if became is Verdict.AGAIN:
            return self._failed(f"{receiver.where}: it answers {answer.status}", asked(answer.headers, time))
        self._answered(became, answer.status, told)
        return became, 0.0

    def _failed(self, reason: str, asked_for: float) -> tuple[Verdict, float]:
        self._standing.failed(reason, trio.current_time())
        return Verdict.AGAIN, max(self._backoff.next(self._rng), asked_for)

    def _answered(self, became: Verdict, status: int, told: int) -> None:
        """The receiver has judged the event, so that it is there."""
        self._backoff.reset()
        if became is Verdict.TAKEN:
            self._waiting.taken(told)
            self._standing.well()
        elif became is Verdict.REFUSED:
            self._standing.failed(f"it refuses events: it answers {status}", trio.current_time())
