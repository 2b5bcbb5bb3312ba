"""Puts the files of the system where they belong."""

from pathlib import Path

from appliance.card.files import File, Files, Link
from appliance.runtime import atomic


def put(root: Path, files: Files) -> bool:
    """Makes the files below `root` what they are to be; returns whether anything changed. Raises `OSError`."""
    changed = [_put(root / path, file) for path, file in files.items()]
    return any(changed)


def _put(path: Path, file: File | Link | None) -> bool:
    if file is None:
        return atomic.remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(file, Link):
        return atomic.link(path, file.target)
    return atomic.write(path, file.text.encode(), file.mode)
