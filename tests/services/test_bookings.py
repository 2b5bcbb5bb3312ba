"""What was decided at the door outlives the appliance."""

from pathlib import Path

import msgspec
import trio
import trio.testing

from appliance.room.local_events.meetings import BookingsAre
from appliance.room.meetings.bookings import NOTHING_DECIDED, Bookings, LocalBooking, Mark
from appliance.services.bookings import FILE, BookingService
from appliance.services.store import RoomStore
from tests.virtual_time import real

DECIDED = Bookings((LocalBooking(100.0, 200.0),), (Mark("\\c\\1", 300.0, confirmed=True, until=400.0),))


async def run(folder: Path | None, *events: BookingsAre, kept: Bookings) -> RoomStore:
    """A store whose bookings are kept while the events come; returns once room and file say `kept`."""
    store = RoomStore()
    with trio.fail_after(real(5)):
        async with trio.open_nursery() as nursery:
            service = BookingService(folder, store)
            await nursery.start(lambda task_status: service.run(task_status=task_status))
            for event in events:
                store.apply(event)
            while store.state.bookings != kept or (folder and _file(folder) != kept):
                await trio.testing.wait_all_tasks_blocked()
            nursery.cancel_scope.cancel()
    return store


def _file(folder: Path) -> Bookings:
    path = folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=Bookings) if path.exists() else NOTHING_DECIDED


async def test_they_are_there_after_a_restart(tmp_path: Path) -> None:
    await run(tmp_path, BookingsAre(DECIDED), kept=DECIDED)
    await run(tmp_path, kept=DECIDED)
    await run(tmp_path, BookingsAre(NOTHING_DECIDED), kept=NOTHING_DECIDED)


async def test_a_file_that_cannot_be_understood_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"local":[[1]]}')
    await run(tmp_path, BookingsAre(DECIDED), kept=DECIDED)
    assert (tmp_path / "bookings.bad").read_text() == '{"local":[[1]]}'


async def test_without_a_folder_they_last_as_long_as_the_process() -> None:
    await run(None, BookingsAre(DECIDED), kept=DECIDED)
