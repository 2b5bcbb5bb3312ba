"""The terminal's ids of our presets, kept in a file: not every terminal lets us name them, so that it could tell us.

They outlive a restart of the appliance; which of them the terminal still has shows its list after each connect.
"""

from pathlib import Path

import trio

from appliance.room.local_events.camera import PresetsRemembered
from appliance.services.state_files import read, write
from appliance.services.store import RoomStore
from drivers.visca.model.stored_positions import Number

FILE = "terminal-presets.json"


class TerminalPresetService:
    """Keeps `presets_kept` of the room in a file below `folder`; without a folder it lasts as long as the process."""

    def __init__(self, folder: Path | None, store: RoomStore) -> None:
        self._path = folder / FILE if folder else None
        self._store = store

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads the file, then writes every change, until cancelled; raises `OSError`, and can be run again."""
        if self._path is None:
            task_status.started()
            await trio.sleep_forever()
        saved = await trio.to_thread.run_sync(read, self._path, dict[Number, str])
        self._store.apply(PresetsRemembered(saved))
        task_status.started()
        while True:
            state = self._store.state
            if state.presets_kept != saved:
                await trio.to_thread.run_sync(write, self._path, state.presets_kept)
                saved = dict(state.presets_kept)
            else:
                await self._store.followed.newer_than(state)
