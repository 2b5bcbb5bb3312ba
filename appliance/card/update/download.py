"""Fetches a bundle to the data partition: goes on where it stopped, and is what was signed or nothing.

What has come stays in `bundle.raucb.part`, with the hash that it is to have beside it. A later try asks for the rest
(RFC 9110, 14.2); a server that sends the whole, or another part, begins again. Only when length and hash are right
does the file get its name.
"""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import trio

from appliance.card.update.channel import LARGEST_BUNDLE
from appliance.card.update.command import Failed
from appliance.language.text import Text
from appliance.runtime import atomic
from appliance.runtime.fetch import Answer, Ask, FetchError, Way, fetch

STALLED: Final = 60.0  # seconds without a byte
LONGEST: Final = 6 * 3600.0  # 300 MB at 15 kB/s, the slowest line that anybody has
SPARE: Final = 64 << 20  # bytes of the partition that stay free
CHUNK: Final = 1 << 20


class Wanted(msgspec.Struct, frozen=True):
    """What is fetched; without `sha256` whatever is there, up to the largest bundle that there may be."""

    url: str
    size: int = 0
    sha256: str = ""


async def download(wanted: Wanted, into: Path, way: Way = Way()) -> None:  # noqa: B008  # frozen
    """Fetches a bundle into a file. Raises `Failed`; what has come so far stays for the next time."""
    part = _Part(into, wanted)
    try:
        with trio.fail_after(LONGEST):
            if part.begin() < wanted.size or not wanted.size:
                await part.fetch(way)
        await trio.to_thread.run_sync(part.finish)
    except FetchError as error:
        raise Failed(Text("update.why.fetch", words=str(error))) from None
    except trio.TooSlowError:
        raise Failed(Text("update.why.late", step="download", seconds=round(LONGEST))) from None
    except OSError as error:
        raise Failed(Text("update.why.data", words=str(error))) from None


class _Part:
    """A file that is on its way."""

    def __init__(self, into: Path, wanted: Wanted) -> None:
        self._into = into
        self._part = into.with_name(f"{into.name}.part")
        self._mark = into.with_name(f"{into.name}.part.of")
        self._wanted = wanted
        self._most = wanted.size or LARGEST_BUNDLE
        self._have = 0
        self._file: BinaryIO | None = None

    def begin(self) -> int:
        """Drops what is of another file; returns how many bytes are here. Raises `Failed` without room for the rest."""
        mine = self._wanted.sha256.encode()
        if not mine or atomic.content_of(self._mark) != mine or self._size() > self._most:
            self._part.unlink(missing_ok=True)
            atomic.write(self._mark, mine, 0o600)
        self._have = self._size()
        check_room(self._into.parent, max(self._wanted.size - self._have, 0))
        return self._have

    async def fetch(self, way: Way) -> None:
        headers = {"Range": f"bytes={self._have}-"} if self._have else {}
        with open(self._part, "ab") as self._file:  # noqa: ASYNC230, PTH123  # this process does nothing else
            answer = await fetch(
                self._wanted.url,
                Ask(headers=headers),
                within=STALLED,
                way=way,
                largest=self._most,
                sink=self._take,
                begin=self._head,
            )
        if answer.status == 416:  # what is here is no beginning of what is there
            self._part.unlink(missing_ok=True)
        if answer.status not in (200, 206):
            raise Failed(Text("update.why.fetch", words=f"HTTP {answer.status}"))

    async def _head(self, answer: Answer) -> None:
        """A whole file, or another part than was asked for, takes the place of what is here."""
        asked = answer.headers.get("content-range", "").replace(" ", "").startswith(f"bytes{self._have}-")
        if answer.status == 200 and self._file is not None:
            self._file.truncate(0)
            self._have = 0
        elif answer.status == 206 and not asked:
            raise Failed(Text("update.why.fetch", words="another part than was asked for"))

    async def _take(self, chunk: bytes) -> None:
        if self._file is None or self._have + len(chunk) > self._most:
            raise Failed(Text("update.why.content"))
        self._file.write(chunk)
        self._have += len(chunk)

    def finish(self) -> None:
        """Gives the file its name where it is what was wanted; else nothing of it stays."""
        with self._part.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        short = self._size() < self._wanted.size
        if self._wanted.sha256 and digest != self._wanted.sha256:
            if not short:
                self._part.unlink()
            raise Failed(Text("update.why.fetch", words="it ended early") if short else Text("update.why.content"))
        self._part.rename(self._into)
        atomic.remove(self._mark)

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0


def check_room(folder: Path, needed: int) -> None:
    """Raises `Failed` where a folder's disk has no room for so many bytes more."""
    there = os.statvfs(folder)
    free = there.f_bavail * there.f_frsize
    if free < needed + SPARE:
        raise Failed(Text("update.why.space", needed=_mega(needed + SPARE), free=_mega(free)))


def copy(source: Path, into: Path) -> None:
    """Copies a bundle that somebody brought: what is verified is what is installed. Raises `Failed`. Blocks."""
    new = into.with_name(f"{into.name}.copy")
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file, new.open("wb") as copied:
            size = os.fstat(descriptor).st_size
            if not 0 < size <= LARGEST_BUNDLE:
                raise Failed(Text("update.why.content"), lasting=True)
            check_room(into.parent, size)
            left = size
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                copied.write(chunk)
                left -= len(chunk)
            copied.flush()
            os.fsync(copied.fileno())
        new.rename(into)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise Failed(Text("update.why.data", words=str(error))) from None


def drop(into: Path) -> None:
    """Removes a bundle and whatever has come of one. Raises `OSError`."""
    for name in (into.name, f"{into.name}.part", f"{into.name}.part.of", f"{into.name}.copy"):
        atomic.remove(into.with_name(name))


def _mega(size: int) -> int:
    return -(-size // 1_000_000)
