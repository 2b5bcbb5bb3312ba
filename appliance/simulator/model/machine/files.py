"""The files on the terminal's HTTP server, by the ids that commands use."""

from collections.abc import Callable, Iterable

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.table import Table, asking
from appliance.simulator.option_types import GivenFile

SPACE = 64 * 1024 * 1024  # bytes of all files together; the oldest ones are deleted to stay within it


class StoredFile(msgspec.Struct, frozen=True):
    """A file that was uploaded or received; `time` in Unix seconds."""

    id: int
    name: str
    data: bytes
    time: int


class Files:
    """The stored files; ids grow with time. They survive a restart. `wall_clock` returns Unix seconds."""

    def __init__(self, given: Iterable[GivenFile], wall_clock: Callable[[], float]) -> None:
        self._wall_clock = wall_clock
        self._last_id = 0
        self._stored: dict[int, StoredFile] = {}
        for file in given:
            self._keep(StoredFile(file.id, file.name, file.content.encode(), int(wall_clock())))

    def add(self, name: str, data: bytes) -> StoredFile:
        """Stores a file under a new id."""
        self._last_id = max(self._last_id + 1, int(self._wall_clock()))
        return self._keep(StoredFile(self._last_id, name, data, int(self._wall_clock())))

    def get(self, file_id: int | str) -> StoredFile:
        """Returns a file by its id, which is a string in some commands; refused if there is none."""
        found = self._stored.get(int(file_id))
        if found is None:
            raise Refused(errors.UNKNOWN_FILE)
        return found

    def remove(self, file_id: int | str) -> None:
        """Deletes a file; refused if there is none."""
        del self._stored[self.get(file_id).id]

    def describe(self) -> list[dict[str, str]]:
        """Returns the files as `getFileList` lists them."""
        return [{"fileId": str(file.id), "fileName": file.name} for file in self._stored.values()]

    def _keep(self, file: StoredFile) -> StoredFile:
        self._stored[file.id] = file
        while sum(len(f.data) for f in self._stored.values()) > SPACE and len(self._stored) > 1:
            del self._stored[next(iter(self._stored))]
        return file


FILES: Table[Files] = {"getFileList": asking(lambda files: {"fileList": files.describe()})}
