"""What of a machine belongs to its room, and as what it comes back.

A path of an archive is never used as it is: it has to be one that this table allows, below one of its folders. Owner
and group come from the table too, and of the permissions no more than it allows.

What is the box's own stays on the box and is never in an archive: its name, machine id and SSH host keys, which stand
elsewhere, and what `BOX_OWN` lists. So two boxes with the same backup are still two boxes.
"""

import fnmatch

import msgspec

from appliance.card.backup.refused import damaged

LONGEST = 240  # characters of a path
DEEPEST = 6  # folders in one another
ROOM = "etc/offhook/room.toml"
BOOT = "boot/"
"""What stands for the card's boot partition, wherever that is mounted."""
CARD = f"{BOOT}room.toml"
PEM = (".pem", ".crt", ".cer", ".key")
"""Ends of the names of other files there that a backup may have: certificates beside `room.toml` that it names."""


class Place(msgspec.Struct, frozen=True):
    """A folder that belongs to the room.

    `names`: of files directly in it that do; with `deep` everything in its folders as well. `most`: permissions that a
    file may have. `links`: whether a link is kept as the file that it leads to, or left out.
    """

    folder: str
    names: str
    deep: bool
    most: int
    folder_mode: int
    owner: str
    group: str
    links: bool = False

    def has(self, path: str) -> bool:
        """Whether a path, below the root, is one of this place."""
        inside = path.removeprefix(f"{self.folder}/")
        return inside != path and ("/" not in inside or self.deep) and fnmatch.fnmatchcase(inside, self.names)


SETTINGS = Place("etc/offhook", "*", True, 0o644, 0o750, "root", "offhook", links=True)
SECRETS = Place("etc/credstore", "offhook.*", False, 0o600, 0o700, "root", "root")
STATE = Place("var/lib/offhook", "*", True, 0o600, 0o700, "offhook", "offhook")
PLACES = (SETTINGS, SECRETS, STATE)

# of the service's state: what it has asked the update service for, and how its last run ended
BOX_OWN = ("var/lib/offhook/update*", "var/lib/offhook/ended")
# left by a write that a power cut stopped, or put aside because nobody could read it
_LEFTOVERS = ("*/.*.new*", "*.bad")


def belongs(path: str) -> bool:
    """Whether a path below the root is the room's: to be kept, and to be replaced by what was kept."""
    return any(place.has(path) for place in PLACES) and not any(
        fnmatch.fnmatchcase(path, pattern) for pattern in (*BOX_OWN, *_LEFTOVERS)
    )


def place_of(path: str) -> Place | None:
    """Returns where a path of an archive belongs; None: on the card. Raises `Refused` for any other path."""
    if path == CARD or (path.startswith(BOOT) and path.lower().endswith(PEM) and _is_plain(path)):
        return None
    if not _is_plain(path) or not belongs(path):
        raise damaged()
    return next(place for place in PLACES if place.has(path))


def _is_plain(path: str) -> bool:
    parts = path.split("/")
    printable = path.isprintable() and "\\" not in path
    return printable and len(path) <= LONGEST and len(parts) <= DEEPEST and not {"", ".", ".."} & set(parts)
