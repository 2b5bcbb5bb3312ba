"""Judges a staged restore as `offhook check` would, with the secrets and files that it brings, before it is decided."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from appliance.card.backup.archive import Kept
from appliance.card.backup.places import PLACES, ROOM, SECRETS, SETTINGS, place_of
from appliance.card.backup.refused import Refused, damaged
from appliance.config.content import Undecodable, decoded
from appliance.config.load import ConfigError, parse
from appliance.language.text import Text

SPARE = 1 << 20  # bytes that stay free
_BLOCK = 4096
_OURS = re.compile(rf"""(["'])(/{SETTINGS.folder}/)""")


def judge(tree: Path, files: Sequence[Kept], version: str) -> None:
    """Raises `Refused` with the first mistake of the room that would be. `version`: of offhook that made the backup."""
    room = next((file.content for file in files if file.path == ROOM), None)
    if room is None:
        raise damaged()
    try:
        # Files that come with the room are not in their places yet; those elsewhere have to be on this box already.
        here = _OURS.sub(rf"\1{tree}\2", decoded(room))
        parse(here, Path("room.toml"), tree / SECRETS.folder)
    except (ConfigError, Undecodable) as error:
        first = error.mistakes[0] if isinstance(error, ConfigError) else error.mistake
        key = first.key or "room.toml"
        raise Refused(
            Text("backup.room_wrong", line=first.line, key=key, what=first.message, version=version)
        ) from None


def has_space(root: Path, boot: Path | None, files: Sequence[Kept]) -> None:
    """Raises `Refused` where a disk has no place for the files beside those that are there now."""
    wanted = {root / place.folder: [file for file in files if place_of(file.path) is place] for place in PLACES}
    if boot is not None:
        wanted[boot] = [file for file in files if place_of(file.path) is None]
    for folder, mine in wanted.items():
        need = SPARE + sum(len(file.content) + _BLOCK for file in mine)
        status = os.statvfs(next(path for path in (folder, *folder.parents) if path.exists()))
        if status.f_bavail * status.f_frsize < need:
            raise Refused(Text("backup.no_space", path=str(folder), need=-(-need // (1 << 20))))
