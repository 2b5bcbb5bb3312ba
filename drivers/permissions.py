"""Says which group would have helped, when a device file refuses us."""

import grp
import os
from pathlib import Path


def refused(path: str | Path) -> str:
    """One line about a device file that we may not open: its group, and what to do."""
    try:
        group = grp.getgrgid(Path(path).stat().st_gid).gr_name
    except (OSError, KeyError):
        return f"no permission to open {path}"
    return f"no permission to open {path}: it belongs to group {group}, of which we are not a member"


def in_the_way(path: str | Path) -> str:
    """Why a device file could not be opened for reading and writing; empty where nothing is in the way."""
    if not Path(path).exists():
        return f"there is no {path}"
    return "" if os.access(path, os.R_OK | os.W_OK) else refused(path)
