"""The last versions of `room.toml`, with who made each and when, so that a change can be undone.

Each is a file of its own, written whole or not at all; their numbers grow for ever, and the oldest go. Secrets are left
out (`(kept)`): sealed, their key would lie beside them, and a PIN that was replaced because somebody knew it should not
come back with an undo. Whoever undoes a change gets the secrets that are in force.
"""

from pathlib import Path
from typing import Final

import msgspec
import structlog

from appliance.config.edit.proposal import mark_of
from appliance.config.edit.secrets import left_out
from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

MOST: Final = 20
LARGEST: Final = 4 << 20  # bytes of a file; a text of the largest size that is read, as JSON has it
FOLDER: Final = "versions"


class Version(msgspec.Struct, frozen=True):
    """One version. `at`: Unix seconds, None where the time was not known. `mark`: of the file, secrets included."""

    number: int
    who: str
    at: float | None
    mark: str
    text: str


class Versions:
    """The versions in a folder. Every method blocks, and raises `OSError` where the folder cannot be written."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the state folder; they have one of their own in it."""
        self._folder = folder / FOLDER

    def keep(self, text: str, who: str, at: float | None) -> Version:
        """Keeps a text as the newest version; the last one once more where it is the same.

        Raises `CannotEdit` where a secret cannot be taken out of it, and `NotToml`.
        """
        known = self.all()
        if known and known[0].mark == mark_of(text):
            return known[0]
        number = max((number for number, _ in self._files()), default=0) + 1
        version = Version(number, who, at, mark_of(text), left_out(text))
        atomic.make_folder(self._folder, 0o700)
        atomic.write(self._folder / f"{number:06}.json", msgspec.json.encode(version), 0o600)
        self._forget_oldest()
        return version

    def all(self) -> list[Version]:
        """Returns those that there are, the newest first; one that cannot be read is left out."""
        found = (self._read(path) for _, path in self._files())
        return [version for version in found if version is not None]

    def _forget_oldest(self) -> None:
        for _, path in self._files()[MOST:]:
            atomic.remove(path)

    def _files(self) -> list[tuple[int, Path]]:
        paths = self._folder.glob("*.json") if self._folder.is_dir() else ()
        return sorted(((int(path.stem), path) for path in paths if path.stem.isdecimal()), reverse=True)

    def _read(self, path: Path) -> Version | None:
        try:
            return msgspec.json.decode(read_file(path, LARGEST, follow=False), type=Version)
        except (OSError, ValueError) as error:
            log.warning("version_unreadable", file=path.name, reason=str(error))
            return None
