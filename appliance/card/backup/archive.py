"""Files as one string of bytes and back: tar, not compressed, so that nothing in it is larger than it looks."""

import io
import tarfile
from collections.abc import Iterator, Sequence

import msgspec

from appliance.card.backup.places import place_of
from appliance.card.backup.refused import Refused, damaged
from appliance.language.text import Text
from appliance.runtime.atomic import LARGEST

MOST = 2000  # files; a room has twenty


class Kept(msgspec.Struct, frozen=True):
    """A file of the room: its path below the root (or `boot/room.toml`), what is in it, and its permissions."""

    path: str
    content: bytes
    mode: int

    def __repr__(self) -> str:
        return f"Kept(path={self.path!r})"


def pack(files: Sequence[Kept]) -> bytes:
    """Returns the archive. Raises `Refused` for more or larger files than one may have."""
    if len(files) > MOST:
        raise Refused(Text("backup.too_many", most=MOST))
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for file in files:
            if len(file.content) > LARGEST:
                raise Refused(Text("backup.too_large", what=file.path, most=LARGEST >> 20))
            info = tarfile.TarInfo(file.path)
            info.size, info.mode = len(file.content), file.mode
            tar.addfile(info, io.BytesIO(file.content))
    return stream.getvalue()


def unpack(content: bytes) -> tuple[Kept, ...]:
    """Returns the files of an archive, each where it may be. Raises `Refused`; nothing is written anywhere."""
    try:
        files = tuple(_files(content))
    except (tarfile.TarError, ValueError, EOFError, OverflowError, RecursionError):
        raise damaged() from None
    if len({file.path for file in files}) != len(files):
        raise damaged()
    return files


def _files(content: bytes) -> Iterator[Kept]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tar:
        for number, info in enumerate(tar):
            plain = info.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and not info.issparse()
            if number >= MOST or not plain or not 0 <= info.size <= LARGEST:
                raise damaged()
            place_of(info.name)
            stream = tar.extractfile(info)
            read = stream.read() if stream else b""
            if len(read) != info.size:
                raise damaged()
            yield Kept(info.name, read, info.mode & 0o777)
