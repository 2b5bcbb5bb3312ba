"""Writes files atomically: a power cut at any moment leaves the old one or the new one, never half of one.

The new content goes into a file beside the old one, is flushed to the disk, and takes its name; then the folder is
flushed. All of it blocks.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from appliance.runtime.files import NotAFile, read_file

LARGEST = 1 << 20  # bytes; ours have a few thousand
_NAMES = 10  # for a new file beside the old one


def write(path: Path, content: bytes, mode: int | None = None) -> bool:
    """Writes a file unless it has this content already; returns whether it did. Its group is that of its folder.

    `mode`: its permissions; None: for its owner alone, or what a FAT mount gives it. Raises `OSError`.
    """
    if not path.is_symlink() and content_of(path) == content and _has(path.stat(), mode):
        return False
    with _new_beside(path) as new:
        _write(new, content, mode, path.parent.stat().st_gid)
        os.replace(new, path)  # noqa: PTH105  # every step of this goes through `os`
    _flush_folder(path.parent)
    return True


def link(path: Path, target: str) -> bool:
    """Makes a symbolic link unless it is there already; returns whether it did."""
    if path.is_symlink() and str(path.readlink()) == target:
        return False
    with _new_beside(path) as new:
        os.symlink(target, new)  # noqa: PTH211  # as above
        os.replace(new, path)  # noqa: PTH105  # as above
    _flush_folder(path.parent)
    return True


def remove(path: Path) -> bool:
    """Removes a file; returns whether there was one."""
    try:
        os.unlink(path)  # noqa: PTH108  # as above
    except FileNotFoundError:
        return False
    _flush_folder(path.parent)
    return True


def make_folder(path: Path, mode: int) -> None:
    """Makes a folder unless it is there, and sets its permissions; it belongs to the group of the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, mode)  # noqa: PTH102  # as above
        _flush_folder(path.parent)
    group = path.parent.stat().st_gid
    if path.stat().st_gid != group:
        os.chown(path, -1, group)
    if not _has(path.stat(), mode):
        os.chmod(path, mode)  # noqa: PTH101  # as above


def rename(path: Path, name: str) -> None:
    """Gives a file another name in its folder, in place of what has it; when it returns, that is on the card.

    Raises `FileNotFoundError` where there is none, and `OSError`.
    """
    os.replace(path, path.with_name(name))  # noqa: PTH105  # as above
    _flush_folder(path.parent)


def content_of(path: Path) -> bytes | None:
    """Returns the content of a file; None if there is none: a pipe or a folder is no file."""
    try:
        return read_file(path, LARGEST, follow=True)
    except (FileNotFoundError, NotAFile):
        return None


@contextlib.contextmanager
def _new_beside(path: Path) -> Iterator[Path]:
    """Yields a name for the new file, which does not stay after an error."""
    new = _unused(path)
    try:
        yield new
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(new)  # noqa: PTH108  # as above
        raise


def _unused(path: Path) -> Path:
    """Returns a name that a file may be written under. One that a power cut left there is removed, with an exception.

    On FAT a rename that was cut short can leave two names for the same clusters: then both say the same, and removing
    one would take the clusters from the other.
    """
    for number in range(_NAMES):
        name = path.with_name(f".{path.name}.new{number or ''}")
        left = None if name.is_symlink() else content_of(name)
        if (left is None or left != content_of(path)) and (name.is_symlink() or not name.is_dir()):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108  # as above
            return name
    raise FileExistsError(f"{path}: too many new ones were left beside it")


def _write(path: Path, content: bytes, mode: int | None, group: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        if os.fstat(descriptor).st_gid != group:
            os.fchown(descriptor, -1, group)
        if mode is not None:
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has(status: os.stat_result, mode: int | None) -> bool:
    return mode is None or stat.S_IMODE(status.st_mode) == mode
