"""Keeps the room's calendar: looks now and then, with jitter, and knows what it said last while it is out of reach."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import structlog
import trio

from appliance.calendar.config import CalendarConfig
from appliance.calendar.reading import CalendarError, read
from appliance.calendar.source import Place, Told, ask
from appliance.room.local_events.meetings import CalendarIs
from appliance.room.meetings.calendar import Calendar, Entry
from appliance.runtime import atomic
from appliance.runtime.backoff import Backoff
from appliance.runtime.fetch import FetchError
from appliance.runtime.proxy import way
from appliance.services.store import RoomStore
from appliance.terminal.config import place

log = structlog.get_logger()

NAME: Final = "calendar"
FILE: Final = "calendar.json"
DAY: Final = 86_400.0
BEHIND, AHEAD = DAY, 8 * DAY  # seconds around now that are read: today and tomorrow, and a week without the server
READ_AGAIN: Final = DAY / 2  # seconds after which what has not changed is read again, for other days
FOR_CLOCK: Final = 30.0  # seconds between two looks for the time of day, while it is not known
JITTER: Final = 0.2  # of the time between two looks: a house full of rooms does not ask at once


class CalendarService:
    """Follows one calendar, and gives it to the room."""

    def __init__(
        self,
        config: CalendarConfig,
        store: RoomStore,
        clock: Callable[[], datetime | None],
        folder: Path | None,
        rng: random.Random | None = None,
    ) -> None:
        """`clock`: the local time, None while it is not known. `folder`: where it is kept over a restart, if at all."""
        self._config = config
        self._store = store
        self._clock = clock
        self._path = None if folder is None else folder / FILE
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._told = Told(())
        self._read_at = 0.0  # Unix seconds; of what the days are that were read
        self._failed = ""

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Looks until cancelled. Raises `CredentialsError`, `Unusable`, `Unreadable` and `OSError`."""
        config = self._config
        found = await trio.to_thread.run_sync(way)
        found = msgspec.structs.replace(found, authorities=None if config.ca is None else place(config.ca))
        where = Place(config.address(), config.kind == "caldav", config.login(), found)
        await self._remember()
        task_status.started()
        every = config.refresh * 60.0
        backoff = Backoff(first=min(30.0, every), longest=every)
        while True:
            time = self._clock()
            if time is None:
                await trio.sleep(FOR_CLOCK)
            elif await self._looked(where, time.timestamp()):
                backoff.reset()
                await trio.sleep(every * self._rng.uniform(1 - JITTER, 1 + JITTER))
            else:
                await trio.sleep(backoff.next(self._rng))

    async def _looked(self, where: Place, now: float) -> bool:
        """Looks once; returns whether it went well."""
        try:
            await self._look(where, now)
        except (FetchError, CalendarError) as error:
            self._fail(str(error))
            return False
        if self._failed:
            self._failed = ""
            log.info("calendar_back")
        self._store.service_is(NAME, online=True)
        return True

    async def _look(self, where: Place, now: float) -> None:
        told = await ask(where, self._told.mark, now - BEHIND, now + AHEAD)
        fresh = told is not None and told.contents != self._told.contents
        if fresh or now - self._read_at > READ_AGAIN:
            contents = self._told.contents if told is None else told.contents
            entries = await read(contents, now - BEHIND, now + AHEAD)
            self._read_at = now
        else:
            entries = self._entries()
        self._told = self._told if told is None else told
        await self._tell(Calendar(entries=self._shown(entries), at=now))

    def _entries(self) -> tuple[Entry, ...]:
        known = self._store.state.calendar
        return () if known is None else known.entries

    def _shown(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        if self._config.titles:
            return tuple(entries)
        return tuple(msgspec.structs.replace(each, title="", owner="") for each in entries)

    async def _tell(self, calendar: Calendar) -> None:
        known = self._store.state.calendar
        same = known is not None and known.entries == calendar.entries
        self._store.apply(CalendarIs(calendar))
        if not same and self._path is not None:
            await trio.to_thread.run_sync(atomic.write, self._path, msgspec.json.encode(calendar))

    def _fail(self, reason: str) -> None:
        if reason != self._failed:
            self._failed = reason
            log.warning("calendar_failed", reason=reason)
        self._store.service_is(NAME, online=False)

    async def _remember(self) -> None:
        """Gives the room what the calendar said before this start, until it has been asked."""
        content = None if self._path is None else await trio.to_thread.run_sync(atomic.content_of, self._path)
        if content is None or self._store.state.calendar is not None:
            return
        try:
            self._store.apply(CalendarIs(msgspec.json.decode(content, type=Calendar)))
        except msgspec.MsgspecError as error:
            log.warning("calendar_not_remembered", reason=str(error))
