"""Bundles on a USB stick. The stick is mounted read-only by a unit, in a mount namespace of its own.

Nothing of it is believed: which file is newest its name says, and what is in it the signature. It is copied to the
data partition first, so that what was verified is what is installed, whoever has the stick in hand.
"""

import re
from pathlib import Path

from appliance.card.update.versions import Version, version

_NAME = re.compile(r"offhook_([0-9A-Za-z.]{1,40})_arm64\.raucb")
_MOST = 1000  # names that are looked at


def newest(folder: Path) -> tuple[str, Path] | None:
    """Returns the version and the file of the newest bundle in a folder; None where there is none. Raises `OSError`."""
    found: list[tuple[Version, Path]] = []
    for number, path in enumerate(folder.iterdir()):
        name = _NAME.fullmatch(path.name)
        if number < _MOST and name is not None and path.is_file() and not path.is_symlink():
            try:
                found.append((version(name[1]), path))
            except ValueError:
                continue
    if not found:
        return None
    latest, path = max(found)
    return str(latest), path
