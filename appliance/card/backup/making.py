"""Makes a backup of a machine."""

from pathlib import Path

import msgspec

from appliance.card.backup import sealed
from appliance.card.backup.archive import pack
from appliance.card.backup.collect import collect, named_elsewhere
from appliance.card.backup.facts import Facts, facts
from appliance.card.backup.keys import SHORTEST, Cost
from appliance.card.backup.places import ROOM
from appliance.card.backup.refused import Refused, damaged
from appliance.language.text import Text


class Made(msgspec.Struct, frozen=True):
    """A backup: the file's content, what it says to everybody, and the files that its room names and it lacks."""

    content: bytes
    facts: Facts
    missing: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Made(facts={self.facts!r})"


def make(root: Path, boot: Path | None, passphrase: str, cost: Cost | None = None) -> Made:
    """Returns a backup of the machine below `root`, read back once; blocks. `boot`: of a card, else None.

    Raises `Refused`: the passphrase is too short, there is no room, something is too large, openssl is missing; and
    `OSError`.
    """
    if len(passphrase) < SHORTEST:
        raise Refused(Text("backup.short_passphrase", least=SHORTEST))
    files = collect(root, boot)
    room = next(file.content for file in files if file.path == ROOM)
    archive, readable = pack(files), facts(root, room, len(files))
    content = sealed.seal(archive, readable, passphrase, cost)
    if sealed.unseal(content, passphrase) != (readable, archive):
        raise damaged()
    return Made(content, readable, named_elsewhere(room, files))
