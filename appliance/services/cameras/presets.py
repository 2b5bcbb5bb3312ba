"""Stored positions of the room's camera, kept in a file so that they survive a restart."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog
import trio

from appliance.runtime import atomic
from appliance.runtime.files import NotAFile, read_file
from appliance.runtime.followed import Followed
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Number, Places, Presets

log = structlog.get_logger()

T = TypeVar("T")

FILE = "presets.json"
LARGEST = 64 * 1024  # bytes; sixteen positions are less than two thousand


def state_directory(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Returns the directory in which systemd lets the service keep files; None without systemd."""
    folder = environment.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(folder) if folder else None


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


def read(path: Path, kind: type[T]) -> T:
    """Returns what a file has, an empty one of this type without one; puts aside what cannot be understood. Blocks."""
    try:
        return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=kind)
    except FileNotFoundError:
        pass
    except NotAFile as error:
        _put_aside(path, str(error.strerror))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _put_aside(path, str(error))
    return kind()


def _put_aside(path: Path, reason: str) -> None:
    """Renames what has the name of our file, whatever it is; the room works without it, so it need not succeed."""
    aside = path.with_suffix(".bad")
    try:
        path.replace(aside)
    except OSError as error:
        log.warning("presets_in_the_way", path=str(path), reason=str(error))
        aside = path
    log.warning("presets_not_understood", path=str(aside), reason=reason)


def write(path: Path, kept: object) -> None:
    """Writes it so that, whatever happens, the old file is there or the new one. Blocks."""
    atomic.write(path, msgspec.json.encode(kept))
