"""The audit on the card: one JSON object a line, in two files that take turns. All of it blocks.

New lines are appended and flushed. Where the file would become larger than `LARGEST`, it becomes the old one, whose
place it takes, and a new one is begun. A power cut while a line is written leaves a part of it, which is skipped when
the file is read, and the next line begins on a line of its own.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from appliance.maintain.audit import Entry
from appliance.runtime.files import NotAFile, read_file

FILE: Final = "audit.jsonl"
OLD: Final = "audit.old.jsonl"
LARGEST: Final = 256 * 1024  # bytes of each file
_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Kept:
    """The two files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> list[Entry]:
        """Returns all entries that can be read, the oldest first."""
        return [entry for name in (OLD, FILE) for entry in entries(self._content(name))]

    def append(self, taken: Iterable[Entry]) -> None:
        """Writes entries so that a power cut does not take them any more. Raises `OSError`: then none was written."""
        lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in taken)
        if lines:
            self._make_room(len(lines))
            with self._opened() as file:
                _write(file, lines)

    def _make_room(self, more: int) -> None:
        path = self._folder / FILE
        with contextlib.suppress(FileNotFoundError):
            if path.lstat().st_size + more > LARGEST:
                path.replace(self._folder / OLD)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        path = self._folder / FILE
        new = not path.exists()
        file = os.open(path, _FLAGS, 0o600)
        try:
            if new:
                self._flush_folder()
            yield file
        finally:
            os.close(file)

    def _flush_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _content(self, name: str) -> bytes:
        """Returns what a file has; nothing where it is none of ours, or larger than ours can be."""
        try:
            return read_file(self._folder / name, 2 * LARGEST, follow=False)
        except (FileNotFoundError, NotAFile):
            return b""


def entries(content: bytes) -> Iterator[Entry]:
    """Yields the entries of a file; a line that is none, because it was cut off or is damaged, is skipped."""
    for line in content.splitlines():
        with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            yield msgspec.json.decode(line, type=Entry)


def _write(file: int, lines: bytes) -> None:
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        lines = b"\n" + lines
    left = memoryview(lines)
    try:
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise
