"""The files on the terminal's HTTP server, by the ids under which commands name them."""

from typing import TYPE_CHECKING

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.table import Table, asking

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

SPACE = 64 * 1024 * 1024  # bytes of all files together; the oldest ones go


class StoredFile(msgspec.Struct, frozen=True):
    """A file that was uploaded or received; `time` in Unix seconds."""

    id: int
    name: str
    data: bytes
    time: int


class Files:
    """The stored files; ids are numbers that grow with time. They survive a restart."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._last_id = 0
        self._stored: dict[int, StoredFile] = {}
        for file in terminal.options.files:
            self._keep(StoredFile(file.id, file.name, file.content.encode(), int(terminal.wall_clock())))

    def add(self, name: str, data: bytes) -> StoredFile:
        """Stores a file under a new id."""
        self._last_id = max(self._last_id + 1, int(self._terminal.wall_clock()))
        return self._keep(StoredFile(self._last_id, name, data, int(self._terminal.wall_clock())))

    def get(self, file_id: int | str) -> StoredFile:
        """A file by its id, which is a string in some commands; refused where there is none."""
        found = self._stored.get(int(file_id))
        if found is None:
            raise Refused(errors.UNKNOWN_FILE)
        return found

    def remove(self, file_id: int | str) -> None:
        """The file is gone for good."""
        del self._stored[self.get(file_id).id]

    def describe(self) -> list[dict[str, str]]:
        """The files as `getFileList` lists them."""
        return [{"fileId": str(file.id), "fileName": file.name} for file in self._stored.values()]

    def _keep(self, file: StoredFile) -> StoredFile:
        self._stored[file.id] = file
        while sum(len(f.data) for f in self._stored.values()) > SPACE and len(self._stored) > 1:
            del self._stored[next(iter(self._stored))]
        return file


FILES: Table = {
    "getFileList": asking(lambda terminal: {"fileList": terminal.files.describe()}),
}
