"""Reads files that anybody may have put there: never waits, never reads on and on, and follows links only when told.

A pipe without a writer would hold up its reader for ever, a thread with it, and with that the end of the process. A
link in a folder of our own leads to a file that is none of our business.
"""

import errno
import os
import stat
from pathlib import Path


class NotAFile(OSError):
    """Something else has the name: a folder, a pipe, a device, a socket, or a link that is not followed."""


def read_file(path: Path, most: int, *, follow: bool) -> bytes:
    """Returns the content of a file, at most `most` bytes of it. `follow`: a link leads to it.

    Raises `OSError`; `NotAFile` where it is not a plain file.
    """
    descriptor = _open(path, follow=follow)
    try:
        what = stat.S_IFMT(os.fstat(descriptor).st_mode)
        if what != stat.S_IFREG:
            raise NotAFile(errno.EINVAL, f"it is {_WORDS.get(what, 'no plain file')}", str(path))
        return _content(descriptor, most)
    finally:
        os.close(descriptor)


def _content(descriptor: int, left: int) -> bytes:
    parts = []
    while left > 0 and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _open(path: Path, *, follow: bool) -> int:
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        return os.open(path, flags if follow else flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno == errno.ELOOP and path.is_symlink():
            raise NotAFile(errno.ELOOP, "it is a link, which is not followed", str(path)) from None
        if error.errno == errno.ENXIO:  # open(2): a socket
            raise NotAFile(errno.ENXIO, "it is a socket", str(path)) from None
        raise


_WORDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
