"""The terminal's ids of our presets outlive the appliance."""

from pathlib import Path

import msgspec
import trio
import trio.testing

from appliance.room.local_events.camera import PresetStored
from appliance.services.cameras.terminal_presets import FILE, TerminalPresetService
from appliance.services.store import RoomStore
from tests.some import some
from tests.virtual_time import real


async def run(folder: Path | None, *events: PresetStored, kept: dict[int, str]) -> RoomStore:
    """A store whose ids are kept while the events come; returns once the file says `kept`, or the room does."""
    store = RoomStore()
    service = TerminalPresetService(folder, store)
    with trio.fail_after(real(5)):
        async with trio.open_nursery() as nursery:
            await nursery.start(lambda task_status: service.run(task_status=task_status))
            for event in events:
                store.apply(event)
            while store.state.presets_kept != kept or (folder and _file(folder) != kept):
                await trio.testing.wait_all_tasks_blocked()
            nursery.cancel_scope.cancel()
    return store


def _file(folder: Path) -> dict[int, str]:
    path = folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=dict[int, str]) if path.exists() else {}


async def test_what_the_terminal_has_told_is_there_after_a_restart(tmp_path: Path) -> None:
    await run(tmp_path, PresetStored(3, "1700000000000"), PresetStored(4, "1700000000001"), kept=BOTH)
    store = await run(tmp_path, kept=BOTH)
    assert store.state.presets is None  # which of them the terminal still has, it has not said yet
    await run(tmp_path, PresetStored(4, "17"), kept={**BOTH, 4: "17"})


BOTH = {3: "1700000000000", 4: "1700000000001"}


async def test_a_file_that_cannot_be_understood_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"300":"1"}')
    await run(tmp_path, PresetStored(3, "1"), kept={3: "1"})
    assert (tmp_path / "terminal-presets.bad").read_text() == '{"300":"1"}'


async def test_without_a_folder_they_last_as_long_as_the_process() -> None:
    store = await run(None, PresetStored(3, "1"), kept={3: "1"})
    assert some(store.state.presets) == {3: "1"}
