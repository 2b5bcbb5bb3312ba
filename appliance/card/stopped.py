"""The firmware out of the way, while what it reads and writes is replaced."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SYSTEMD = Path("/run/systemd/system")  # there where systemd runs
WITHIN = 120  # seconds; a card is applied in ten
_WATCHER, _CARD, _FIRMWARE = "offhook-card.path", "offhook-card.service", "offhook.service"
# the watcher first: it would apply a card while its secrets are still to come
_UNITS = (_WATCHER, _FIRMWARE)


@contextmanager
def stopped(root: Path) -> Iterator[None]:
    """Stops the firmware of this machine; afterwards the card is applied, and what ran runs again.

    Nothing happens where `root` is not this machine's, or no systemd runs. Raises `OSError` where systemd refuses.
    """
    if root != Path("/") or not SYSTEMD.is_dir():
        yield
        return
    ran = [unit for unit in _UNITS if _systemctl("is-active", "--quiet", unit)]
    if ran and not _systemctl("stop", *ran):
        raise OSError(f"systemctl stop {' '.join(ran)} failed; nothing was changed")
    try:
        yield
    finally:
        if _WATCHER in ran:
            _systemctl("restart", _CARD)
        if ran:
            _systemctl("start", *reversed(ran))


def _systemctl(*words: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  # ours
            ("/usr/bin/systemctl", *words), check=False, capture_output=True, timeout=WITHIN
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
