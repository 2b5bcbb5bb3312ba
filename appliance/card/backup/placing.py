"""Puts files of a backup where they belong, with the owners and permissions of that place, and takes away the others.

Everything here can be done again after it was cut short, and then gives the same. Who may write into a place could
have put a link there; no link is followed below the place's own folder.
"""

import contextlib
import grp
import os
import pwd
from collections.abc import Iterable
from pathlib import Path

from appliance.card.backup.archive import Kept
from appliance.card.backup.collect import paths
from appliance.card.backup.places import BOOT, PLACES, Place, place_of
from appliance.runtime import atomic


def put(root: Path, boot: Path | None, file: Kept) -> None:
    """Makes a file of the machine what it was; `boot`: the card's boot partition, where there is one."""
    place = place_of(file.path)
    if place is not None:
        _make_folders(root, place, Path(file.path).parent)
        atomic.write(root / file.path, file.content, (file.mode & place.most) | 0o600)
        _own(root / file.path, place)
    elif boot is not None:
        path = boot / file.path.removeprefix(BOOT)
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, file.content, None)


def remove_others(root: Path, kept: Iterable[str]) -> None:
    """Removes what belongs to the room and is not among these paths, and the folders that are empty then."""
    stay = frozenset(kept)
    for place in PLACES:
        for path in [*paths(root, place)]:
            if path not in stay:
                atomic.remove(root / path)
        for folder, _, _ in os.walk(root / place.folder, topdown=False) if place.deep else ():
            if Path(folder) != root / place.folder:
                with contextlib.suppress(OSError):  # something is in it
                    os.rmdir(folder)  # noqa: PTH106  # every step of this goes through `os`


def clear(folder: Path, *, keep: bool = False) -> None:
    """Removes everything in a folder of ours, and the folder unless it is to be kept; nothing where there is none."""
    for inner, folders, files in os.walk(folder, topdown=False):
        links = [name for name in folders if Path(inner, name).is_symlink()]
        for name in (*files, *links):
            os.unlink(Path(inner, name))  # noqa: PTH108  # as above
        for name in set(folders) - set(links):
            os.rmdir(Path(inner, name))  # noqa: PTH106  # as above
    if not keep:
        with contextlib.suppress(FileNotFoundError):
            os.rmdir(folder)  # noqa: PTH106  # as above


def _make_folders(root: Path, place: Place, parent: Path) -> None:
    top = Path(place.folder)
    for path in reversed([parent, *parent.parents]):
        if path == top or top in path.parents:
            if path != top and (root / path).is_symlink():
                atomic.remove(root / path)
            atomic.make_folder(root / path, place.folder_mode)
            _own(root / path, place)


def _own(path: Path, place: Place) -> None:
    """Gives it to the place's owner. Where the package's user does not exist yet, systemd does so before it starts."""
    try:
        owner, group = pwd.getpwnam(place.owner).pw_uid, grp.getgrnam(place.group).gr_gid
    except KeyError:
        return
    status = os.lstat(path)
    if (status.st_uid, status.st_gid) != (owner, group) and os.geteuid() == 0:
        os.chown(path, owner, group, follow_symlinks=False)
