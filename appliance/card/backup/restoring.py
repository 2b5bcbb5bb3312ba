"""Brings a machine back to what a backup has, or leaves it as it is."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from appliance.card.backup import sealed, staging
from appliance.card.backup.archive import Kept, unpack
from appliance.card.backup.facts import Facts
from appliance.card.backup.judging import has_space, judge
from appliance.card.backup.places import CARD, ROOM, place_of


class Opened(msgspec.Struct, frozen=True):
    """A backup that is as it was made: its facts and its files."""

    facts: Facts
    files: tuple[Kept, ...]


def opened(content: bytes, passphrase: str) -> Opened:
    """Opens a backup; blocks for a second or so. Raises `Refused`, see `sealed.unseal`."""
    facts, archive = sealed.unseal(content, passphrase)
    return Opened(facts, unpack(archive))


def prepare(root: Path, boot: Path | None, backup: Opened, names: tuple[str, ...] = ()) -> None:
    """Writes the restore beside what is there and judges it; nothing is replaced.

    `boot`: the card's boot partition, else None; `names`: of files there to forget when all is done. Raises `Refused`
    and `OSError`, and leaves nothing behind.
    """
    files = _for_this_kind(backup.files, boot)
    try:
        tree = staging.stage(root, files, names)
        judge(tree, files, backup.facts.version)
        has_space(root, boot, files)
    except Exception:
        staging.discard(root)
        raise


def perform(root: Path, boot: Path | None) -> None:
    """Does what was prepared: from here on it happens, at the latest at the next start. Raises `OSError`."""
    staging.decide(root)
    staging.carry_out(root, boot)


def _for_this_kind(files: Sequence[Kept], boot: Path | None) -> tuple[Kept, ...]:
    """A card has its room on the boot partition too, whatever made the backup; other boxes have no such file."""
    if boot is None:
        return tuple(file for file in files if place_of(file.path) is not None)
    if any(file.path == CARD for file in files):
        return tuple(files)
    return (*files, *(Kept(CARD, file.content, file.mode) for file in files if file.path == ROOM))
