"""What belongs to the room, read from the machine."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from appliance.card.backup.archive import Kept
from appliance.card.backup.places import BOOT, CARD, PEM, PLACES, ROOM, Place, belongs, place_of
from appliance.card.backup.refused import Refused
from appliance.config.bounded import loads
from appliance.language.text import Text
from appliance.runtime.atomic import LARGEST
from appliance.runtime.files import NotAFile, read_file


def collect(root: Path, boot: Path | None) -> tuple[Kept, ...]:
    """Returns the room's files. `boot`: the card's boot partition; None where there is no card.

    Raises `Refused` where there is no room.toml, and `OSError` for what cannot be read: a backup has all or is none.
    """
    files = [*_of_card(boot), *(file for place in PLACES for file in _of_place(root, place))]
    if not any(file.path in {ROOM, CARD} for file in files):
        raise Refused(Text("backup.no_room", path=f"/{ROOM}"))
    return tuple(files)


def paths(root: Path, place: Place) -> Iterator[str]:
    """Yields the paths below `root` of everything in a place that belongs to the room, in order, whatever it is."""
    for folder, names, found in os.walk(root / place.folder, onerror=_raise):
        names.sort()
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in sorted((*found, *links)):
            path = str(Path(folder, name).relative_to(root))
            if belongs(path):
                yield path
        if not place.deep:
            return


def named_elsewhere(room: bytes, files: tuple[Kept, ...]) -> tuple[str, ...]:
    """Returns the files that a room.toml names and a backup does not have, because they are not below its places."""
    there = {f"/{file.path}" for file in files}
    paths = {word for word in _strings(room) if word.startswith("/")}
    return tuple(sorted(word for word in paths - there if _is_file(word)))


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except OSError:  # too long for a name, or behind a folder that is not ours to read
        return False


def _strings(room: bytes) -> Iterator[str]:
    try:
        yield from _inside(loads(room.decode("utf-8-sig")))
    except ValueError:  # a card may have a mistake; what is in force has none
        return


def _inside(value: Any) -> Iterator[str]:  # noqa: ANN401  # whatever TOML has
    if isinstance(value, str) and value.isprintable():
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _inside(inner)


def _of_card(boot: Path | None) -> Iterator[Kept]:
    if boot is None:
        return
    try:
        room = read_file(boot / Path(CARD).name, LARGEST + 1, follow=False)
    except FileNotFoundError:
        return
    yield Kept(CARD, room, 0o600)
    for name in sorted({word for word in _strings(room) if word.lower().endswith(PEM)}):
        with contextlib.suppress(OSError, Refused):  # taken over already, or no file of the card
            place_of(BOOT + name)
            yield Kept(BOOT + name, read_file(boot / name, LARGEST + 1, follow=False), 0o600)


def _of_place(root: Path, place: Place) -> Iterator[Kept]:
    for path in paths(root, place):
        try:
            content = read_file(root / path, LARGEST + 1, follow=place.links)
        except NotAFile:  # a pipe or a link; a link to a folder
            continue
        yield Kept(path, content, (root / path).stat().st_mode & place.most)


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
