"""Stored positions of the room's camera, kept in a file so that they survive a restart."""

from collections.abc import Callable
from pathlib import Path

import structlog
import trio

from appliance.runtime.followed import Followed
from appliance.services.state_files import read, write
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Number, Places, Presets

log = structlog.get_logger()

FILE = "presets.json"


class PresetService:
    """Keeps `presets` in a file below `folder`; without a folder they last as long as the process."""

    def __init__(
        self,
        folder: Path | None,
        name: str = FILE,
        *,
        asked: Callable[[int, bool], None] = lambda _number, _there: None,
    ) -> None:
        """`name`: of the file; each camera has one of its own. `asked`: see `Presets`."""
        self._path = folder / name if folder else None
        self._places: Followed[Places] = Followed({})
        self._saved = self._places.value
        self._loaded = False
        self.presets = Presets(self._changed, asked)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads the file once, then writes every change, until cancelled; raises `OSError`, and can be run again."""
        if self._path is None:
            log.info("presets_not_kept", reason="STATE_DIRECTORY is not set")
            task_status.started()
            await trio.sleep_forever()
        if not self._loaded:
            self._take(await trio.to_thread.run_sync(read, self._path, dict[Number, Position]))
        task_status.started()
        while True:
            places = await self._places.newer_than(self._saved)
            await trio.to_thread.run_sync(write, self._path, places)
            self._saved = places

    def _changed(self, places: Places) -> None:
        self._places.value = places

    def _take(self, places: Places) -> None:
        """Takes what was kept, except what has been stored again meanwhile."""
        self._loaded = True
        if self.presets.places:
            self.presets.places = {**places, **self.presets.places}
            self._places.value = self.presets.places
        else:
            self.presets.places = self._places.value = self._saved = places
