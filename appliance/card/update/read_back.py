"""Reads what was written from the card itself, past the memory in which the kernel keeps what it has just written."""

import errno
import hashlib
import mmap
import os
from pathlib import Path

BLOCK = 1 << 20  # bytes at once; a multiple of any card's blocks


def sha256(device: Path, size: int) -> str:
    """Returns the hash of the first `size` bytes of a device or file. Raises `OSError`. Blocks."""
    digest = hashlib.sha256()
    descriptor = _open(device)
    try:
        with mmap.mmap(-1, BLOCK) as memory:  # aligned, as O_DIRECT wants it
            left = size
            while left > 0 and (count := os.readv(descriptor, [memory])) > 0:
                digest.update(memory[: min(count, left)])
                left -= count
        return digest.hexdigest()
    finally:
        os.close(descriptor)


def _open(device: Path) -> int:
    """Opens it past the cache; where a file system cannot do that, after the cache has been dropped."""
    try:
        return os.open(device, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECT)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    descriptor = os.open(device, os.O_RDONLY | os.O_CLOEXEC)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    return descriptor
