"""What was decided about the room's bookings at its door, kept in a file: it outlives a restart of the appliance."""

from pathlib import Path

import trio

from appliance.room.local_events.meetings import BookingsRemembered
from appliance.room.meetings.bookings import Bookings
from appliance.services.state_files import read, write
from appliance.services.store import RoomStore

FILE = "bookings.json"


class BookingService:
    """Keeps `bookings` of the room in a file below `folder`; without a folder they last as long as the process."""

    def __init__(self, folder: Path | None, store: RoomStore) -> None:
        self._path = folder / FILE if folder else None
        self._store = store

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads the file, then writes every change, until cancelled; raises `OSError`, and can be run again."""
        if self._path is None:
            task_status.started()
            await trio.sleep_forever()
        saved = await trio.to_thread.run_sync(read, self._path, Bookings)
        self._store.apply(BookingsRemembered(saved))
        task_status.started()
        while True:
            state = self._store.state
            if state.bookings != saved:
                await trio.to_thread.run_sync(write, self._path, state.bookings)
                saved = state.bookings
            else:
                await self._store.followed.newer_than(state)
