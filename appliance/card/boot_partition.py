"""The card's boot partition: whether there is one, and writing to it, which is read-only otherwise."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

log = structlog.get_logger()

USUAL = Path("/boot/firmware")
FILE = "room.toml"
WITHIN = 30  # seconds


def of_card(root: Path, boot: Path) -> Path | None:
    """Returns the boot partition where the machine below `root` lives from a card of ours, else None.

    Raspberry Pi OS has such a folder too: there only a room.toml in it makes it one.
    """
    return boot if (boot / FILE).is_file() or (root / "usr/lib/card").is_dir() else None


@contextmanager
def writable(boot: Path | None) -> Iterator[None]:
    """Makes the partition writable meanwhile, where it is mounted read-only. Raises `OSError`."""
    if boot is None or not os.statvfs(boot).f_flag & os.ST_RDONLY:
        yield
        return
    _remount(boot, "rw")
    try:
        yield
    finally:
        os.sync()
        _remount(boot, "ro")


def _remount(boot: Path, how: str) -> None:
    try:
        subprocess.run(  # noqa: S603  # ours
            ("/usr/bin/mount", "-o", f"remount,{how}", str(boot)), check=True, capture_output=True, timeout=WITHIN
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("not_remounted", path=str(boot), how=how, reason=str(error))
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(boot)) from None
