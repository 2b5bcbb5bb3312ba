"""The verbs about the box as a whole: a backup of it, and its restore."""

from collections.abc import Sequence
from pathlib import Path

from appliance.card.backup import staging
from appliance.card.backup.archive import Kept
from appliance.card.backup.making import make
from appliance.card.backup.places import CARD, ROOM
from appliance.card.backup.refused import Refused
from appliance.card.backup.restoring import opened, prepare
from appliance.deputy.alone import alone
from appliance.deputy.guarded import changed
from appliance.deputy.outcome import Outcome
from appliance.deputy.place import NotNow, Place
from appliance.deputy.requests import Done, Made
from appliance.language.text import Text
from appliance.runtime import atomic


def backup(place: Place, passphrase: str) -> Outcome:
    """Makes a backup. Raises `NotNow` and `OSError`."""
    try:
        content = make(place.root, place.boot, passphrase).content
    except Refused as error:
        raise NotNow(error.text) from None
    return Outcome(Made(len(content)), content)


def restore(place: Place, passphrase: str, content: bytes) -> Outcome:
    """Decides for a backup, which is carried out while the firmware does not run. Raises `NotNow` and `OSError`."""
    with alone(place):
        try:
            backup = opened(content, passphrase)
            _refuse_guarded(place, backup.files)
            prepare(place.root, place.boot, backup)
        except Refused as error:
            raise NotNow(error.text) from None
        staging.decide(place.root)
    return Outcome(Done(), then=place.machine.begin_anew)


def _refuse_guarded(place: Place, files: Sequence[Kept]) -> None:
    """A backup can be made by anybody: it decides no more than a text does (`guarded`)."""
    for file in files:
        here = {ROOM: place.root / ROOM, CARD: None if place.boot is None else place.file}.get(file.path)
        if here is not None and (table := changed(_text(here), file.content.decode(errors="surrogateescape"))):
            raise NotNow(Text("deputy.backup_guarded", table=table))
    if place.boot is not None and all(file.path != CARD for file in files):
        room = next((file.content for file in files if file.path == ROOM), b"")
        if table := changed(_text(place.file), room.decode(errors="surrogateescape")):
            raise NotNow(Text("deputy.backup_guarded", table=table))


def _text(path: Path) -> str:
    return (atomic.content_of(path) or b"").decode(errors="surrogateescape")
