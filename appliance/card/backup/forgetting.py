"""Forgets a file with a secret: overwritten, flushed and removed.

On flash this is less than it sounds. The card's own controller may write the zeros somewhere else and keep the old
cells until it needs them; only a laboratory reads those, and nothing that software does rules it out.
"""

import contextlib
import os
from pathlib import Path

from appliance.runtime import atomic


def forget(path: Path) -> bool:
    """Overwrites a plain file and removes it; returns whether there was one. Raises `OSError`."""
    with contextlib.suppress(FileNotFoundError):
        if not path.is_symlink() and path.is_file():
            _overwrite(path)
    return atomic.remove(path)


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        left = os.fstat(descriptor).st_size
        while left > 0:
            left -= os.write(descriptor, bytes(min(left, 1 << 16)))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
